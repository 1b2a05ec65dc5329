"""Naming who supervises an open case: never whoever holds it (R39)."""

from waymark.audit.events import record
from waymark.cases.grants import end_supervision, show_to_supervisor
from waymark.cases.holders import holder_of
from waymark.cases.models import Case, Exclusion, Supervisor
from waymark.cases.posts import people_on
from waymark.cases.reading.parts import is_named, sees_part
from waymark.cases.sight import LEAD
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import CHAIRS, POLICE
from waymark.cases.writers import WRITERS, post_of
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.11.2"
KIND = "name_supervisor"
NAME_THEM = (Role.POLICE_LEAD, *CHAIRS)
# from the beginning on, all but who referred and what is for the police alone
SHOWN = tuple(sorted(LEAD - {Part.REFERRER}))


def supervisor_of(case: Case) -> Supervisor | None:
    """Who supervises the case now, if anybody."""
    found = Supervisor.objects.filter(case=case, until_at=None)
    return found.select_related("user__organisation").first()


def may_name(user: User, case: Case) -> None:
    """The police lead, chair or vice-chair of the area, while the case is open."""
    if not user.roles_in(case.area) & set(NAME_THEM):
        raise Refused(
            "Naming the supervisor is not yours to do", clause=CLAUSE,
            until="Ask the police Prevent lead or the chair.",
        )  # fmt: skip
    if not case.is_open:
        raise Refused("This case has ended: nobody needs to supervise it", clause=CLAUSE)


def may_supervise(user: User, case: Case) -> None:
    """Somebody in a post that works on the area's cases, other than whoever holds this one."""
    if holder_of(case).user_id == user.pk:
        raise Refused(
            f"{user.name} holds this case, and nobody supervises their own", clause=CLAUSE,
            until="Choose somebody else.",
        )  # fmt: skip
    if not user.roles_in(case.area) & set(posts_for(case)):
        posts = ", ".join(Role(role).label for role in posts_for(case))
        raise Refused(
            f"{user.name} holds no post here that supervises this case", clause=CLAUSE,
            until=f"Choose somebody who is one of: {posts}.",
        )  # fmt: skip
    if Exclusion.objects.in_force(now()).filter(case=case, user=user).exists() or (
        case.restricted and not is_named(user, case)
    ):
        raise Refused(f"{user.name} must not see this case", clause=CLAUSE,
                      until="Choose somebody else.")  # fmt: skip


def posts_for(case: Case) -> tuple[Role, ...]:
    """Until it is opened to its area a case is the police's alone."""
    return WRITERS if case.opened_to_area_at else POLICE


def who_can_supervise(case: Case) -> list[User]:
    """Those who can be chosen, each once, by name."""
    holder = holder_of(case).user_id
    found = {one.pk: one for role in posts_for(case) for one in people_on(case, role)}
    left = [one for key, one in found.items() if key != holder]
    return sorted(left, key=lambda one: (one.name, one.pk))


@act
def name(case: Case, *, by: User, who: User, version: int | None = None) -> Supervisor:
    """Let `who` supervise the case from now on, and read it from the beginning.

    A supervision that waits keeps its date: another supervisor never resets it (R38).
    """
    case = locked(case, version=version)
    may_name(by, case)
    may_supervise(who, case)
    before, waiting = supervisor_of(case), waiting_of(case, "supervise")
    if before and before.user_id == who.pk:
        raise Refused(f"{who.name} supervises this case already", clause=CLAUSE)
    end_supervision(case, by=by)
    made = Supervisor.objects.create(case=case, user=who, given_by=by, from_at=now())
    record("supervisor_named", by=by, at=made.from_at, case_id=case.pk, row=made,
           supervisor=who.pk)  # fmt: skip
    finish_those(waiting, by=by, outcome="other_supervisor")
    finish_those(waiting_of(case, KIND), by=by, outcome="named")
    hidden = [part for part in SHOWN if not sees_part(who, case, part)]
    show_to_supervisor(case, who, parts=hidden, by=by)
    give(
        "supervise", by=by, case=case, role=post_of(who, case), user=who, clause=CLAUSE,
        limit="first_supervision", due=waiting[0].due_date if waiting else None,
        why="Talk the case over with whoever holds it, and write it down.",
    )  # fmt: skip
    return made


def end_and_ask(case: Case, *, by: Actor, outcome: str) -> None:
    """Whoever supervises a locked case does so no more: the police lead is to name another.

    `outcome`: why, a short code.
    """
    end_supervision(case, by=by)
    waiting = waiting_of(case, "supervise")
    finish_those(waiting, by=by, outcome=outcome)
    if case.is_open and not waiting_of(case, KIND):
        give(
            KIND, by=by, case=case, role=Role.POLICE_LEAD, clause=CLAUSE,
            limit="first_supervision", due=waiting[0].due_date if waiting else None,
            why="Nobody supervises this case any more: name somebody else.",
        )  # fmt: skip


def leave_behind(case: Case, *, by: User) -> None:
    """A locked case is in another area now: only somebody of its police supervises it on.

    Whom to name there, its police lead or its chair says.
    """
    last = supervisor_of(case)
    if last is None or last.user.roles_in(case.area) & set(POLICE):
        return
    end_and_ask(case, by=by, outcome="other_area")
