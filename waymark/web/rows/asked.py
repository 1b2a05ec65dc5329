"""A request and its answers in words, as both sides see them."""

from typing import Any

from waymark.database.clock import day_of, today
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.sharing import reading
from waymark.sharing.models import MovedDate, PassedOn, Reply, Request


def request_told(asked: Request, *, whole: bool = True) -> dict[str, Any]:
    """What both sides see: what is asked, by when, who has it, and what has been answered.

    `whole`: with the words of the answers.
    """
    state, kind = reading.state_of(asked, today())
    late = asked.is_late(today())
    return {
        "asked": asked,
        "state": {"text": state, "kind": kind},
        "late": late,
        "due": day_in_words(asked.due_date)
        if asked.answered_at
        else due_in_words(asked.due_date, today()),
        "items": [item.words for item in asked.items.all()],
        "who": who_has_it(asked),
        "passed": [_passed(one) for one in asked.passings.all()],
        "moved": [_moved(one) for one in asked.moved_dates.all()],
        "replies": [_reply(one, whole=whole) for one in reading.replies_to(asked)],
    }


def who_has_it(asked: Request) -> str:
    """Whose task the answer is, in words."""
    if asked.asked_of:
        return asked.asked_of.name
    last = next(reversed(asked.passings.all()), None)
    if last:
        return f"{last.named}, who has no account here: the police ask"
    return "Nobody there answers here: the police ask"


def _passed(one: PassedOn) -> str:
    whence = one.was_with.name if one.was_with else "the police"
    by = "" if one.by_id == one.was_with_id else f", written down by {one.by.name}"
    return f"On {day_in_words(day_of(one.at))}, from {whence} to {one.to_whom}{by}"


def _moved(one: MovedDate) -> str:
    days = f"from {day_in_words(one.was_date)} to {day_in_words(one.due_date)}"
    return f"On {day_in_words(day_of(one.at))}, {days}, by {one.by.name}: {one.why}"


def _reply(one: Reply, *, whole: bool) -> dict[str, Any]:
    rows = [("Answer", one.get_state_display())]
    for item in one.items.all() if whole else []:
        of_day = f", of {day_in_words(item.happened_date)}" if item.happened_date else ""
        rows.append((item.item.words, f"{item.words}\n({item.source}{of_day})"))
    held = f"Yes. Decided by {one.held_back_decided_by}" if one.held_back else "No"
    rows += [("Beyond the questions", one.words), ("Anything held back", held)] if whole else []
    rows += [("Came by", f"{one.get_came_by_display()}, from {one.given_by}")]
    rows += [("Original kept", one.original_kept)]
    rows += (
        [] if whole else [("What it says", "The police, the chair and the Prevent lead read it")]
    )
    return {
        "at": one.at,
        "rows": [{"question": asked, "answer": text} for asked, text in rows if text],
    }
