"""The work of somebody who sees a case no more goes on at once with somebody who does (R7, S26)."""

from waymark.audit.events import record
from waymark.cases.access.seers import by_post, first_to_decide
from waymark.cases.holders import hand_to, holder_of
from waymark.cases.models import Case, Task
from waymark.cases.supervisors import end_and_ask, supervisor_of
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.notices import notify


def hand_on(case: Case, user: User, *, by: User) -> None:
    """Hand on all that `user` does on a locked case: that they hold it, supervise it, owe on it."""
    if holder_of(case).user_id == user.pk:
        _hold_instead(case, user, by=by)
    if (supervisor := supervisor_of(case)) and supervisor.user_id == user.pk:
        end_and_ask(case, by=by, outcome="kept_out")
    for task in case.tasks.waiting().filter(user=user).order_by("pk"):
        _give_to_the_post(task, case, user, by=by)
    for task in case.tasks.waiting().filter(user=None).order_by("pk"):
        if Role(task.role) not in _posts_left(case, user):
            _give_to_the_post(task, case, user, by=by)


def _hold_instead(case: Case, user: User, *, by: User) -> None:
    """Somebody in the same post, else who decides on the case; they are told by e-mail."""
    role = Role(holder_of(case).role)
    same = [other for held, other in by_post(case) if held == role and other.pk != user.pk]
    if same:
        to = same[0]
    else:
        role, to = first_to_decide(case, but=(user.pk,))
    if (supervisor := supervisor_of(case)) and supervisor.user_id == to.pk:
        end_and_ask(case, by=by, outcome="holds_it")
    hand_to(case, to, role=role, by=by)
    notify(to, "holds_case", by=by, path=f"/cases/{case.reference}")


def _posts_left(case: Case, user: User) -> set[Role]:
    """The posts in which somebody else sees the case; and those that never do by their post."""
    every = {role for role, _ in by_post(case)}
    left = {role for role, other in by_post(case) if other.pk != user.pk}
    return left | (set(Role) - every)


def _give_to_the_post(task: Task, case: Case, user: User, *, by: User) -> None:
    """To the post, where another holds it; else to who decides. Its date stays (R38)."""
    held = {role for role, other in by_post(case) if other.pk != user.pk}
    task.user = None
    if task.role not in held:
        task.role, task.user = first_to_decide(case, but=(user.pk,))
    task.save(update_fields=["user", "role"])
    record("task_taken", by=by, at=now(), case_id=case.pk, row=task)
