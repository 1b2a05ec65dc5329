"""Stories that began a year and more ago, or took a turn that is rare."""

from collections.abc import Callable
from functools import partial
from typing import Any

from waymark.project.demonstration import people_history as who
from waymark.project.demonstration import turns
from waymark.project.demonstration.early import along
from waymark.project.demonstration.later import Heard, Later
from waymark.project.demonstration.stories import Teller, exit_endorsed, goes_on, plan_agreed

Then = tuple[int, Callable[[], Any]]
HALF_A_YEAR, A_YEAR = 185, 368  # days after the exit


def tell(tellers: dict[str, Teller]) -> None:
    """Put them into the calendar of all."""
    essex(tellers["essex"])
    southend(tellers["southend"])
    thurrock(tellers["thurrock"])
    _moves_for_a_time(tellers)
    _stays_here(tellers["thurrock"])
    _waits_to_move(tellers["southend"])


def essex(teller: Teller) -> None:
    story = teller.begin(who.BEREAVED, second=True)
    ends = exit_reviewed(story, (HALF_A_YEAR, story.review_held), (A_YEAR, story.review_held))
    teller.supported(story, 15, *goes_on(1), ends)
    story = teller.begin(who.REOPENED)
    reopens = partial(turns.review_reopens, story)
    ends = exit_reviewed(story, (HALF_A_YEAR, story.review_held), (A_YEAR, reopens))
    teller.supported(story, 16, *goes_on(1), ends, plan_agreed(story))
    story = teller.begin(who.TWO_ANSWERS, second=True)
    differ, offered = partial(turns.answers_differ, story), partial(turns.help_offered, story)
    teller.heard(story, 2, Heard("plan_agreed", ((6, differ), (8, offered))))
    teller.heard(teller.begin(who.SERVED, road="family_friend"), 9, Heard("other_support"))


def southend(teller: Teller) -> None:
    story = teller.begin(who.LONELY, road="public")
    teller.supported(story, 13, *goes_on(1), exit_reviewed(story, (HALF_A_YEAR, story.review_held)))
    story = teller.begin(who.EXIT_REFUSED, second=True)
    refused = partial(turns.exit_refused, story)
    ends = Heard("exit_recommended", ((3, story.settled_for_an_end), (4, refused)))
    teller.supported(story, 7, *goes_on(2), ends, plan_agreed(story))


def thurrock(teller: Teller) -> None:
    _was_mistaken(teller)
    story = teller.begin(who.EXTENDED, second=True)
    steps = (
        (HALF_A_YEAR, partial(turns.review_asks_for_another, story)),
        (HALF_A_YEAR + 3, partial(turns.extension_agreed, story)),
    )
    teller.supported(story, 11, *goes_on(1), exit_reviewed(story, *steps))
    story = teller.begin(who.PLANNED_ANEW, road="public")
    teller.supported(story, 5, *goes_on(1), Heard("new_plan"), plan_agreed(story))


def exit_reviewed(story: Later, *reviews: Then) -> Heard:
    """An exit that both endorse, and what is held so many days after it."""
    ends = exit_endorsed(story)
    return Heard(ends.kind, (*ends.then, *reviews))


def _was_mistaken(teller: Teller) -> None:
    """A referral that was a misunderstanding: partners say so, and chair and police agree."""
    story = teller.begin(who.MISTAKEN)
    last = along(story, 210, to="second_risk")
    teller.calendar.on(last - 1, story.settled_for_an_end)
    teller.calendar.on(last - 2, partial(story.police_said, "no_further_action"))
    teller.calendar.on(last - 3, partial(story.chair_said, "no_further_action"))


def _moves_for_a_time(tellers: dict[str, Teller]) -> None:
    """A student goes to the coast for a term: both chairs agree, and consent is asked anew."""
    essex, there = tellers["essex"], tellers["southend"]
    story = essex.begin(who.MOVED_FOR_A_TIME, second=True)
    essex.supported(story, 4)
    on = essex.calendar.on
    on(48, partial(turns.transfer_asked, story, "southend", days=90))
    on(46, partial(turns.transfer_accepted, story, "southend"))
    on(44, story.consented)
    there.panel.stories.append(story)  # each panel hears it while the case is there


def _stays_here(teller: Teller) -> None:
    story = teller.begin(who.STAYS_HERE)
    teller.supported(story, 3)
    teller.calendar.on(50, partial(turns.transfer_asked, story, "essex"))
    teller.calendar.on(47, partial(turns.transfer_refused, story, "essex"))


def _waits_to_move(teller: Teller) -> None:
    story = teller.begin(who.WANTS_TO_MOVE, second=True)
    teller.supported(story, 2)
    teller.calendar.on(2, partial(turns.transfer_asked, story, "essex"))
