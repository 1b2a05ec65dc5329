"""Who is told at once that a case was opened in an emergency: those who may know of the case."""

from collections.abc import Collection

from waymark.cases.access.seers import holders_of
from waymark.cases.models import EmergencyOpening, Task
from waymark.cases.tasks import finish_those, give
from waymark.database.clock import today
from waymark.directory.models import Appointment, Area, Role, User
from waymark.directory.notices import notify

PATH = "/emergencies"
WHY = "A case was opened in an emergency. Read why, and say whether it was right."
WHY_SECOND = "Somebody wants to open a restricted case in an emergency. Say whether you agree."


def tell_of(made: EmergencyOpening, area_id: int, named: Collection[int], *, by: User) -> None:
    """Police lead, chair and auditor by e-mail, and a task for whoever reviews it.

    `named`: of a restricted case, none but these and the auditors are told.
    """
    area = Area.objects.get(pk=area_id)
    people = User.objects.select_related("organisation").in_bulk(list(named))
    if made.needs_second:
        told = [people[key] for key in sorted(people) if key != by.pk]
        for user in told:
            if user.organisation_id != by.organisation_id:
                _ask(made, area, user, kind="second_emergency", why=WHY_SECOND, by=by)
        _to_review(made, area, _leaders(area, told), by=by)
    else:
        case = made.case
        assert case is not None
        leads = holders_of(case, Role.POLICE_LEAD, but=(by.pk,))
        chairs = [one for role in (Role.CHAIR, Role.VICE_CHAIR)
                  for one in holders_of(case, role, but=(by.pk,))]  # fmt: skip
        told = [*leads, *chairs]
        _to_review(made, area, told, by=by)
    for user in {one.pk: one for one in (*told, *auditors(area))}.values():
        notify(user, "emergency", by=by, path=PATH)


def _leaders(area: Area, people: list[User]) -> list[User]:
    """Of those people, the ones whose post reviews it; the police lead first."""
    found = [
        one for role in (Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR) for one in people
        if role in one.roles_in(area)
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def auditors(area: Area) -> list[User]:
    """Who reads that it happened, and none of the words."""
    held = Appointment.objects.holders(Role.AUDITOR, area, today()).values("user")
    return list(User.objects.filter(pk__in=held, is_active=True).order_by("pk"))


def _to_review(made: EmergencyOpening, area: Area, people: list[User], *, by: User) -> None:
    """One of them reviews it; the others see it in the list, where it stands as overdue."""
    if people:
        _ask(made, area, people[0], kind="review_emergency", why=WHY, by=by)


def _ask(made: EmergencyOpening, area: Area, user: User, *, kind: str, why: str, by: User) -> None:
    give(
        kind, by=by, case_id=made.case_id, area=area, role=_post(user, area), user=user,
        object_id=made.pk, clause="1.3.3", why=why,
        due=made.review_date if kind == "review_emergency" else today(),
    )  # fmt: skip


def _post(user: User, area: Area) -> Role:
    held = user.roles_in(area)
    return next((role for role in Role if role in held), Role.POLICE_LEAD)


def finish_reviewing(made: EmergencyOpening, *, by: User) -> None:
    """Nothing waits for an opening that has been reviewed."""
    kinds = ("review_emergency", "second_emergency")
    waiting = Task.objects.waiting().filter(object_id=made.pk, kind__in=kinds)
    finish_those(list(waiting), by=by, outcome="reviewed")


def is_late(made: EmergencyOpening) -> bool:
    """Whether nobody has reviewed it by its day."""
    return made.case_id is not None and made.reviewed_at is None and made.review_date < today()
