"""Who leaves is named on restricted cases no more; two people and a police lead always are."""

from waymark.audit.events import record
from waymark.cases.access.naming import NEEDED, name_one
from waymark.cases.models import Case, Exclusion, NamedPerson
from waymark.cases.tasks import give, waiting_of
from waymark.database.clock import now
from waymark.directory.models import Role, User, people_in
from waymark.directory.notices import notify

CLAUSE = "1.3.3"
WHY = "They have left"
WHY_IN_PLACE = "The police lead who was named has left"
KIND = "name_people"


def cases_of(user: User) -> set[int]:
    """The restricted cases that `user` is named on. The database is asked as the duty."""
    return set(NamedPerson.objects.now().filter(user=user).values_list("case_id", flat=True))


def see_that_a_lead_is_named(user: User, *, by: User) -> None:
    """Where no other police lead is named, one of the area is, so that the case is there for
    somebody who can name others."""
    for case in _cases(user):
        if _leads(case, but=user):
            continue
        out = Exclusion.objects.in_force(now()).filter(case=case).values_list("user", flat=True)
        lead = next((one for one in people_in(Role.POLICE_LEAD, case.area)
                     if one != user and one != by and one.pk not in set(out)), None)  # fmt: skip
        if lead:
            name_one(case, lead, why=WHY_IN_PLACE, by=by, moment=now())


def end_names_of(user: User, *, by: User) -> None:
    """They are named no more; where fewer than two are left, the police lead is told and asked.

    Nobody is taken off a case that would be there for nobody: then it stays left with them.
    """
    for case in _cases(user):
        leads = _leads(case, but=user)
        if not leads:
            continue
        for one in NamedPerson.objects.now().filter(user=user, case=case):
            one.until_at, one.ended_by, one.ended_why = now(), by, WHY
            one.save(update_fields=["until_at", "ended_by", "ended_why"])
            record("person_un_named", by=by, at=one.until_at, case_id=case.pk, row=one,
                   user=user.pk)  # fmt: skip
        if len(_others(case, but=user)) < NEEDED:
            _ask(case, leads, by=by)


def _ask(case: Case, leads: list[User], *, by: User) -> None:
    if not waiting_of(case, KIND):
        give(
            KIND, by=by, case=case, role=Role.POLICE_LEAD, limit="decide_sight", clause=CLAUSE,
            why="Somebody has left. Fewer than two people are named on this case: name another.",
        )  # fmt: skip
    for lead in leads:
        notify(lead, KIND, by=by, path=f"/cases/{case.reference}")


def _cases(user: User) -> list[Case]:
    return list(Case.objects.filter(pk__in=cases_of(user)).select_related("area").order_by("pk"))


def _others(case: Case, *, but: User) -> list[User]:
    named = NamedPerson.objects.now().filter(case=case, user__is_active=True).exclude(user=but)
    return [one.user for one in named.select_related("user").order_by("pk")]


def _leads(case: Case, *, but: User) -> list[User]:
    return [one for one in _others(case, but=but) if Role.POLICE_LEAD in one.roles_in(case.area)]
