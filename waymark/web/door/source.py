"""Where a request comes from, for counting failures to sign in: never written down as it is."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def of(request: HttpRequest) -> str:
    """The network address of whoever asks. What a listed proxy says of it is believed.

    Of an IPv6 address the first half, since one household has all of the rest.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return _network(said if said and _is_proxy(peer) else peer)


def _is_proxy(peer: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return any(address in ip_network(one, strict=False) for one in settings.CONFIGURATION.proxies)


def _network(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(known, IPv6Address):
        return str(ip_network((known, 64), strict=False))
    return str(known)
