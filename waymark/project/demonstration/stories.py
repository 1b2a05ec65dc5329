"""Which case goes how far, and when: one or more at every stage of the way."""

from functools import partial

from waymark.cases import safeguarding
from waymark.cases.endings import leaving
from waymark.cases.endings.early_end import propose_end
from waymark.project.demonstration import (
    ages,
    people_essex,
    people_southend,
    people_thurrock,
    turns,
)
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.early import WHOLE, along
from waymark.project.demonstration.later import Heard, Later
from waymark.project.demonstration.meetings import CALLED_BEFORE, Panel
from waymark.project.demonstration.people import Somebody, Worry
from waymark.project.demonstration.rising import Rising
from waymark.project.demonstration.telling import Calendar, acting
from waymark.project.jobs.overdue import DUTY as OVERDUE
from waymark.sharing.overdue import tell_the_chairs
from waymark.support import winding_down

About = tuple[Somebody, Worry]
ALL = 18  # the meetings of eighteen months
BEFORE_A_MEETING = WHOLE + CALLED_BEFORE + 1  # days: a case that began so early is on its agenda


class Teller:
    """Begins the stories of one area. Meetings are counted back: 0 is the last that was held."""

    def __init__(self, calendar: Calendar, cast: Cast, area: str) -> None:
        self.calendar, self.cast, self.area = calendar, cast, area
        self.panel = Panel(calendar, cast, area)
        self.stories: dict[str, Later] = {}

    def begin(self, about: About, *, road: str = "professional", second: bool = False) -> Rising:
        story = Rising(self.calendar, self.cast, self.area, about, second_officer=second)
        story.road = road
        self.panel.stories.append(story)
        self.stories[about[0].surname] = story
        return story

    def heard(self, story: Later, meeting: int, *panels: Heard) -> Later:
        """Bring a story to the panel's agenda of that meeting, with what is decided from there."""
        along(story, self.panel.days[meeting] + BEFORE_A_MEETING)
        story.panels.extend(panels)
        return story

    def supported(self, story: Later, meeting: int, *panels: Heard) -> Later:
        """The plan is agreed at that meeting, consent is given and support begins."""
        if not panels:
            story.sessions = 13  # support goes on to this day
        return self.heard(story, meeting, plan_agreed(story), *panels)


def plan_agreed(story: Later) -> Heard:
    before = partial(turns.end_is_read, story)  # where a plan comes after another
    return Heard("plan_agreed", ((2, before), (6, story.consented), (9, story.brief_accepted)))


def exit_endorsed(story: Later) -> Heard:
    """Exit is recommended, and both endorse it in the days after."""
    after = (partial(turns.told_of_reviews, story), partial(turns.end_is_read, story))
    steps = (story.settled_for_an_end, story.endorsed_by_police, story.endorsed_by_council, *after)
    return Heard("exit_recommended", tuple(enumerate(steps, start=2)))


def tell_the_chairs_of_late_answers() -> None:
    """What the job of each hour does."""
    tell_the_chairs(by=acting(OVERDUE))


def goes_on(times: int) -> tuple[Heard, ...]:
    return (Heard("goes_on"),) * times


def essex(teller: Teller) -> None:
    """The county, whose panel meets every month."""
    on, who = teller.calendar.on, people_essex
    before_the_panel(teller)
    story = teller.begin(who.SUPPORTED, second=True)
    teller.supported(story, 2)
    on(0, story.risen)  # it waits for the police
    story = teller.begin(who.EXIT_RECOMMENDED, road="family_friend")
    recommended = Heard("exit_recommended", ((1, story.settled_for_an_end),))
    teller.supported(story, 3, *goes_on(2), recommended)
    teller.heard(teller.begin(who.SEEKING_CONSENT), 0, Heard("plan_agreed"))
    story = teller.begin(who.DECLINED, second=True)
    ends = (story.settled_for_an_end, story.endorsed_by_police, story.endorsed_by_council)
    declined = Heard("declined", tuple(enumerate(ends, start=2)))
    teller.heard(story, 2, Heard("plan_agreed", ((8, story.refused),)), declined)
    teller.panel.meets(ALL)


def before_the_panel(teller: Teller) -> None:
    """The county's cases of the last weeks, which no panel has heard yet."""
    on, who = teller.calendar.on, people_essex
    story = teller.begin(who.GATHERING)
    along(story, 4, to="screened")
    on(1, story.looked_into)
    along(teller.begin(who.LEAD_REVIEW, road="family_friend", second=True), 9, to="risk_assessed")
    story = teller.begin(who.AGE_DISPUTED)
    along(story, 13, to="risk_assessed")
    on(5, partial(ages.age_disputed, story))
    story = teller.begin(who.PARTNER_CHECKS)
    along(story, 32, to="partners_asked")
    on(14, story.partner_answered)  # the other partner is late
    on(3, story.one_more_asked)
    on(1, tell_the_chairs_of_late_answers)
    along(teller.begin(who.NEXT_STEP, road="public", second=True), 27, to="police_said")
    along(teller.begin(who.PANEL), WHOLE + 1)


def southend(teller: Teller) -> None:
    """The seaside town, whose panel meets where needed."""
    on, who = teller.calendar.on, people_southend
    along(teller.begin(who.FIRST_RISK, road="public"), 6, to="gathered")
    story = teller.begin(who.SECOND_RISK)
    contradicted = {"partners_answered": story.partners_contradicted}
    along(story, 24, to="checks_finished", **contradicted)
    on(2, story.assessment_begun)
    story = teller.begin(who.SUPPORTED, second=True)
    story.goes_silent_after = 3
    teller.supported(story, 2)
    story = teller.begin(who.NO_FURTHER_ACTION)
    last = along(story, 75, to="second_risk")
    on(last - 1, story.settled_for_an_end)
    on(last - 2, partial(story.police_said, "no_further_action"))
    on(last - 3, partial(story.chair_said, "no_further_action"))
    teller.heard(teller.begin(who.NOT_APPROPRIATE, road="public"), 1, Heard("not_appropriate"))
    story = teller.begin(who.POLICE_HELD, road="family_friend", second=True)
    along(story, 16, to="risk_assessed", risk_assessed=story.held_for_risk)
    story = teller.begin(who.EXITED)
    teller.supported(story, 8, *goes_on(1), exit_endorsed(story))
    story = teller.begin(who.EXIT_RECOMMENDED)
    steps = ((1, story.settled_for_an_end), (3, story.endorsed_by_police))
    teller.supported(story, 4, *goes_on(3), Heard("exit_recommended", steps))
    _awaits_safeguarding(teller)
    teller.panel.meets(ALL)


def _awaits_safeguarding(teller: Teller) -> None:
    """Chair and police await what social care finds before the next step."""
    story = teller.begin(people_southend.WAITS, second=True)
    last = along(story, 45, to="second_risk")
    teller.calendar.on(last - 1, partial(_refer_to_social_care, story))
    teller.calendar.on(last - 2, partial(story.police_said, "safeguarding"))
    teller.calendar.on(last - 3, partial(story.chair_said, "safeguarding"))


def _refer_to_social_care(story: Later) -> None:
    made = safeguarding.refer(
        story.case, by=acting(story.officer), about=story.somebody.name,
        to=story.cast.places.of_kind("children_social_care", story.area),
        why="Shown films of real violence by a relative; frightened and not sleeping.",
    )  # fmt: skip
    duty = acting(story.cast.of("childcare", story.area))
    safeguarding.accept(made, by=duty, post=f"{duty.name}, duty social worker")


def thurrock(teller: Teller) -> None:
    """The river towns, whose panel meets where needed."""
    on, who = teller.calendar.on, people_thurrock
    teller.heard(teller.begin(who.OTHER_SUPPORT), 0, Heard("other_support"))
    _leaves_channel(teller)
    story = teller.begin(who.HELD_WITH_SUPPORT)
    teller.supported(story, 2)
    on(12, story.risen_and_held)
    on(11, story.support_goes_on)
    _is_no_longer_possible(teller)
    along(teller.begin(who.LEAD_REVIEW, second=True), 15, to="risk_assessed")
    story = teller.begin(who.PARTNER_CHECKS)
    along(story, 14, to="partners_asked")
    on(2, story.partner_declined)
    on(2, story.partner_passed_on)
    on(1, story.date_moved)
    _disagree(teller)
    teller.heard(teller.begin(who.PANEL, second=True), 0, Heard("deferred"))
    story = teller.begin(who.SUPPORTED, road="family_friend")
    teller.supported(story, 2)
    on(6, story.risen_and_goes_on)
    story = teller.begin(who.SOON_18, second=True)
    teller.supported(story, 1)
    on(14, partial(ages.asked_to_hand_over, story))
    on(6, partial(ages.handed_over, story))
    story = teller.begin(who.REVIEWED)
    teller.supported(story, 9, Heard("goes_on"), exit_endorsed(story))
    on(42, story.review_held)
    teller.panel.meets(ALL)


def _disagree(teller: Teller) -> None:
    """Chair and police differ over the next step: both names and dates stay in view."""
    story = teller.begin(people_thurrock.DISAGREED)
    last = along(story, 34, to="second_risk")
    teller.calendar.on(last - 2, partial(story.police_said, "panel"))
    teller.calendar.on(last - 3, story.settled_for_an_end)
    teller.calendar.on(last - 4, partial(story.chair_said, "no_further_action"))


def _leaves_channel(teller: Teller) -> None:
    """Held after the first risk assessment, then left to criminal justice (2.1.6)."""
    story = teller.begin(people_thurrock.LEFT_CHANNEL, road="public", second=True)
    last = along(story, 33, to="risk_assessed", risk_assessed=story.held_for_risk)
    teller.calendar.on(last - 8, partial(_leave, story))


def _leave(story: Later) -> None:
    story.settled_for_an_end(story.officer, is_told=False)
    proposal = leaving.propose_leaving(
        story.case, by=story.officer, why="There is evidence of an offence, which is pursued."
    )
    winding_down.decide_leaving(proposal, by=acting(story.police_lead), agrees=True)


def _is_no_longer_possible(teller: Teller) -> None:
    story = teller.begin(people_thurrock.NO_LONGER_POSSIBLE, road="public")
    last = along(story, 26, to="gathered")
    teller.calendar.on(last - 4, partial(_end_early, story))


def _end_early(story: Later) -> None:
    story.settled_for_an_end(story.officer, is_told=False)
    proposal = propose_end(
        story.case, by=story.officer, reason="moved_abroad",
        why="The landlord and a letter from abroad say so.",
    )  # fmt: skip
    winding_down.decide_early_end(proposal, by=acting(story.police_lead), agrees=True)
