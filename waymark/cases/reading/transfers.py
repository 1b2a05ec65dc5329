"""Transfers as the chairs of both panels read them: asked, come in, and what became of each."""

from django.db.models import Q

from waymark.cases.models import Case, Transfer
from waymark.cases.ways import CHAIRS
from waymark.directory.models import User

MOST = 200


def of_chairs(user: User) -> list[Transfer]:
    """Those of the areas that `user` chairs, from or to; the newest first."""
    areas = user.areas_of(frozenset(CHAIRS))
    found = Transfer.objects.filter(Q(from_area__in=areas) | Q(to_area__in=areas))
    whole = found.select_related("from_area", "to_area", "by", "answered_by")
    return list(whole.order_by("-at", "-id")[:MOST])


def references_of(transfers: list[Transfer], *, by: User) -> dict[int, str]:
    """The references of their cases that `by` sees now, by key."""
    seen = Case.objects.visible_to(by).filter(pk__in={each.case_id for each in transfers})
    return dict(seen.values_list("pk", "reference"))


def of_case(case: Case) -> list[Transfer]:
    """Every transfer of a case, the newest first."""
    found = case.transfers.select_related("from_area", "to_area", "by", "answered_by", "closed_by")
    return list(found.order_by("-at", "-id"))


def to_where(transfer: Transfer) -> str:
    return transfer.to_area.name if transfer.to_area else transfer.outside


def stands(transfer: Transfer) -> str:
    """How far it has come, in words."""
    if transfer.outcome:
        return str(transfer.get_outcome_display())
    if transfer.accepted is None:
        return f"Waits for {to_where(transfer)}"
    if transfer.accepted:
        return "Accepted there: waits for the police lead"
    return "Refused: it stays until the chair who asked says what follows"
