"""Turns that few stories take: a transfer, two answers, an exit refused, one more review."""

from datetime import date, timedelta

from waymark.cases import transfers as asked_transfers
from waymark.cases.transfers import Asked
from waymark.database.clock import today
from waymark.panels import transfers
from waymark.panels.endings import exits, extensions, reviews
from waymark.project.demonstration.asked import ask_for_consent
from waymark.project.demonstration.later import Later
from waymark.project.demonstration.telling import acting
from waymark.support import ended
from waymark.support.consent import help_otherwise


def transfer_asked(story: Later, to: str, *, days: int = 0) -> None:
    """The chair asks another panel to take the case over; `days`: of a move that is to end."""
    worry, first = story.worry, story.words.first
    transfers.ask(
        story.look(), by=acting(story.chair), asked=Asked(
            why=f"{first} now spends most of the week in your area.",
            about=f"Support goes on well. It answers {worry.draws}.",
            goes_along="The whole record, since the plan goes on.",
            to=story.cast.places.areas[to],
            until_date=today() + timedelta(days=days) if days else None,
        ),
    )  # fmt: skip


def transfer_accepted(story: Later, to: str) -> None:
    """The other chair takes the case over: from now on it is that area's story."""
    by = acting(story.cast.of("chair", to))
    transfer = asked_transfers.waiting_transfer(story.case)
    assert transfer is not None
    transfers.accept(transfer, by=by, why="The mentor can go on here; we hold the case.")
    story.area = to


def transfer_refused(story: Later, to: str) -> None:
    by = acting(story.cast.of("chair", to))
    transfer = asked_transfers.waiting_transfer(story.case)
    assert transfer is not None
    transfers.refuse(
        transfer,
        by=by,
        why="They still live and learn with you. Ask again if that changes.",
    )


def answers_differ(story: Later) -> None:
    """The child says yes and the parent says no: that is no refusal of the child’s."""
    ask_for_consent(story.case, by=acting(story.lead), child=True)
    story.answered("person", "given")
    story.answered("parent", "refused")


def help_offered(story: Later) -> None:
    """What needs no consent is offered, and advice is taken."""
    help_otherwise.offer_help(
        story.look(), by=acting(story.lead),
        offered="The school’s counsellor, and the number of a helpline for families.",
        advice_from="The council’s solicitor for children",
        advice="Nothing starts. Speak with the family again when they ask for it.",
    )  # fmt: skip


def exit_refused(story: Later) -> None:
    """The police lead does not endorse: back to the panel, which plans anew (2.8.16)."""
    exits.refuse(
        story.proposal(), by=acting(story.police_lead),
        why="The channel was visited again last week. One more course first.",
    )  # fmt: skip


def review_asks_for_another(story: Later) -> None:
    """Something is still to be seen: the chair proposes one more review."""
    looked(story, "further", "All is well at home; the job is new.", today() + timedelta(days=330))


def extension_agreed(story: Later) -> None:
    asked = extensions.waiting_extension(story.look())
    assert asked is not None
    reviews.decide_extension(
        asked, by=acting(story.police_lead), agrees=True, why="So do we see it."
    )


def review_reopens(story: Later) -> None:
    looked(story, "reopen", f"Is drawn again by {story.worry.draws}.")


def looked(story: Later, result: str, words: str, further: date | None = None) -> None:
    """The next review is held, and ends so."""
    by = acting(story.chair)
    said = reviews.Looked(
        result=result, asked="Police, school or work, and the family", words=words,
        engagement="Speaks of it, now and then.", intent="None was seen.",
        capability="None was seen.", referrer_told="That the panel looked again.",
        further_date=further,
    )  # fmt: skip
    reviews.hold_review(reviews.waiting_reviews(story.case)[0], by=by, said=said)


def told_of_reviews(story: Later) -> None:
    """After an exit the person is told that the case is looked at again."""
    reviews.announce(
        story.look(), by=acting(story.lead), by_whom=story.lead.name,
        words="Told that the panel looks again after six and twelve months, and why.",
    )  # fmt: skip


def end_is_read(story: Later) -> None:
    """Whoever led or gave support that has ended has read so."""
    for post in ("support", "mentor"):
        by = acting(story.cast.of(post, story.given_in))
        for notice in ended.unread(by=by):
            ended.have_read(notice, by=by)
