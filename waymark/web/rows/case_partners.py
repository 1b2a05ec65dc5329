"""Who works on a case: each partner once, with what it does (2.9.5); and who supervises it."""

from typing import Any

from django.urls import reverse

from waymark.cases.holders import holder_of
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.cases.supervisors import supervisor_of
from waymark.database.record import Part
from waymark.directory.models import Role, User, people_in
from waymark.oversight.reading.supervised import next_of
from waymark.policy.lateness import day_in_words
from waymark.sharing.told import asked_on


def partners_row(case: Case, user: User) -> list[dict[str, Any]]:
    """The bodies on the case, as far as the reader may see them."""
    found: dict[str, list[str]] = {}
    holder = holder_of(case)
    _add(found, holder.user.organisation.name, f"{holder.user.name} holds the case")
    if case.led_by:
        for one in people_in(case.led_by, case.area):
            _add(found, one.organisation.name, f"{one.name}, {Role(case.led_by).label}")
    if case.opened_to_area_at:
        for one in people_in(Role.CHAIR, case.area):
            _add(found, one.organisation.name, f"{one.name}, chair of the panel")
    if sees_part(user, case, Part.REQUEST):
        for request in asked_on(case):
            _add(found, request.organisation.name, "asked for information")
    if sees_part(user, case, Part.PLAN):
        _add_support(found, case)
    said = [f"{name}: {'; '.join(dict.fromkeys(what))}" for name, what in found.items()]
    href = reverse("library_text", args=["co_operation"])
    return [{"question": "Who works on this case", "answer": said, "change": href,
             "act": "Read the duty to co-operate"}]  # fmt: skip


def _add(found: dict[str, list[str]], body: str, what: str) -> None:
    found.setdefault(body, []).append(what)


def _add_support(found: dict[str, list[str]], case: Case) -> None:
    pieces = case.pieces.alive().select_related("lead_organisation", "lead", "provider")
    for piece in pieces:
        _add(found, piece.lead_organisation.name, f"{piece.lead.name} leads support")
        _add(found, piece.provider.name, "gives support")


def supervisor_row(case: Case) -> list[dict[str, Any]]:
    """Who supervises the case and when they next talk it over."""
    if not case.is_open:
        return []
    supervisor, due = supervisor_of(case), next_of(case)
    by = f". Next talk by {day_in_words(due)}" if due else ""
    said = f"{supervisor.user.name}{by}" if supervisor else "Nobody yet"
    return [{"question": "Supervised by", "answer": said,
             "change": reverse("case_supervision", args=[case.reference]),
             "act": "Read the supervision"}]  # fmt: skip
