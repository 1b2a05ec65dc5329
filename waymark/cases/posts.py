"""The people of a post for whom a case is there: whom it is given to, and whom it is told."""

from waymark.cases.models import Case, Exclusion, NamedPerson
from waymark.database.clock import now
from waymark.directory.models import User, people_in


def people_on(case: Case, role: str) -> list[User]:
    """Those who hold `role` in the case's area, by name: none who is kept out of the case, and of
    a restricted one only those who are named on it."""
    kept_out = Exclusion.objects.in_force(now()).filter(case=case).values_list("user", flat=True)
    out = set(kept_out)
    found = [user for user in people_in(role, case.area) if user.pk not in out]
    if not case.restricted:
        return found
    named = set(NamedPerson.objects.now().filter(case=case).values_list("user", flat=True))
    return [user for user in found if user.pk in named]
