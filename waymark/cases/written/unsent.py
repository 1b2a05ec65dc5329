"""Keeping what is typed until it is sent: for its writer alone, for thirty days at most (F1)."""

from datetime import timedelta

from waymark.cases.models import Unsent
from waymark.cases.models.unsent import PURPOSE
from waymark.database.clock import now
from waymark.database.sealing import Damaged, open_sealed, place, seal
from waymark.directory.models import User

KEPT_FOR = timedelta(days=30)


def keep(case_id: int, form: str, typed: str, *, by: User) -> None:
    """Keep the fields of one form as they were typed (URL-encoded), in place of what was kept."""
    row = _found(case_id, form, by=by) or Unsent(case_id=case_id, form=form, by=by)
    row.at, row.expires_at = now(), now() + KEPT_FOR
    row.sealed = seal(PURPOSE, typed.encode(), bound_to=_place(row))
    row.save()


def kept(case_id: int, form: str, *, by: User) -> Unsent | None:
    """What `by` typed on that form and has not sent, or None."""
    return _found(case_id, form, by=by)


def typed(row: Unsent) -> str:
    """The fields again; empty where they cannot be opened any more."""
    try:
        return open_sealed(PURPOSE, bytes(row.sealed), bound_to=_place(row)).decode()
    except Damaged:
        return ""


def forget(case_id: int, form: str, *, by: User) -> None:
    """It was sent, or its writer starts again."""
    Unsent.objects.filter(case_id=case_id, form=form, by=by).delete()


def forget_expired() -> int:
    """Delete what has expired. For the duty `expire_drafts`; returns how many were deleted."""
    return Unsent.objects.filter(expires_at__lte=now()).delete()[0]


def _found(case_id: int, form: str, *, by: User) -> Unsent | None:
    mine = Unsent.objects.filter(case_id=case_id, form=form, by=by, expires_at__gt=now())
    return mine.first()


def _place(row: Unsent) -> str:
    return place("cases_unsent", "sealed", row.pk)
