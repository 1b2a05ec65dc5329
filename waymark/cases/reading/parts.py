"""Which parts of a case somebody sees: what a page leaves out rather than show as empty."""

from django.db.models import BooleanField, ExpressionWrapper

from waymark.cases.models import Case, EmergencyOpening, Grant, NamedPerson
from waymark.cases.models.case import HOLDS
from waymark.cases.sight import Since, roles_for, roles_in_emergency
from waymark.database.clock import now, today
from waymark.database.record import Part
from waymark.directory.models import User


def sees_part(user: User, case: Case, part: Part) -> bool:
    """Whether `user`, who may know of `case`, sees this part of it.

    By post, by a grant, or in an emergency; of a restricted case, only where they are named.
    """
    return bool(how_seen(user, case, part))


def how_seen(user: User, case: Case, part: Part) -> str:
    """By what `user` sees this part: "post", "grant", "named" or "emergency"; "" where not."""
    by_name = case.restricted and is_named(user, case)
    if by_name and part == Part.CASE:
        return "named"
    if not case.restricted or by_name:
        if any(_by_post(user, case, part, since) for since in Since):
            return "named" if by_name else "post"
        granted = Grant.objects.in_force(now()).to(user).filter(case=case, part=part.value)
        if granted.filter(object_id=None).exists():
            return "named" if by_name else "grant"
    if user.roles_in() & roles_in_emergency(part) and reads_in_emergency(user, case):
        return "emergency"
    return ""


def is_named(user: User, case: Case) -> bool:
    """Whether `user` is one of those for whom a restricted case is there."""
    return NamedPerson.objects.now().filter(case=case, user=user).exists()


def reads_in_emergency(user: User, case: Case) -> bool:
    """Whether `user` has opened this case in an emergency, less than an hour ago."""
    return EmergencyOpening.objects.open_at(now()).filter(case=case, user=user).exists()


def _by_post(user: User, case: Case, part: Part, since: Since) -> bool:
    return bool(user.roles_in(case.area) & roles_for(part, since)) and since in _holding(case)


def _holding(case: Case) -> set[Since]:
    """What holds of the case: asked of the database once for each state that it was loaded in."""
    state = (case.opened_to_area_at, case.closed_date, case.police_until_date, case.led_by, today())
    known = vars(case).get("_holding")
    if known is None or known[0] != state:
        asked = [ExpressionWrapper(HOLDS[since](), BooleanField()) for since in Since]
        row = Case.objects.filter(pk=case.pk).values_list(*asked).first() or ()
        known = (state, {since for since, holds in zip(Since, row, strict=False) if holds})
        vars(case)["_holding"] = known
    found: set[Since] = known[1]
    return found
