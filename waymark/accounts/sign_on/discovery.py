"""What a provider says of itself, and its public keys: asked for, checked, kept for ten minutes."""

import time
from dataclasses import dataclass
from typing import Any

from joserfc.jwk import KeySet

from waymark.accounts.sign_on.line import Down
from waymark.accounts.sign_on.providers import Provider, may_be_called, origin_of

WHERE = "/.well-known/openid-configuration"
KEPT = 10 * 60  # seconds
BASIC, POST = "client_secret_basic", "client_secret_post"


@dataclass(frozen=True)
class Discovered:
    """Where a provider is spoken to. `by`: how we show it who we are."""

    authorise: str
    token: str
    keys: str
    by: str


_kept: dict[tuple[str, str], tuple[float, Any]] = {}


def discovered(client: Any, provider: Provider) -> Discovered:
    """Its own word on where it is; raises `Down` where that is not of this very issuer."""
    if known := _still("places", provider):
        found: Discovered = known
        return found
    said = _json(client, provider.issuer.removesuffix("/") + WHERE)
    if said.get("issuer") != provider.issuer:
        raise Down("issuer")
    places = [said.get(f"{name}_endpoint") for name in ("authorization", "token")]
    places.append(said.get("jwks_uri"))
    if not all(may_be_called(one) for one in places):
        raise Down("address")
    if origin_of(str(places[0])) not in provider.origins:
        raise Down("origin")
    takes = said.get("token_endpoint_auth_methods_supported") or [BASIC]
    by = BASIC if BASIC in takes or POST not in takes else POST
    made = Discovered(str(places[0]), str(places[1]), str(places[2]), by)
    _keep("places", provider, made)
    return made


def keys(client: Any, provider: Provider, *, anew: bool = False) -> KeySet:
    """The keys that it signs with. `anew`: a token names one that is not among those kept."""
    if not anew and (known := _still("keys", provider)):
        found: KeySet = known
        return found
    said = _json(client, discovered(client, provider).keys)
    made = KeySet.import_key_set({"keys": list(said["keys"])})
    _keep("keys", provider, made)
    return made


def forget() -> None:
    """Ask for everything again: for tests, and for a check of how things stand."""
    _kept.clear()


def _json(client: Any, address: str) -> dict[str, Any]:
    said = client.get(address, withhold_token=True).json()
    if not isinstance(said, dict):
        raise Down("answer")
    return said


def _still(what: str, provider: Provider) -> Any:
    at, found = _kept.get((what, provider.issuer), (0.0, None))
    return found if found is not None and time.monotonic() - at < KEPT else None


def _keep(what: str, provider: Provider, found: Any) -> None:
    _kept[what, provider.issuer] = (time.monotonic(), found)
