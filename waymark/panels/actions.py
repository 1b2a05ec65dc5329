"""What the panel gave somebody to do, by a day (2.8.19). Whoever owns it sees it, not the case."""

from collections.abc import Sequence

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.models import Action, ActionHeard, AgendaItem, Decision
from waymark.panels.proposals import ActionSaid, HeardSaid

CLAUSE = "2.8.19"
State = ActionHeard.State


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
    finish_those(_tasks(action), by=by, outcome="done")


def still_open(item: AgendaItem) -> list[Action]:
    """What earlier meetings gave on this case and is not done: it comes first (2.8.19)."""
    earlier = item.case.actions.filter(done_at=None).exclude(decision__meeting=item.meeting_id)
    return list(earlier.select_related("owner", "decision__meeting"))


def check_heard(item: AgendaItem, said: Sequence[HeardSaid]) -> None:
    """Raises Refused where an earlier action is passed over, or is not done without a reason."""
    told = {one.action_id: one for one in said}
    for action in still_open(item):
        one = told.pop(action.pk, None)
        if one is None or one.state not in State.values:
            raise Refused(
                f"Nothing says what became of an earlier action of {action.owner}", clause=CLAUSE,
                until="Say whether it is done, or is not and why.",
            )  # fmt: skip
        _check_one(action, one)
    if told:
        raise Refused("An action was done meanwhile, or is of another case", clause=CLAUSE)


def _check_one(action: Action, said: HeardSaid) -> None:
    if said.state == State.NOT_DUE:
        if action.due_date < today():
            raise Refused("An action that was due before today is done or is not", clause=CLAUSE)
        return
    needs(said.words, why="Nothing says what came of an earlier action, or why it is not done",
          clause=CLAUSE)  # fmt: skip
    if said.state == State.NOT_DONE:
        needs_day_to_come(said.again_date, what="the new date of an action", clause=CLAUSE)


def hear(item: AgendaItem, said: Sequence[HeardSaid], *, by: User) -> None:
    """Part of a decision: what became of each earlier action; what is not done has a new day."""
    waiting = {action.pk: action for action in still_open(item)}
    for one in said:
        action = waiting[one.action_id]
        again = one.again_date if one.state == State.NOT_DONE else None
        kept = ActionHeard.objects.create(
            case=item.case, action=action, item=item, state=one.state, words=one.words.strip(),
            again_date=again, by=by, at=now(),
        )  # fmt: skip
        record("action_heard", by=by, at=kept.at, case_id=item.case_id, row=kept, state=one.state)
        if one.state == State.DONE:
            _done(action, kept, by=by)
        elif again:
            _again(action, kept, by=by)


def _done(action: Action, heard: ActionHeard, *, by: User) -> None:
    action.done_at, action.done_words = heard.at, heard.words
    action.save(update_fields=["done_at", "done_words"])
    record("action_done", by=by, at=heard.at, case_id=action.case_id, row=action)
    finish_those(_tasks(action), by=by, outcome="done")


def _again(action: Action, heard: ActionHeard, *, by: User) -> None:
    finish_those(_tasks(action), by=by, outcome="not_done")
    give(
        "panel_action", by=by, case=heard.case, user=action.owner, role=Role.PANEL_MEMBER,
        due=heard.again_date, object_id=action.pk, clause=CLAUSE, why=given_at(action.decision),
    )  # fmt: skip


def _tasks(action: Action) -> list[Task]:
    waiting = Task.objects.waiting().filter(kind="panel_action", object_id=action.pk)
    return list(waiting)
