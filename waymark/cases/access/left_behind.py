"""The cases and tasks of somebody who leaves go on at once with somebody who stays (R7, R40).

It is the only hand-over that nobody accepts first: so each case is a task for whoever got it, to
keep it or to pass it on. A duty does it, since an administrator of accounts sees no case.
"""

from waymark.audit.events import record, record_each
from waymark.cases.access.seers import by_post
from waymark.cases.holders import hand_to, holder_of
from waymark.cases.models import Case, Grant, Holder, Supervisor, Task
from waymark.cases.stages import locked
from waymark.cases.supervisors import end_and_ask, supervisor_of
from waymark.cases.tasks import finish, give
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Role, User, people_in
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act

FOLLOW_LEAVERS = Duty("follow_leavers")
KIND = "keep_left"
CLAUSE = "2.8.9"
ASKED = "A colleague has left. Read this case, and keep it or pass it on."
THEN = (Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR)


def hand_cases_on(user: User, *, to: User | None, by: Actor) -> None:
    """Hand on cases and tasks of `user`: to `to`, their deputy or a case's supervisor, wherever
    they see the case by their post; else to the police lead. What nobody can take stays.

    The database is asked as the duty.
    """
    for key in sorted(cases_of(user)):
        _hand_on(locked(Case(pk=key)), user, to=to, by=by)
    for task in Task.objects.waiting().filter(user=user, case=None).order_by("pk"):
        _to_a_post(task, by=by)


def has_work(user: User) -> bool:
    """Whether an open case, or any task, still hangs on `user`. Asked as the duty."""
    held = Holder.objects.filter(user=user, until_at=None, case__ended_at=None)
    return held.exists() or Task.objects.waiting().filter(user=user).exists()


def cases_of(user: User) -> set[int]:
    """The cases that `user` holds or supervises, sees by a grant, or owes something on."""
    found = (
        Holder.objects.filter(user=user, until_at=None),
        Supervisor.objects.filter(user=user, until_at=None),
        Grant.objects.in_force(now()).filter(user=user),
        Task.objects.waiting().filter(user=user, case__isnull=False),
    )
    return {key for rows in found for key in rows.values_list("case_id", flat=True)}


def _hand_on(case: Case, user: User, *, to: User | None, by: Actor) -> None:
    if (supervisor := supervisor_of(case)) and supervisor.user_id == user.pk:
        end_and_ask(case, by=by, outcome="left")
    _end_grants(case, user, by=by)
    found = receiver_of(case, user, to=to)
    if found is None:
        return
    role, receiver = found
    if holder_of(case).user_id == user.pk:
        _hold_instead(case, receiver, role, by=by)
    posts = {(held, one.pk) for held, one in by_post(case) if one.pk != user.pk}
    for task in case.tasks.waiting().filter(user=user).order_by("pk"):
        if (task.role, receiver.pk) in posts:
            task.user = receiver
        elif task.role in {held for held, _ in posts}:
            task.user = None
        else:
            task.user, task.role = receiver, role
        _save(task, by=by)


def receiver_of(case: Case, user: User, *, to: User | None) -> tuple[Role, User] | None:
    """Who takes on what `user` leaves on a case, and in which post that shows it to them."""
    held = holder_of(case).role
    seers = [(role, one) for role, one in by_post(case) if one.pk != user.pk]
    seers.sort(key=lambda seer: seer[0] != held)  # in the same post, where they hold it
    deputies = Appointment.objects.in_force(today()).filter(deputy_for=user).order_by("pk")
    supervisor = supervisor_of(case)
    first = [to.pk] if to else []
    first += deputies.values_list("user_id", flat=True)
    first += [supervisor.user_id] if supervisor else []
    by_name = (seer for key in first for seer in seers if seer[1].pk == key)
    by_role = (seer for role in THEN for seer in seers if seer[0] == role)
    return next(by_name, None) or next(by_role, None)


def _hold_instead(case: Case, to: User, role: Role, *, by: Actor) -> None:
    """`to` holds the case from this instant, and is asked to keep it or pass it on."""
    if (supervisor := supervisor_of(case)) and supervisor.user_id == to.pk:
        end_and_ask(case, by=by, outcome="holds_it")  # nobody supervises what they hold
    hand_to(case, to, role=role, by=by)
    ask(case, to, role, by=by)


def ask(
    case: Case, to: User, role: str, *, by: Actor, before: Task | None = None,
    object_id: int | None = None, why: str = ASKED,
) -> None:  # fmt: skip
    """Ask `to` to keep what was left to them, or pass it on: the case, or something of it."""
    give(
        KIND, by=by, case=case, role=Role(role), user=to, limit="accept_case", clause=CLAUSE,
        due=before.due_date if before else None, object_id=object_id, why=why,
    )  # fmt: skip
    notify(to, "holds_case", by=by, path=f"/cases/{case.reference}")


def _end_grants(case: Case, user: User, *, by: Actor) -> None:
    ended, moment = list(Grant.objects.in_force(now()).filter(case=case, user=user)), now()
    for grant in ended:
        grant.until_at = moment
        grant.save(update_fields=["until_at"])
    record_each("grant_ended", by=by, at=moment, rows=ended)


def _to_a_post(task: Task, *, by: Actor) -> None:
    """To whoever else holds the post; where nobody does, to the police lead."""
    task.user = None
    if not people_in(task.role, task.area):
        task.role = Role.POLICE_LEAD
    _save(task, by=by)


def _save(task: Task, *, by: Actor) -> None:
    """Its date stays (R38)."""
    task.save(update_fields=["user", "role"])
    record("task_taken", by=by, at=now(), case_id=task.case_id, row=task)


# ---- the answer of whoever got a case


def asked_of(user: User, case: Case) -> list[Task]:
    """What was left to `user` on the case and waits for their answer: a task for each thing."""
    return list(case.tasks.waiting().filter(kind=KIND, user=user).order_by("pk"))


def may_answer(user: User, case: Case) -> None:
    if not asked_of(user, case):
        raise Refused("Nobody left this case to you", clause=CLAUSE)


def others_on(case: Case, *, by: User) -> list[User]:
    """To whom it can be passed on: who sees it by their post, and does not supervise it."""
    supervisor = supervisor_of(case)
    out = {by.pk, supervisor.user_id if supervisor else 0}
    found = {one.pk: one for _, one in by_post(case) if one.pk not in out}
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


@act
def keep(case: Case, *, by: User) -> None:
    """Keep what a colleague left on a case."""
    case = locked(case)
    may_answer(by, case)
    for task in asked_of(by, case):
        finish(task, by=by, outcome="kept")


def post_to_pass_on_to(case: Case, to: User, *, by: User) -> Role:
    """The post in which `to` can take on what was left to `by`; raises Refused where in none."""
    may_answer(by, case)
    if to.pk not in {one.pk for one in others_on(case, by=by)}:
        raise Refused(
            f"{to.name} cannot take this on", clause=CLAUSE, until="Choose somebody else."
        )
    return next(role for role, one in by_post(case) if one.pk == to.pk)
