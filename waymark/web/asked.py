"""A request and its answers in words, as both sides see them."""

from typing import Any

from waymark.database.clock import today
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.sharing import reading
from waymark.sharing.models import Reply, Request


def request_told(asked: Request) -> dict[str, Any]:
    """What both sides see: what is asked, by when, and what has been answered."""
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
        "replies": [_reply(one) for one in reading.replies_to(asked)],
    }


def _reply(one: Reply) -> dict[str, Any]:
    rows = [("Answer", one.get_state_display())]
    for item in one.items.all():
        of_day = f", of {day_in_words(item.happened_date)}" if item.happened_date else ""
        rows.append((item.item.words, f"{item.words}\n({item.source}{of_day})"))
    rows += [("Beyond the questions", one.words)]
    held = f"Yes. Decided by {one.held_back_decided_by}" if one.held_back else "No"
    rows += [("Anything held back", held)]
    rows += [("Came by", f"{one.get_came_by_display()}, from {one.given_by}")]
    rows += [("Original kept", one.original_kept)]
    return {
        "at": one.at,
        "rows": [{"question": asked, "answer": text} for asked, text in rows if text],
    }
