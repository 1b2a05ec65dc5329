"""Which parts of a case somebody sees: what a page leaves out rather than show as empty."""

from waymark.cases.models import Case, Grant
from waymark.cases.models.case import HOLDS
from waymark.cases.sight import Since, roles_for
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import User


def sees_part(user: User, case: Case, part: Part) -> bool:
    """Whether `user`, who may know of `case`, sees this part of it: by post or by a grant."""
    if not case.restricted and any(_by_post(user, case, part, since) for since in Since):
        return True
    granted = Grant.objects.in_force(now()).to(user).filter(case=case, part=part.value)
    return granted.filter(object_id=None).exists()


def _by_post(user: User, case: Case, part: Part, since: Since) -> bool:
    if not user.roles_in(case.area) & roles_for(part, since):
        return False
    return Case.objects.filter(HOLDS[since](), pk=case.pk).exists()
