"""What the panel gave somebody to do, by a day (2.8.19). Whoever owns it sees it, not the case."""

from collections.abc import Sequence

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.models import Action, Decision
from waymark.panels.proposals import ActionSaid

CLAUSE = "2.8.19"


def give_out(decision: Decision, actions: Sequence[ActionSaid], *, by: User) -> None:
    """Part of a decision: each action is a row, and a task of its owner."""
    for said in actions:
        action = Action.objects.create(
            case=decision.case, decision=decision, words=said.words.strip(), owner=said.owner,
            due_date=said.due_date,
        )  # fmt: skip
        record("action_given", by=by, at=now(), case_id=decision.case_id, row=action)
        give(
            "panel_action", by=by, case=decision.case, user=said.owner, role=Role.PANEL_MEMBER,
            due=said.due_date, object_id=action.pk, clause=CLAUSE, why=given_at(decision),
        )  # fmt: skip


def given_at(decision: Decision) -> str:
    """Which panel gave it: whoever owns the action reads no more of the meeting or the case."""
    meeting = decision.meeting
    day = meeting.on_date
    return f"The panel of {day.day} {day:%B %Y} (meeting {meeting.reference}) gave you this to do."


def may_finish(user: User, action: Action) -> None:
    if action.owner_id != user.pk:
        raise Refused("This action is somebody else’s", clause=CLAUSE)
    if action.done_at is not None:
        raise Refused("This action is done already", clause=CLAUSE)


@act
def finish_action(action: Action, *, by: User, words: str) -> None:
    """Say that an action is done, and what came of it."""
    action = Action.objects.select_for_update().get(pk=action.pk)
    may_finish(by, action)
    action.done_words = needs(words, why="Nothing says what was done", clause=CLAUSE)
    action.done_at = now()
    action.save(update_fields=["done_at", "done_words"])
    record("action_done", by=by, at=action.done_at, case_id=action.case_id, row=action)
    waiting = Task.objects.waiting().filter(kind="panel_action", object_id=action.pk)
    finish_those(list(waiting), by=by, outcome="done")
