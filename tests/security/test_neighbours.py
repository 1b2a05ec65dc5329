"""Whom the product talks to: its database and the named few, and the tests to nobody."""

import ast
import socket
from pathlib import Path

import pytest

from tests import socket_guard

ROOT = Path(__file__).parents[2]
# What opens connections to others, and where it may: to see that our own site answers, to find
# that a port is free, and to the mail server, the scanner and the database by settings alone.
REACHES_OUT = ("socket", "urllib.request", "http.client", "smtplib", "ftplib", "asyncio", "ssl")
AUTHLIB = "authlib.integrations.requests_client"
MAY = {
    "waymark/project/run.py": {"urllib.request"},
    "waymark/project/premises.py": {"socket"},
    "waymark/project/jobs/mailing.py": {"smtplib"},  # to tell its errors apart
    "waymark/project/jobs/checkpointing.py": {"smtplib"},  # the same
    "waymark/project/embedded/clamd.py": {"socket"},  # to see that a scanner of ours is up
    "waymark/files/scanner.py": {"socket"},  # WAYMARK_CLAMD alone
    # the providers of WAYMARK_SIGN_ON, and where these say that they are
    "waymark/accounts/sign_on/line.py": {
        *("requests", "requests.adapters", "requests.adapters.HTTPAdapter"),
        *("urllib3.exceptions", "urllib3.exceptions.HTTPError"),
        "urllib3.exceptions.ReadTimeoutError",
        *(AUTHLIB, f"{AUTHLIB}.OAuth2Session"),
    },
}


@pytest.mark.requirement("S9")
@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_the_suite_cannot_reach_another_machine(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(socket_guard.ReachedOut):
        one.connect((host, 443))
    with pytest.raises(socket_guard.ReachedOut):
        socket.getaddrinfo("elsewhere.example", 443)
    assert len(socket_guard.tried) >= 2
    socket_guard.tried.clear()


@pytest.mark.requirement("S9")
def test_this_machine_and_sockets_in_folders_are_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=2).close()
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("here")
        server.listen()
        client.connect("here")
    assert socket_guard.is_here("::1") and not socket_guard.is_here("203.0.113.9")


@pytest.mark.requirement("S9", "S74")
def test_the_product_opens_no_connections_but_these() -> None:
    found: dict[str, set[str]] = {}
    for path in (ROOT / "waymark").rglob("*.py"):
        for name in imported(path):
            outward = name.split(".")[0] in ("requests", "httpx", "aiohttp", "urllib3")
            if name in REACHES_OUT or outward or name.startswith("authlib.integrations"):
                found.setdefault(str(path.relative_to(ROOT)), set()).add(name)
    assert found == MAY


def imported(path: Path) -> set[str]:
    """The modules that a file of Python imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return names
