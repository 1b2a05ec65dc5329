"""The providers of sign-ins that the settings name, and which addresses of theirs may be called."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

HERE = ("localhost", "127.0.0.1", "::1")
HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")


@dataclass(frozen=True)
class Provider:
    """Where the people of one organisation, or of several, sign in at work."""

    code: str  # short: it stands in addresses, in the audit and in the log
    name: str  # of the organisation, as its people know it
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ()  # beside `openid`
    acr: tuple[str, ...] = ()  # each of these proves two factors
    amr: tuple[frozenset[str], ...] = ()  # the values of each, together, prove them
    passes_through: tuple[str, ...] = ()  # other origins that its sign-in goes by

    @property
    def origins(self) -> tuple[str, ...]:
        """Where a browser may be led to by a form of ours."""
        return (origin_of(self.issuer), *self.passes_through)

    def proves_two(self, acr: object, amr: object) -> bool:
        """Whether what a token says of how its person signed in stands for two factors."""
        said = {one for one in amr if isinstance(one, str)} if isinstance(amr, list) else set()
        return acr in self.acr or any(wanted <= said for wanted in self.amr)


def every() -> tuple[Provider, ...]:
    """Those of the settings, in their order."""
    given: tuple[Provider, ...] = settings.WAYMARK_SIGN_ON
    return given


def named(code: str) -> Provider | None:
    return next((one for one in every() if one.code == code), None)


def origin_of(address: str) -> str:
    """The scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def may_be_called(address: object) -> bool:
    """Whether that is an https address; http is spoken to this machine alone."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
        host, _ = parts.hostname, parts.port  # asking is what checks the port
    except ValueError:
        return False
    if not HOST.fullmatch(host or "") or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in HERE)
