"""A piece of support: offered with consent, started when its brief is accepted, held at once.

Its lead and its provider see it and not the case: what they do reads no table but these.
"""

from waymark.audit.events import record
from waymark.cases.models import Case, Grant
from waymark.cases.tasks import finish_those, give
from waymark.cases.writers import posts_that_write
from waymark.database.actor import Actor
from waymark.database.clock import now, today
from waymark.database.record import Part
from waymark.directory.models import Role, User, person_of
from waymark.directory.permission import Refused, act
from waymark.support.models import Piece, PieceTurn, Plan
from waymark.support.ordered import drop_sessions, order_sessions, waiting
from waymark.support.providers import may_provide

State, Why = Piece.State, PieceTurn.Why
OF_A_PIECE = ("accept_brief", "brief_declined", "log_session", "stop_support", "asked_to_stop")
GRANTED_FOR = "A piece of support that they lead or give"
GOES_ON = "You are told here when it goes on. Then accept its brief again."
LEADS_THE_CASE = "Named lead of this case while it is supported"


def locked_piece(piece: Piece) -> Piece:
    """The piece as it is now, locked: a session and a withdrawal take turns."""
    return Piece.objects.select_for_update(of=("self",)).select_related(
        "area", "provider", "lead"
    ).get(pk=piece.pk)  # fmt: skip


def lock_all(case: Case) -> None:
    """Lock a locked case's pieces before the first event is written: sessions lock them so too."""
    _each(case)


def turn(
    piece: Piece, to: Piece.State, *, why: PieceTurn.Why, by: Actor, words: str = ""
) -> None:  # fmt: skip
    """Take a locked piece to its next state, and keep the turn."""
    made = PieceTurn.objects.create(
        case_id=piece.case_id, piece=piece, to=to, why=why, words=words, by=person_of(by), at=now()
    )
    record("piece_turned", by=by, at=made.at, case_id=piece.case_id, row=made, to=to, why=why)
    piece.state = to
    piece.save(update_fields=["state"])
    record("piece_changed", by=by, at=made.at, case_id=piece.case_id, row=piece)


def is_mine(user: User, piece: Piece) -> bool:
    """Whether `user` leads this piece or gives the support."""
    if user.pk in (piece.lead_id, piece.provider_user_id):
        return True
    return piece.provider_user_id is None and user.organisation_id == piece.provider_id


def gives(user: User, piece: Piece) -> bool:
    """Whether `user` gives the support; the lead does, where no worker is named."""
    return user.pk == piece.provider_user_id or (
        piece.provider_user_id is None and is_mine(user, piece)
    )


def may_start(user: User, piece: Piece) -> None:
    """Who gives the support, once it is offered: consent is in force, checks are in date."""
    if not gives(user, piece):
        raise Refused("This support is not yours to give", clause="2.8.6")
    if piece.state == State.RUNNING:
        raise Refused("This support has started already", clause="2.8.6")
    if piece.state == State.ENDED:
        raise Refused("This support has ended", clause="2.8.6")
    if piece.state != State.OFFERED:
        raise Refused(
            "This support is held, or not offered to you yet", clause="2.10.4", until=GOES_ON
        )
    may_provide(piece.provider, piece.area)


@act
def accept_brief(piece: Piece, *, by: User) -> None:
    """Accept the written brief: the support starts (R19)."""
    piece = locked_piece(piece)
    may_start(by, piece)
    turn(piece, State.RUNNING, why=Why.BRIEF_ACCEPTED, by=by)
    finish_those(waiting(piece, "accept_brief"), by=by, outcome="accepted")
    order_sessions(piece, by=by)


def offer_all(plan: Plan, *, by: User) -> None:
    """Consent is given: every piece is offered to its lead and its provider, with its tasks."""
    _show_case_lead(plan, by=by)
    for piece in _each(plan.case, plan=plan):
        may_provide(piece.provider, piece.area)
        turn(piece, State.OFFERED, why=Why.CONSENT_GIVEN, by=by)
        show(piece, by=by)
        give(
            "accept_brief", by=by, case=plan.case, user=piece.provider_user or piece.lead,
            role=Role.PROVIDER, limit="support_start", object_id=piece.pk, clause="2.8.6",
            why="Read the brief and accept it: the support starts then.",
        )  # fmt: skip


def hold_all(case: Case, *, why: PieceTurn.Why, by: Actor) -> list[Piece]:
    """Hold every piece that is offered or runs, in this transaction; who gives it is told."""
    stopped = [each for each in _each(case) if each.state in (State.OFFERED, State.RUNNING)]
    for piece in stopped:
        turn(piece, State.HELD, why=why, by=by)
        drop_sessions(piece, by=by)
        for user in people(piece):
            give(
                "stop_support", by=by, case=case, user=user, role=Role.PROVIDER, due=today(),
                object_id=piece.pk, clause="1.1.4", why="This support is stopped: do not go on.",
            )  # fmt: skip
    return stopped


def go_on(case: Case, *, held_for: PieceTurn.Why, why: PieceTurn.Why, by: User) -> None:
    """What was held for that reason, and for none since, is offered again."""
    for piece in _each(case):
        last = piece.turns.last()
        if piece.state == State.HELD and last and last.why == held_for:
            offer_again(piece, case, why=why, by=by)


def offer_again(piece: Piece, case: Case, *, why: PieceTurn.Why, by: Actor) -> None:
    """A locked piece that was held goes on, once its brief is accepted again."""
    turn(piece, State.OFFERED, why=why, by=by)
    finish_those(waiting(piece, "stop_support"), by=by, outcome="goes_on")
    give(
        "accept_brief", by=by, case=case, user=piece.provider_user or piece.lead,
        role=Role.PROVIDER, limit="support_start", object_id=piece.pk, clause="2.8.6",
        why="This support goes on: accept its brief again.",
    )  # fmt: skip


def end_all(
    case: Case, *, why: PieceTurn.Why, by: User, but: Plan | None = None
) -> list[Piece]:  # fmt: skip
    """End every piece (but those of the plan `but`), and with each the sight that it gave.

    Returns those that somebody had been offered: they are told, once the case has moved.
    """
    ending = [each for each in _each(case) if but is None or each.plan_id != but.pk]
    offered = [each for each in ending if each.state != State.PLANNED]
    for piece in ending:
        turn(piece, State.ENDED, why=why, by=by)
        for kind in OF_A_PIECE:
            finish_those(waiting(piece, kind), by=by, outcome="ended")
        _end_grants(case, by=by, object_id=piece.pk)
    _end_grants(case, by=by, why=LEADS_THE_CASE)
    return offered


def _each(case: Case, *, plan: Plan | None = None) -> list[Piece]:
    found = case.pieces.alive().select_for_update(of=("self",)).select_related(
        "area", "provider", "lead", "provider_user"
    )  # fmt: skip
    return list((found.filter(plan=plan) if plan else found).order_by("id"))


def people(piece: Piece) -> list[User]:
    """Who leads it, and who gives it where somebody is named."""
    return [piece.lead] + ([piece.provider_user] if piece.provider_user else [])


def show(piece: Piece, *, by: User) -> None:
    """Lead and provider see this piece and nothing else of the case."""
    moment = now()
    named = {user for user in people(piece) if user != by}
    whom: list[dict[str, object]] = [{"user": user} for user in named]
    if piece.provider_user is None:
        whom.append({"organisation": piece.provider, "role": Role.PROVIDER})
    for each in whom:
        grant = Grant.objects.create(
            case_id=piece.case_id, part=Part.PLAN, object_id=piece.pk, why=GRANTED_FOR,
            given_by=by, from_at=moment, **each,
        )  # fmt: skip
        record("grant_made", by=by, at=moment, case_id=piece.case_id, row=grant)


def show_no_more(piece: Piece, *, by: User) -> None:
    """Whoever led or was to give this piece sees it no more, until somebody is shown it anew."""
    _end_grants(piece.case, by=by, object_id=piece.pk, why=GRANTED_FOR)


def _show_case_lead(plan: Plan, *, by: User) -> None:
    """The named lead of a supported case sees it and its plan, where no post shows them more."""
    lead = plan.case_lead
    if lead == by or lead.roles_in(plan.case.area) & posts_that_write(plan.case):
        return
    for part in (Part.CASE, Part.NAME, Part.PLAN):
        grant = Grant.objects.create(
            case=plan.case, part=part, user=lead, why=LEADS_THE_CASE, given_by=by, from_at=now()
        )
        record("grant_made", by=by, at=grant.from_at, case_id=plan.case_id, row=grant)


def _end_grants(case: Case, *, by: User, **of: object) -> None:
    for grant in Grant.objects.filter(case=case, until_at=None, **of):
        grant.until_at = now()
        grant.save(update_fields=["until_at"])
        record("grant_ended", by=by, at=grant.until_at, case_id=case.pk, row=grant)
