"""A brief that is not accepted: who was to give the support cannot, and the chair names another."""

from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs
from waymark.directory.models import Role, User, people_in
from waymark.directory.permission import Refused, act
from waymark.support.consent import consents
from waymark.support.models import Piece, PieceTurn
from waymark.support.ordered import case_of, drop_sessions, waiting
from waymark.support.pieces import (
    gives,
    lock_all,
    locked_piece,
    offer_again,
    show,
    show_no_more,
    turn,
)

State, Why = Piece.State, PieceTurn.Why
CLAUSE = "2.8.6"


def may_decline(user: User, piece: Piece) -> None:
    """Who is to give the support, while its brief waits to be accepted."""
    if not gives(user, piece):
        raise Refused("This support is not yours to give", clause=CLAUSE)
    if piece.state != State.OFFERED:
        raise Refused("This brief does not wait for your answer", clause=CLAUSE)


@act
def decline(piece: Piece, *, by: User, why: str) -> None:
    """Say that one cannot give the support: it does not start, and the chair is told."""
    piece = locked_piece(piece)
    may_decline(by, piece)
    said = needs(why, why="Nothing says why you cannot give this support", clause=CLAUSE)
    turn(piece, State.HELD, why=Why.BRIEF_DECLINED, by=by, words=said)
    drop_sessions(piece, by=by)
    give(
        "brief_declined", by=by, case=case_of(piece), role=Role.CHAIR, limit="support_start",
        object_id=piece.pk, clause=CLAUSE,
        why=f"Nobody gives support {piece.reference}: name somebody, or let the panel decide.",
    )  # fmt: skip


def was_declined(piece: Piece) -> bool:
    """Whether the piece has nobody to give it, and nothing came after."""
    last = piece.turns.last()
    return piece.state == State.HELD and last is not None and last.why == Why.BRIEF_DECLINED


def may_name_worker(user: User, piece: Piece) -> None:
    """The chair, once the brief was declined, while consent to the plan is in force."""
    if not user.roles_in(piece.case.area) & set(CHAIRS):
        raise Refused(
            "This is not yours to do", clause=CLAUSE,
            until="The chair or vice-chair names who gives this support.",
        )  # fmt: skip
    if not was_declined(piece):
        raise Refused("Nobody has said that they cannot give this support", clause=CLAUSE)
    if not consents.is_in_force(piece.case):
        raise Refused(
            f"Consent is {consents.NAMES[consents.state_of(piece.case)]}", clause="2.10.4",
            until="Support is offered only with consent in force.",
        )  # fmt: skip


def workers_for(piece: Piece) -> list[User]:
    """Who can give it: those of its provider who hold the post in the area."""
    found = people_in(Role.PROVIDER, piece.area)
    return [each for each in found if each.organisation_id == piece.provider_id]


@act
def name_worker(piece: Piece, *, by: User, worker: User, version: int | None = None) -> None:
    """Offer a declined piece to another worker of its provider, or to the same one again."""
    case = locked(piece.case, version=version)
    lock_all(case)
    piece = _whole(case, piece)
    may_name_worker(by, piece)
    if worker not in workers_for(piece):
        raise Refused(f"{worker.name} does not give support for {piece.provider}", clause=CLAUSE)
    show_no_more(piece, by=by)
    piece.provider_user = worker
    piece.save(update_fields=["provider_user"])
    finish_those(waiting(piece, "brief_declined"), by=by, outcome="named")
    offer_again(piece, case, why=Why.WORKER_NAMED, by=by)
    show(piece, by=by)


def _whole(case: Case, piece: Piece) -> Piece:
    rows = case.pieces.select_related("case__area", "area", "provider", "lead", "provider_user")
    return rows.get(pk=piece.pk)
