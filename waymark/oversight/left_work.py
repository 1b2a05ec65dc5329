"""What somebody leaves goes on in one act with somebody who stays (R40).

Beyond cases and tasks: a screening that they took, an action that a panel gave them, a piece of
support that they lead or give, their name on a restricted case.
"""

from django.db.models import QuerySet

from waymark.audit.events import record
from waymark.cases.access import left_behind
from waymark.cases.access.left_behind import (
    FOLLOW_LEAVERS,
    KIND,
    ask,
    post_to_pass_on_to,
    receiver_of,
)
from waymark.cases.holders import hand_to, holder_of
from waymark.cases.models import Case, Task
from waymark.cases.stages import locked
from waymark.cases.tasks import finish
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.database.guard import become
from waymark.directory.models import Role, User
from waymark.directory.permission import act
from waymark.oversight import left_names
from waymark.panels.models import Action
from waymark.referrals.left import hand_screenings_on
from waymark.support.left import no_worker_any_more
from waymark.support.models import Piece

OF_AN_ACTION = (
    "A colleague has left. What the panel gave them to do is yours: keep it or pass it on."
)
OF_A_PIECE = "A colleague has left. You lead support {}: keep it or pass it on."


def hand_all_on(user: User, *, to: User | None, by: Actor) -> None:
    """Hand on all that hangs on `user`: to `to`, their deputy or a case's supervisor, wherever
    they see the case by their post; else to the police lead. What nobody can take stays.

    Where a person does it, they are named on restricted cases no more: a duty lets them sleep.
    """
    become(FOLLOW_LEAVERS)
    _lock_all(user)
    if isinstance(by, User):
        left_names.see_that_a_lead_is_named(user, by=by)
    hand_screenings_on(user, to=to, by=by)
    for action in actions_of(user).select_related("case__area"):
        if found := receiver_of(action.case, user, to=to):
            _owned_by(action, found[1], by=by)
            ask(action.case, found[1], found[0], by=by, object_id=action.pk, why=OF_AN_ACTION)
    for piece in pieces_of(user).select_related("case__area", "area", "provider_user"):
        if found := receiver_of(piece.case, user, to=to):
            _led_by(piece, found[1], by=by)
            ask(piece.case, found[1], found[0], by=by, object_id=piece.pk,
                why=OF_A_PIECE.format(piece.reference))  # fmt: skip
    for piece in Piece.objects.alive().filter(provider_user=user).select_related("area"):
        no_worker_any_more(piece, by=by)
    left_behind.hand_cases_on(user, to=to, by=by)
    if isinstance(by, User):
        left_names.end_names_of(user, by=by)
    become(by)


def _lock_all(user: User) -> None:
    """All cases before the first event is written, in one order."""
    keys = left_behind.cases_of(user) | left_names.cases_of(user)
    for rows in (
        actions_of(user),
        pieces_of(user),
        Piece.objects.alive().filter(provider_user=user),
    ):
        keys |= set(rows.values_list("case_id", flat=True))
    for key in sorted(keys):
        locked(Case(pk=key))


def actions_of(user: User) -> "QuerySet[Action]":
    return Action.objects.filter(owner=user, done_at=None).order_by("pk")


def pieces_of(user: User) -> "QuerySet[Piece]":
    return Piece.objects.alive().filter(lead=user).order_by("pk")


def is_left_with(user: User, *, by: User) -> bool:
    """Whether anything still hangs on `user`."""
    become(FOLLOW_LEAVERS)
    left = (
        left_behind.has_work(user)
        or actions_of(user).exists()
        or pieces_of(user).exists()
        or bool(left_names.cases_of(user))
    )
    become(by)
    return left


def _owned_by(action: Action, to: User, *, by: Actor) -> None:
    before, action.owner = action.owner_id, to
    action.save(update_fields=["owner"])
    record("action_passed_on", by=by, at=now(), case_id=action.case_id, row=action, before=before)
    _tasks_to(to, action.pk, before, by=by)


def _led_by(piece: Piece, to: User, *, by: Actor) -> None:
    before, piece.lead = piece.lead_id, to
    piece.lead_organisation = to.organisation
    piece.save(update_fields=["lead", "lead_organisation"])
    record("piece_passed_on", by=by, at=now(), case_id=piece.case_id, row=piece, before=before)
    _tasks_to(to, piece.pk, before, by=by)


def _tasks_to(to: User, object_id: int, before: int, *, by: Actor) -> None:
    """What waits for the one before by name, about this thing, waits for `to`. Its date stays."""
    waiting = Task.objects.waiting().filter(object_id=object_id, user=before).exclude(kind=KIND)
    for task in waiting.order_by("pk"):
        task.user = to
        task.save(update_fields=["user"])
        record("task_taken", by=by, at=now(), case_id=task.case_id, row=task)


@act
def pass_on(case: Case, *, by: User, to: User) -> None:
    """Pass on what was left to oneself on a case; `to` is asked the same by the same day."""
    case = locked(case)
    role = post_to_pass_on_to(case, to, by=by)
    asked = left_behind.asked_of(by, case)
    for task in asked:
        finish(task, by=by, outcome="passed_on")
    become(FOLLOW_LEAVERS)
    for task in asked:
        _pass_one_on(task, case, to, role, by=by)
    become(by)


def _pass_one_on(task: Task, case: Case, to: User, role: Role, *, by: User) -> None:
    of_it = {"pk": task.object_id, "case": case}
    if action := Action.objects.filter(owner=by, done_at=None, **of_it).first():
        _owned_by(action, to, by=by)
    elif piece := Piece.objects.alive().filter(lead=by, **of_it).first():
        _led_by(piece, to, by=by)
    elif task.object_id is None and holder_of(case).user_id == by.pk:
        hand_to(case, to, role=role, by=by)
    else:
        return  # done meanwhile
    ask(case, to, role, by=by, before=task, object_id=task.object_id, why=task.why)
