"""Who is named on a restricted case: two at least, always."""

from datetime import datetime

from waymark.audit.events import record
from waymark.cases.access.by_hand import end_given, is_kept_out
from waymark.cases.access.handing_on import hand_on
from waymark.cases.access.seers import CLAUSE, may_decide
from waymark.cases.holders import holder_of
from waymark.cases.models import Case, NamedPerson
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, waiting_of
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act

NEEDED = 2


def named_on(case: Case) -> list[NamedPerson]:
    """Those for whom the case is there now, by name."""
    found = case.named_people.now().select_related("user__organisation", "by")
    return list(found.order_by("user__name", "user_id"))


def may_name(user: User, case: Case) -> None:
    """The police lead, chair or vice-chair who is named, while the case is restricted."""
    may_decide(user, case)
    if not case.restricted:
        raise Refused("This case is not restricted: nobody is named on it", clause=CLAUSE,
                      until="The police lead can restrict it.")  # fmt: skip


@act
def name(case: Case, *, by: User, who: User, why: str) -> NamedPerson:
    """The case is there for `who` too: what of it they see follows from their post, or a grant."""
    case = locked(case)
    may_name(by, case)
    said = needs(why, why="Nothing says why they are named", clause=CLAUSE)
    if who.pk == by.pk or any(one.user_id == who.pk for one in named_on(case)):
        raise Refused(f"{who.name} is named already", clause=CLAUSE)
    if is_kept_out(case, who) or _is_the_reason(case, who):
        raise Refused(f"{who.name} cannot be named on this case", clause=CLAUSE,
                      until="Choose somebody else.")  # fmt: skip
    made = name_one(case, who, why=said, by=by, moment=now())
    finish_those(waiting_of(case, "name_people"), by=by, outcome="named")
    return made


def _is_the_reason(case: Case, who: User) -> bool:
    """Whether the chair is the reason, so that it was put to the vice-chair; and `who` is it."""
    made = case.restrictions.filter(lifted_at=None, put_to=Role.VICE_CHAIR)
    return Role.CHAIR in who.roles_in(case.area) and made.exists()


def name_one(case: Case, who: User, *, why: str, by: User, moment: datetime) -> NamedPerson:
    made = NamedPerson.objects.create(case=case, user=who, why=why, by=by, from_at=moment)
    record("person_named", by=by, at=moment, case_id=case.pk, row=made, user=who.pk)
    return made


def may_un_name(user: User, one: NamedPerson) -> None:
    """Not oneself, nor who holds the case, nor the last police lead; and two are always left."""
    case = one.case
    may_name(user, case)
    left = [other for other in named_on(case) if other.pk != one.pk]
    leads = [other for other in left if Role.POLICE_LEAD in other.user.roles_in(case.area)]
    if one.until_at is not None or one.user_id == user.pk:
        raise Refused("Somebody else takes your name off", clause=CLAUSE)
    if holder_of(case).user_id == one.user_id:
        raise Refused(f"{one.user.name} holds this case", clause=CLAUSE,
                      until="The case has to be held by somebody else first.")  # fmt: skip
    if len(left) < NEEDED or not leads:
        raise Refused("Two people, and a police lead among them, are always named", clause=CLAUSE,
                      until="Name somebody else first.")  # fmt: skip


@act
def un_name(one: NamedPerson, *, by: User, why: str) -> None:
    """The case is not there for this person any more; their work on it goes on with others."""
    case = locked(one.case)
    found = NamedPerson.objects.select_for_update(of=("self",)).select_related("user")
    one = found.get(pk=one.pk)
    one.case = case
    may_un_name(by, one)
    said = needs(why, why="Nothing says why", clause=CLAUSE)
    hand_on(case, one.user, by=by)
    end_given(case, one.user, by=by, moment=now())
    _end(one, why=said, by=by)


def end_names(case: Case, *, why: str, by: User) -> None:
    """A case is like others again: nobody is named on it, the one who acts last."""
    for one in sorted(named_on(case), key=lambda one: (one.user_id == by.pk, one.pk)):
        _end(one, why=why, by=by)


def _end(one: NamedPerson, *, why: str, by: User) -> None:
    one.until_at, one.ended_by, one.ended_why = now(), by, why
    one.save(update_fields=["until_at", "ended_by", "ended_why"])
    record("person_un_named", by=by, at=one.until_at, case_id=one.case_id, row=one,
           user=one.user_id)  # fmt: skip
