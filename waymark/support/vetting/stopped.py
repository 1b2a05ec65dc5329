"""The support of a provider that may not be used stops at once, and goes on when it may again."""

from collections.abc import Sequence

from waymark.cases.models import Stage
from waymark.cases.ways import CHAIRS
from waymark.database.actor import Actor
from waymark.directory.models import Area, Organisation, User
from waymark.directory.notices import notify
from waymark.directory.permission import permits
from waymark.support.consent import consents
from waymark.support.models import Piece, PieceQuerySet, PieceTurn
from waymark.support.pieces import hold, offer_again, why_not_usable
from waymark.support.providers import may_provide

State, Why = Piece.State, PieceTurn.Why
FOR_ITS_PROVIDER = (Why.NOT_CHECKED, Why.SUSPENDED)


def of(organisation: Organisation, area: Area) -> PieceQuerySet:
    """What who asks sees of a provider's pieces that were offered and have not ended."""
    found = Piece.objects.alive().filter(provider=organisation, area=area)
    joined = found.select_related("area", "provider", "lead", "provider_user")
    return joined.exclude(state=State.PLANNED).order_by("id")


def locked_pieces(organisation: Organisation, area: Area) -> list[Piece]:
    """The same, locked. Before the first event is written: who gives the support locks them so."""
    return list(of(organisation, area).select_for_update(of=("self",)))


def follow(pieces: Sequence[Piece], *, by: Actor) -> list[Piece]:
    """Hold what is offered or runs where its provider may not be used, and let go on what was
    held for that where it may again. Returns those that changed."""
    held, gone_on = [], []
    for piece in sorted(pieces, key=lambda one: (one.case_id, one.pk)):
        usable = permits(may_provide, piece.provider, piece.area)
        if not usable and piece.state in (State.OFFERED, State.RUNNING):
            stop(piece, by=by)
            held.append(piece)
        elif usable and isinstance(by, User) and _may_go_on(piece, by):
            offer_again(piece, piece.case, why=Why.MAY_GIVE, by=by)
            gone_on.append(piece)
    return held + gone_on


def stop(piece: Piece, *, by: Actor) -> None:
    """Hold a locked piece whose provider may not be used, and tell who leads or gives it."""
    hold(piece, why=why_not_usable(piece), by=by)
    for user in {piece.lead, piece.provider_user or piece.lead}:
        notify(user, "stop_support", by=by, path=f"/support/{piece.pk}")


def is_held_for_its_provider(piece: Piece) -> bool:
    last = piece.turns.last()
    return piece.state == State.HELD and last is not None and last.why in FOR_ITS_PROVIDER


def _may_go_on(piece: Piece, by: User) -> bool:
    """A chair lets it go on, with consent in force, where the case is supported."""
    return (
        bool(by.roles_in(piece.area) & set(CHAIRS))
        and is_held_for_its_provider(piece)
        and piece.case.stage == Stage.SUPPORTED
        and consents.is_in_force(piece.case)
    )
