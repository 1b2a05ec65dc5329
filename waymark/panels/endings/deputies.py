"""Who decides on an end for a post that has let its date pass: one post’s deputy, never both’s."""

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.database.actor import Duty
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Role, User
from waymark.panels.models import EndDeputy, EndProposal
from waymark.panels.models.ends import EndPost
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

TAKES = {EndPost.CHAIR: Role.VICE_CHAIR, EndPost.POLICE_LEAD: Role.POLICE_LEAD}
POSTS = {
    Role.CHAIR: EndPost.CHAIR, Role.VICE_CHAIR: EndPost.CHAIR,
    Role.POLICE_LEAD: EndPost.POLICE_LEAD,
}  # fmt: skip
MOST = 500  # in one run; the next takes the others


def name(proposal: EndProposal, post: EndPost, others: list[User], *, by: User) -> None:
    """Name the deputy of a post among the `others` who hold it beside the text's writer."""
    taken = set(proposal.deputies.values_list("user_id", flat=True))
    free = [each for each in _in_turn(others, post, proposal) if each.pk not in taken]
    if not free:
        return
    made = EndDeputy.objects.create(case=proposal.case, proposal=proposal, post=post, user=free[0])
    record("end_deputy_named", by=by, at=now(), case_id=proposal.case_id, row=made)


def _in_turn(others: list[User], post: EndPost, proposal: EndProposal) -> list[User]:
    """Those appointed as deputies first; whoever is asked in the first place is none."""
    held = Appointment.objects.in_force(today()).filter(user__in=others)
    appointed = set(held.exclude(deputy_for=None).values_list("user_id", flat=True))
    area = proposal.case.area
    if post == EndPost.CHAIR and Role.CHAIR not in proposal.written_by.roles_in(area):
        appointed |= {each.pk for each in others if Role.CHAIR not in each.roles_in(area)}
    rest = [each for each in others if each.pk in appointed] + others[1:]
    return list(dict.fromkeys(rest))


def of_post(proposal: EndProposal, post: str) -> EndDeputy | None:
    return proposal.deputies.select_related("user").filter(post=post).first()


def pass_on(*, by: Duty) -> int:
    """Ask the deputy of each post that has let its date pass; of how many.

    For the duty `pass_endorsements`, which sees those tasks and who is deputy, and no case.
    """
    waiting = Task.objects.waiting().filter(kind="endorse_exit").exclude(object_id=None)
    late = waiting.filter(due_date__lt=today()).order_by("case_id", "role", "pk")
    return sum(_pass(task, by=by) for task in late[:MOST])


def _pass(task: Task, *, by: Duty) -> bool:
    deputies = list(EndDeputy.objects.filter(proposal_id=task.object_id).select_for_update())
    if any(each.passed_at for each in deputies):
        return False  # once for an end: no deputies for both (R20)
    found = [each for each in deputies if each.post == POSTS.get(Role(task.role))]
    if not found:
        return False
    deputy, moment = found[0], now()
    deputy.passed_at = moment
    deputy.save(update_fields=["passed_at"])
    record("end_passed_on", by=by, at=moment, case_id=task.case_id, row=deputy)
    due = due_date(moment, in_force().limit("endorse_exit"))
    made = Task.objects.create(
        case_id=task.case_id, kind="endorse_exit", role=TAKES[EndPost(deputy.post)],
        area_id=task.area_id, user_id=deputy.user_id, object_id=task.object_id, clause="2.8.15",
        made_at=moment, due_date=due, why="Decide as deputy: the other has let the date pass.",
    )  # fmt: skip
    record("task_given", by=by, at=moment, case_id=task.case_id, row=made,
           task="endorse_exit", due=due)  # fmt: skip
    return True
