"""Nothing in the tests reaches beyond this machine: who tries fails, and the test with it (S9)."""

import ipaddress
import sys
from collections.abc import Iterator
from typing import Any

import pytest

EVENTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")
tried: list[str] = []


class ReachedOut(Exception):
    """A test, or what it tests, tried to reach another machine."""


def is_here(host: object) -> bool:
    """Whether a host is this machine, or no host at all (a socket in the file system)."""
    if host in (None, "", b"", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def host_of(event: str, given: tuple[Any, ...]) -> object:
    """Whom an audited call of the socket module is about."""
    if event == "socket.getaddrinfo":
        return given[0]
    address = given[1]
    return address[0] if isinstance(address, tuple) else None


def watch(event: str, given: tuple[Any, ...]) -> None:
    """Python's own hook: it sees every socket of this process, whoever opens it."""
    if event in EVENTS and not is_here(host_of(event, given)):
        tried.append(f"{event} {host_of(event, given)}")
        raise ReachedOut(tried[-1])


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def stays_on_this_machine() -> Iterator[None]:
    """Fail a test that tried, even where what it tests has swallowed the refusal."""
    before = len(tried)
    yield
    assert tried[before:] == []
