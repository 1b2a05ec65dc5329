"""One way to a provider and back: asked at this browser, answered at it, once (S15)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from waymark.accounts import challenges
from waymark.accounts.sign_on import line
from waymark.accounts.sign_on.discovery import discovered
from waymark.accounts.sign_on.line import Down
from waymark.accounts.sign_on.providers import Provider
from waymark.accounts.sign_on.tokens import Shown, checked

KEPT_AS = "sign_on"
LASTS = 10 * 60  # seconds, as long as a sign-in elsewhere may take
NOT_FAULTS = ("access_denied", "login_required", "interaction_required", "consent_required",
              "account_selection_required")  # fmt: skip


class Purpose(StrEnum):
    """What somebody is sent to their provider for."""

    SIGN_IN = "sign-in"
    INVITATION = "invitation"
    LINK = "link"
    CONFIRM = "confirm"


class Ended(Exception):
    """Not begun at this browser, begun too long ago, or answered already."""


class Stopped(Exception):
    """The person stopped it there, or the provider does not let them in."""


@dataclass(frozen=True)
class Begun:
    """What this browser was sent to a provider for."""

    purpose: Purpose
    where: str  # the address to go on to
    user: int | None  # the key of who was signed in
    at: float  # in seconds since 1970


def begin(
    store: Any, provider: Provider, purpose: Purpose, *, back: str, where: str = "/",
    user: int | None = None,
) -> str:  # fmt: skip
    """The provider's address to lead this browser to, or `Down`.

    `back`: our address that the provider leads it back to. State, nonce and the verifier of PKCE
    stay in the browser's session here; none of them was used before.
    """
    place = line.ask(provider, lambda client: discovered(client, provider))
    made = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    kept = {"provider": provider.code, "purpose": purpose.value, "where": where, "user": user}
    challenges.put(store, KEPT_AS, made | kept, seconds=LASTS)
    asked: dict[str, str] = {"acr_values": " ".join(provider.acr)} if provider.acr else {}
    if purpose is Purpose.CONFIRM:
        asked |= {"prompt": "login", "max_age": "0"}
    address, _ = line.session(provider).create_authorization_url(
        place.authorise, state=made["state"], code_verifier=made["verifier"],
        nonce=made["nonce"], redirect_uri=back, **asked,
    )  # fmt: skip
    return str(address)


def answered(
    store: Any, provider: Provider, said: Mapping[str, str], *, back: str
) -> tuple[Begun, Shown]:
    """What was begun, and who it is. Raises `Ended`, `Stopped` or `Down`.

    `said`: what the provider had this browser bring. It is used up, whatever comes of it.
    """
    kept = challenges.peeked(store, KEPT_AS)
    try:
        if kept is None or kept["provider"] != provider.code or not _is(kept["state"], said):
            raise Ended
        shown = _exchanged(provider, kept, said, back=back)
    finally:  # after the wait, so that this browser's other pages need not wait too
        used = challenges.taken(store, KEPT_AS)
    if used is None or used["state"] != kept["state"]:
        raise Ended
    return Begun(Purpose(kept["purpose"]), kept["where"], kept["user"], _at(kept)), shown


def _exchanged(
    provider: Provider, kept: dict[str, Any], said: Mapping[str, str], *, back: str
) -> Shown:
    """Who the provider says that it is, for the code that it had this browser bring."""
    if "error" in said:
        raise Stopped if said["error"] in NOT_FAULTS else Down("error")
    if said.get("iss", provider.issuer) != provider.issuer:
        raise Down("issuer")

    def exchange(client: Any) -> Shown:
        place = discovered(client, provider)
        client.token_endpoint_auth_method = place.by
        answer = client.fetch_token(
            place.token, grant_type="authorization_code", code=said["code"],
            code_verifier=kept["verifier"], redirect_uri=back,
        )  # fmt: skip
        return checked(client, provider, answer, nonce=kept["nonce"], begun=_at(kept))

    return line.ask(provider, exchange)


def _at(kept: dict[str, Any]) -> float:
    """When it was begun."""
    return float(kept["until"] - LASTS)


def _is(state: str, said: Mapping[str, str]) -> bool:
    return secrets.compare_digest(state.encode(), said.get("state", "").encode())
