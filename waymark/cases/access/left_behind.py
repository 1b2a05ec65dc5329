"""The cases and tasks of somebody who leaves go on at once with somebody who stays (R7, R40).

It is the only hand-over that nobody accepts first: so each case is a task for whoever got it, to
keep it or to pass it on. A duty does it, since an administrator of accounts sees no case.
"""

from waymark.audit.events import record, record_each
from waymark.cases.access.seers import by_post
from waymark.cases.grants import end_supervision
from waymark.cases.holders import hand_to, holder_of
from waymark.cases.models import Case, Grant, Holder, Supervisor, Task
from waymark.cases.stages import locked
from waymark.cases.supervisors import supervisor_of
from waymark.cases.tasks import finish, finish_those, give, waiting_of
from waymark.database.actor import Actor, Duty
from waymark.database.clock import now, today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Role, User, people_in
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act

FOLLOW_LEAVERS = Duty("follow_leavers")
KIND = "keep_left"
CLAUSE = "2.8.9"
THEN = (Role.POLICE_LEAD, Role.CHAIR, Role.VICE_CHAIR)


def hand_all_on(user: User, *, to: User | None, by: Actor) -> None:
    """Hand on all that hangs on `user`: to `to`, their deputy or a case's supervisor, wherever
    they see the case by their post; else to the police lead. What nobody can take stays."""
    become(FOLLOW_LEAVERS)
    for key in sorted(_cases_of(user)):
        _hand_on(locked(Case(pk=key)), user, to=to, by=by)
    for task in Task.objects.waiting().filter(user=user, case=None).order_by("pk"):
        _to_a_post(task, by=by)
    become(by)


def has_work(user: User) -> bool:
    """Whether anything of open cases, or any task, still hangs on `user`. Asks as the duty does."""
    held = Holder.objects.filter(user=user, until_at=None, case__ended_at=None)
    return held.exists() or Task.objects.waiting().filter(user=user).exists()


def is_left_with(user: User, *, by: User) -> bool:
    become(FOLLOW_LEAVERS)
    left = has_work(user)
    become(by)
    return left


def _cases_of(user: User) -> set[int]:
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
        _nobody_supervises(case, by=by)
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
        _nobody_supervises(case, by=by)  # nobody supervises what they hold
    hand_to(case, to, role=role, by=by)
    _ask(case, to, role, by=by)


def _ask(case: Case, to: User, role: Role, *, by: Actor, before: Task | None = None) -> None:
    give(
        KIND, by=by, case=case, role=role, user=to, limit="accept_case", clause=CLAUSE,
        due=before.due_date if before else None,
        why="A colleague has left. Read this case, and keep it or pass it on.",
    )  # fmt: skip
    notify(to, "holds_case", by=by, path=f"/cases/{case.reference}")


def _nobody_supervises(case: Case, *, by: Actor) -> None:
    end_supervision(case, by=by)
    finish_those(waiting_of(case, "supervise"), by=by, outcome="left")


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


def asked_of(user: User, case: Case) -> Task | None:
    return case.tasks.waiting().filter(kind=KIND, user=user).first()


def may_answer(user: User, case: Case) -> None:
    if asked_of(user, case) is None:
        raise Refused("Nobody left this case to you", clause=CLAUSE)


def others_on(case: Case, *, by: User) -> list[User]:
    """To whom it can be passed on: who sees it by their post, and does not supervise it."""
    supervisor = supervisor_of(case)
    out = {by.pk, supervisor.user_id if supervisor else 0}
    found = {one.pk: one for _, one in by_post(case) if one.pk not in out}
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


@act
def keep(case: Case, *, by: User) -> None:
    """Keep a case that a colleague left."""
    _answer(locked(case), "kept", by=by)


@act
def pass_on(case: Case, *, by: User, to: User) -> None:
    """Pass it on to somebody else, who is asked the same by the same day."""
    case = locked(case)
    task = _answer(case, "passed_on", by=by)
    role = next((role for role, one in by_post(case) if one.pk == to.pk), None)
    if role is None or to.pk not in {one.pk for one in others_on(case, by=by)}:
        raise Refused(f"{to.name} cannot hold this case", clause=CLAUSE,
                      until="Choose somebody else.")  # fmt: skip
    hand_to(case, to, role=role, by=by)
    _ask(case, to, role, by=by, before=task)


def _answer(case: Case, outcome: str, *, by: User) -> Task:
    may_answer(by, case)
    task = asked_of(by, case)
    assert task is not None
    finish(task, by=by, outcome=outcome)
    return task
