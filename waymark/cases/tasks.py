"""Giving and finishing what waits: nothing is lost by silence."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, Task
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.directory.models import Area, Role, User, person_of
from waymark.policy.days import due_date
from waymark.policy.pack import in_force


def give(
    kind: str,
    *,
    by: Actor,
    role: Role,
    why: str,
    clause: str,
    limit: str = "",
    due: date | None = None,
    case: Case | None = None,
    case_id: int | None = None,
    area: Area | None = None,
    user: User | None = None,
    subject_id: int | None = None,
    object_id: int | None = None,
) -> Task:
    """Make a task for `user`, or for whoever holds `role` in the case's area.

    Due on `due`, or after the pack's time limit named `limit`, counted from now. `case_id`: in
    place of `case`, with the area, where who gives it does not see the case.
    """
    moment = now()
    task = Task.objects.create(
        case_id=case.pk if case else case_id,
        subject_id=subject_id,
        kind=kind,
        role=role,
        area=area or (case.area if case else None),
        user=user,
        object_id=object_id,
        why=why,
        clause=clause,
        made_at=moment,
        due_date=due or due_date(moment, in_force().limit(limit)),
    )
    record(
        "task_given",
        by=by,
        at=moment,
        case_id=task.case_id,
        row=task,
        task=kind,
        due=task.due_date,
    )
    return task


def finish(task: Task, *, by: Actor, outcome: str) -> None:
    """Mark one task done. `outcome`: a short code."""
    task.done_at, task.outcome = now(), outcome
    task.done_by = person_of(by)
    task.save(update_fields=["done_at", "outcome", "done_by"])
    record("task_done", by=by, at=task.done_at, case_id=task.case_id, row=task)


def finish_those(tasks: "list[Task]", *, by: Actor, outcome: str) -> None:
    for task in tasks:
        finish(task, by=by, outcome=outcome)


OF_THE_STAGE = (
    "gather", "first_risk", "lead_review", "ask_partners", "partner_checks",
    "second_risk", "next_step", "panel",
    "ask_consent", "endorse_exit", "look_at_hold", "end_hold", "accept_case", "review_after_exit",
    "announce_reviews", "decide_extension",
)  # fmt: skip


# what is still to be done for somebody after a case has ended
AFTER_AN_END = (
    "look_at_telling", "keep_promise", "chase_safeguarding", "raise_harm", "panel_action",
    "read_new_concern", "read_change", "chase_signpost",
)  # fmt: skip


def close_all_of(case: Case, *, by: Actor, outcome: str, ends: bool = False) -> None:
    """Close what waited for the stage that a case leaves; requests and actions go on.

    `ends`: the case ends here, and with it nearly all that waits on it.
    """
    waiting = case.tasks.waiting()
    if ends:
        waiting = waiting.exclude(kind__in=AFTER_AN_END)
    else:
        waiting = waiting.filter(kind__in=OF_THE_STAGE)
    finish_those(list(waiting), by=by, outcome=outcome)


def waiting_of(case: Case, kind: str, *, object_id: int | None = None) -> list[Task]:
    found = case.tasks.waiting().filter(kind=kind)
    return list(found.filter(object_id=object_id) if object_id else found)
