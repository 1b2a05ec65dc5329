"""What an ID token must say before it counts: joserfc checks the seal, Authlib the claims.

`Down` where anything is not as it must be: a token that is wrong is a provider that does not work.
"""

import time
import warnings
from dataclasses import dataclass, field
from typing import Any

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError, SecurityWarning
from joserfc.jws import JWSRegistry

from waymark.accounts.sign_on import discovery
from waymark.accounts.sign_on.line import Down
from waymark.accounts.sign_on.providers import Provider

# Signed by a key that only the issuer has: none that is shared, and never none.
ACCEPTED = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
warnings.filterwarnings("ignore", "EdDSA is deprecated", SecurityWarning)  # many still say so
LEEWAY = 60  # seconds that two clocks may differ
LONGEST_SUBJECT = 255  # as the standard says


@dataclass(frozen=True)
class Shown:
    """Who a provider says that somebody is: the subject of an issuer, and nothing else."""

    provider: Provider
    subject: str = field(repr=False)
    proves_two: bool
    signed_in_at: float | None  # in seconds since 1970, where the provider says it


def checked(
    client: Any, provider: Provider, answer: Any, *, nonce: str, begun: float
) -> Shown:  # fmt: skip
    """Who the answer of a token endpoint says that it is. `begun`: when we asked."""
    token = _opened(client, provider, answer["id_token"])
    claims = CodeIDToken(
        token.claims, token.header, options=_wanted(provider, nonce),
        params={
            "client_id": provider.client_id, "nonce": nonce,
            "access_token": answer.get("access_token"),
        },
    )  # fmt: skip
    try:
        claims.validate(now=int(time.time()), leeway=LEEWAY)
    except ClaimError as wrong:
        raise Down(f"token-{wrong.claim}" if wrong.claim in NAMED else "token") from None
    if claims["iat"] < begun - LEEWAY:
        raise Down("token-iat")
    subject = claims["sub"]
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Down("token-sub")
    two = provider.proves_two(claims.get("acr"), claims.get("amr"))
    return Shown(provider, subject, two, claims.get("auth_time"))


NAMED = ("iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "at_hash", "auth_time")


def _wanted(provider: Provider, nonce: str) -> dict[str, Any]:
    exactly = {"iss": provider.issuer, "aud": provider.client_id, "nonce": nonce}
    wanted: dict[str, Any] = {
        name: {"essential": True, "value": value} for name, value in exactly.items()
    }
    return wanted | {name: {"essential": True} for name in ("sub", "exp", "iat")}


def _opened(client: Any, provider: Provider, text: str) -> jwt.Token:
    """Its claims, once its seal was checked; for a key not known yet, keys are asked for once."""
    registry = JWSRegistry(algorithms=ACCEPTED, strict_check_header=False)
    try:
        known = discovery.keys(client, provider)
        try:
            return jwt.decode(text, known, registry=registry)
        except InvalidKeyIdError:
            newest = discovery.keys(client, provider, anew=True)
            return jwt.decode(text, newest, registry=registry)
    except JoseError:
        raise Down("token-seal") from None
