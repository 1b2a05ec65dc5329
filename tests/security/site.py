"""The product as it really runs: gunicorn in processes of its own, spoken to over a socket."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from waymark.project.embedded.children import Child
from waymark.project.embedded.cluster import Cluster
from waymark.project.keyfiles import write_private

Environment = dict[str, str]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Site:
    """A running web server, the environment that it was started with, and its log."""

    port: int
    web: Child
    environment: Environment

    def log(self) -> str:
        return self.web.log.read_text(encoding="utf-8")

    def workers(self) -> list[int]:
        """The numbers of gunicorn's worker processes."""
        return children_of(self.web.process.pid)

    def raw(self, sent: bytes) -> str:
        """What comes back for exactly these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(sent)
            parts = []
            while part := line.recv(65536):
                parts.append(part)
        return b"".join(parts).decode()


@dataclass
class Visitor:
    """A browser without script: it keeps cookies, and sends forms with what they carry unseen."""

    site: Site
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, address: str, body: str = "", headers: Environment | None = None
    ) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        said = {"Host": "localhost", "Connection": "close", **(headers or {})}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            said["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, address, body, said)
            came = line.getresponse()
            text = came.read().decode(errors="replace")
        finally:
            line.close()
        for name, value in came.getheaders():
            if name.lower() == "set-cookie" and (kept := re.match(r'([^=]+)="?([^";]*)', value)):
                self.cookies[kept[1]] = kept[2]
        return Answer(came.status, {n.lower(): v for n, v in came.getheaders()}, text)

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, headers=headers)

    def post(self, address: str, **typed: str) -> Answer:
        """Open the page, fill in its form and send it; where no page comes, what came instead."""
        page = self.get(address)
        if page.status != 200:
            return page
        return self.ask("POST", address, urlencode(hidden_in(page.text) | typed))


def hidden_in(page: str) -> dict[str, str]:
    """What the form of a page carries unseen."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def children_of(number: int) -> list[int]:
    """The processes that a process started and that live."""
    path = Path(f"/proc/{number}/task/{number}/children")
    return [int(word) for word in path.read_text().split()]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def environment_for(
    cluster: Cluster, database: str, passwords: Environment, var: Path
) -> Environment:
    """The tests' own settings, with a database and a folder of the site's own."""
    write_private(var / "passwords", "".join(f"{r} = {p}\n" for r, p in passwords.items()))
    ours = {
        "WAYMARK_DATABASE_URL": cluster.url(database),
        "WAYMARK_PASSWORDS": str(var / "passwords"),
        "WAYMARK_VAR": str(var),
    }
    settled = {name: words for name, words in os.environ.items() if not name.startswith("DJANGO_")}
    return settled | ours


def command(environment: Environment, *words: str) -> subprocess.CompletedProcess[str]:
    """`waymark` with these words, to its end."""
    line = [sys.executable, "-m", "waymark.project.command", *words]
    return subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120)


@contextmanager
def serving(environment: Environment, var: Path, **differs: str) -> Iterator[Site]:
    """A web server that answers, until the block ends."""
    settled = environment | differs
    prepared = command(settled, "migrate")
    assert prepared.returncode == 0, prepared.stderr
    port = free_port()
    log = var / f"web-{secrets.token_hex(4)}.log"
    web = Child.start("web server", ["web", "--bind", f"127.0.0.1:{port}"], settled, log)
    try:
        site = Site(port, web, settled)
        await_answer(site)
        yield site
    finally:
        web.stop()


def await_answer(site: Site, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            assert Visitor(site).get("/health").text == "ok"
            return
        except OSError:
            assert not site.web.has_ended, site.log()
            assert time.monotonic() < deadline, site.log()
            time.sleep(0.05)


def kill(number: int) -> None:
    """End a process as a power cut would; whoever is gone already is gone."""
    try:
        os.kill(number, signal.SIGKILL)
    except ProcessLookupError:
        return
