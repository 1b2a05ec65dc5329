"""A case that moves to another panel during a meeting leaves a minute there (2.6.1, 2.8.19)."""

from django.db import connection

from waymark.audit.events import record
from waymark.cases.models import Case, Transfer
from waymark.database.clock import day_of, now
from waymark.directory.models import User
from waymark.panels.meeting import drafts
from waymark.panels.models import AgendaItem, Departure, Minute
from waymark.policy.lateness import day_in_words


def write(case: Case, moved: Transfer, *, by: User) -> None:
    """Leave a minute in each meeting of the leaving panel whose minutes are not signed yet.

    `by`: who accepts the case. They may know of it, not of the meeting: it is found for them.
    """
    for item in AgendaItem.objects.filter(pk__in=_under_way(case)).order_by("pk"):
        made = Departure.objects.create(
            case=case, item=item, meeting_id=item.meeting_id, area=moved.from_area,
            reference=case.reference, words="\n\n".join(_said(item, moved)), by=by, at=now(),
        )  # fmt: skip
        record("item_left", by=by, at=made.at, case_id=case.pk, row=made)


def _under_way(case: Case) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT items_under_way(%s)", [case.pk])
        return [key for (key,) in cursor.fetchall()]


def _said(item: AgendaItem, moved: Transfer) -> list[str]:
    """What the meeting made of the case before it moved, and why and to whom it did."""
    minute = Minute.objects.filter(item=item).first()
    before = [minute.words] if minute else drafts.discussed(item)
    assert moved.answered_by and moved.answered_at and moved.to_area
    return [
        *before,
        f"Transferred to the panel of {moved.to_area.name} on"
        f" {day_in_words(day_of(moved.answered_at))} (2.6.1).",
        f"{moved.by.name} asked on {day_in_words(day_of(moved.at))}: {moved.why}",
        f"{moved.answered_by.name} accepted for {moved.to_area.name}: {moved.answer}",
    ]
