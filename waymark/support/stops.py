"""Support that stops: said by who gives it, answered by the chair, seen by somebody (1.1.4)."""

from datetime import date

from waymark.cases.models import Case, Task
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs
from waymark.cases.written import entries
from waymark.database.clock import today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.support.consent import consents
from waymark.support.models import Piece, PieceTurn
from waymark.support.ordered import case_of, drop_sessions, waiting
from waymark.support.pieces import is_mine, lock_all, locked_piece, offer_again, turn

State, Why = Piece.State, PieceTurn.Why
CLAUSE = "1.1.4"


def may_stop_as_asked(user: User, piece: Piece) -> None:
    if not is_mine(user, piece):
        raise Refused("This support is not yours to stop", clause=CLAUSE)
    if piece.state not in (State.OFFERED, State.RUNNING):
        raise Refused("This support does not run now", clause=CLAUSE)


@act
def stop_as_asked(piece: Piece, *, by: User) -> None:
    """The person asked whoever gives the support to stop: it stops now, and the chair is told."""
    piece = locked_piece(piece)
    may_stop_as_asked(by, piece)
    give(  # what hangs on no case is written down first: so no two wait for each other
        "asked_to_stop", by=by, area=piece.area, role=Role.CHAIR, due=today(),
        object_id=piece.pk, clause=CLAUSE,
        why="A person asked to stop support. Ask what they want, and record their answer.",
    )  # fmt: skip
    turn(piece, State.HELD, why=Why.ASKED_TO_STOP, by=by)
    drop_sessions(piece, by=by)
    for user in {piece.lead, piece.provider_user or piece.lead} - {by}:
        give(
            "stop_support", by=by, case=case_of(piece), user=user, role=Role.PROVIDER,
            due=today(), object_id=piece.pk, clause=CLAUSE,
            why="The person asked to stop. This support is stopped: do not go on.",
        )  # fmt: skip


def told_to_stop(user: User, piece: Piece) -> list[Task]:
    """What still waits for `user` to say that they have stopped."""
    return list(Task.objects.waiting().of(user).filter(kind="stop_support", object_id=piece.pk))


def may_say_stopped(user: User, piece: Piece) -> None:
    if not told_to_stop(user, piece):
        raise Refused("You have not been told to stop this support", clause=CLAUSE)


@act
def say_stopped(piece: Piece, *, by: User) -> None:
    """Who leads or gives the support has read that it is stopped, and does not go on."""
    piece = locked_piece(piece)
    may_say_stopped(by, piece)
    drop_sessions(piece, by=by)  # one's own: who stopped it may not have seen them
    finish_those(told_to_stop(by, piece), by=by, outcome="stopped")


def has_asked_to_stop(piece: Piece) -> bool:
    """Whether the piece is held because the person asked for it, and nothing came after."""
    last = piece.turns.last()
    return piece.state == State.HELD and last is not None and last.why == Why.ASKED_TO_STOP


def may_go_on(user: User, piece: Piece) -> None:
    """The chair, once the person has been asked what they want; consent must still be in force."""
    _is_chair(user, piece.case)
    if not has_asked_to_stop(piece):
        raise Refused("The person has not asked to stop this support", clause=CLAUSE)
    if not consents.is_in_force(piece.case):
        raise Refused(
            f"Consent is {consents.NAMES[consents.state_of(piece.case)]}", clause="2.10.4",
            until="Support goes on only with consent in force.",
        )  # fmt: skip


@act
def go_on_as_asked(
    piece: Piece, *, by: User, words: str, told_by: str, happened_date: date,
    version: int | None = None,
) -> None:  # fmt: skip
    """The person wants the support to go on after all: in their words, and who heard them."""
    case = locked(piece.case, version=version)
    lock_all(case)
    piece = case.pieces.select_related("case__area", "provider", "lead").get(pk=piece.pk)
    may_go_on(by, piece)
    said = needs(words, why="Nothing says what the person wants", clause=CLAUSE)
    _write_down(case, by=by, words=said, told_by=told_by, on=happened_date)
    finish_those(waiting(piece, "asked_to_stop"), by=by, outcome="goes_on")
    offer_again(piece, case, why=Why.WANTS_TO_GO_ON, by=by)


def to_see_to(case: Case) -> list[Task]:
    """What waits for the chair because support of this case was stopped."""
    asked = Task.objects.waiting().filter(
        kind="asked_to_stop", object_id__in=case.pieces.values("pk")
    )
    return [*waiting_of(case, "consent_withdrawn"), *asked]


def not_yet_stopped(case: Case) -> list[Task]:
    """Who was told to stop and has not yet said that they have."""
    return list(case.tasks.waiting().filter(kind="stop_support").select_related("user"))


def may_confirm(user: User, case: Case) -> None:
    """The chair, once no consent is in force; before that the person is asked what they want."""
    _is_chair(user, case)
    if not to_see_to(case):
        raise Refused("No support of this case was stopped since you last saw to it", clause=CLAUSE)
    if consents.is_in_force(case):
        raise Refused(
            "Consent is still in force, and the person asked to stop", clause=CLAUSE,
            until="Ask what they want: record that consent is withdrawn, or that support goes on.",
        )  # fmt: skip


@act
def confirm(
    case: Case, *, by: User, words: str, told_by: str, happened_date: date,
    version: int | None = None,
) -> None:  # fmt: skip
    """All support has stopped: how the chair knows, and whoever has not said so is named."""
    case = locked(case, version=version)
    may_confirm(by, case)
    late = sorted({task.user.name for task in not_yet_stopped(case) if task.user})
    silent = f"\n\nNot yet said by: {', '.join(late)}." if late else ""
    said = needs(words, why="Nothing says how you know that support has stopped", clause=CLAUSE)
    _write_down(case, by=by, words=said + silent, told_by=told_by, on=happened_date)
    finish_those(to_see_to(case), by=by, outcome="seen_to")


def _write_down(case: Case, *, by: User, words: str, told_by: str, on: date) -> None:
    kind = entries.Kind.INFORMATION
    entries.write(case, by=by, kind=kind, happened_date=on, told_by=told_by, words=words)


def _is_chair(user: User, case: Case) -> None:
    if not user.roles_in(case.area) & set(CHAIRS):
        raise Refused(
            "This is not yours to do", clause=CLAUSE,
            until="The chair or vice-chair asks what the person wants, and sees that it happens.",
        )  # fmt: skip
