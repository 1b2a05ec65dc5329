"""Takes settings out of the environment one at a time, each with what is expected of it."""

import re
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import SplitResult, urlsplit

from waymark.project.sentence import Wrong

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LABEL = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
HOST = re.compile(rf"^({LABEL}(\.{LABEL})*|\[[0-9a-f:]+\])$")
CONTACT = re.compile(r"mailto:[^\s@]+@[^\s@]+|https://[^\s]+")
MAILBOX = re.compile(rf"[A-Za-z0-9._+-]+@{LABEL}(\.{LABEL})*")
Choice = TypeVar("Choice", bound=StrEnum)


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine's own, which no other machine can reach."""
    return host in LOOPBACK or host.startswith("127.") or host.endswith(".localhost")


def wrong(name: str, expects: str) -> NoReturn:
    """End the reading: `name` is not what it must be. The value is never told."""
    raise Wrong(f"{name} is wrong: it must be {expects}.")


class Reading:
    """The settings that were given, every name of them known."""

    def __init__(self, environment: Mapping[str, str], names: frozenset[str]) -> None:
        self.given = {n: v.strip() for n, v in environment.items() if n.startswith("WAYMARK_")}
        for name in sorted(self.given.keys() - names):
            known = ", ".join(sorted(names - {"WAYMARK_DEBUG"}))
            raise Wrong(f"{name} is not a setting: a name must be one of {known}.")

    def text(self, name: str, expects: str, default: str = "") -> str:
        value = self.given.get(name) or default
        if not value:
            raise Wrong(f"{name} is missing: it must be {expects}.")
        return value

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        expects = " or ".join(kind)
        value = self.text(name, expects, default or "")
        if value not in list(kind):
            wrong(name, expects)
        return kind(value)

    def flag(self, name: str) -> bool:
        value = self.given.get(name) or "no"
        if value not in ("yes", "no"):
            wrong(name, "yes or no")
        return value == "yes"

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.given.get(name) or str(default)
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            wrong(name, f"a whole number from {least} to {most}")
        return int(value)

    def address(self, name: str, expects: str, schemes: tuple[str, ...]) -> SplitResult:
        value = self.text(name, expects)
        try:
            address = urlsplit(value)
            _ = address.port  # asking is what checks it
        except ValueError:
            wrong(name, expects)
        if address.scheme not in schemes:
            wrong(name, expects)
        return address

    def base_url(self, name: str) -> SplitResult:
        expects = "https:// and a host, with no path (http:// only on this machine itself)"
        address = self.address(name, expects, ("http", "https"))
        plain = address.scheme == "http" and not is_loopback(address.hostname or "")
        if plain or not address.hostname or address.path.strip("/") or address.query:
            wrong(name, expects)
        return address

    def database_url(self, name: str) -> SplitResult:
        expects = "postgresql://host:port/database, or postgresql:///database?host=/socket/folder"
        address = self.address(name, expects, ("postgresql", "postgres"))
        if not re.fullmatch(r"/[A-Za-z0-9_-]{1,63}", address.path):
            wrong(name, expects)
        return address

    def hosts(self, name: str) -> tuple[str, ...]:
        expects = "host names with commas between them, none of them *"
        hosts = [host.strip() for host in self.text(name, expects).split(",")]
        if not all(HOST.match(host) for host in hosts):
            wrong(name, expects)
        return tuple(hosts)

    def networks(self, name: str) -> tuple[str, ...]:
        """Addresses of machines or their networks; none if not given."""
        given = [each.strip() for each in self.given.get(name, "").split(",") if each.strip()]
        try:
            return tuple(str(ip_network(each)) for each in given)
        except ValueError:
            wrong(name, "addresses of proxies, such as 192.0.2.7, with commas between them")

    def smtp(self, name: str) -> SplitResult | None:
        if not self.given.get(name):
            return None
        expects = "smtp://user:password@host:port, or smtps:// with it"
        address = self.address(name, expects, ("smtp", "smtps"))
        if not address.hostname:
            wrong(name, expects)
        return address

    def clamd(self, name: str) -> SplitResult | None:
        """Where the scanner of files listens; none if not given."""
        if not self.given.get(name):
            return None
        expects = "unix:///path/of/a/socket, or tcp://host:port"
        address = self.address(name, expects, ("unix", "tcp"))
        on_socket = address.scheme == "unix" and address.path and not address.netloc
        if not on_socket and not (address.hostname and address.port):
            wrong(name, expects)
        return address

    def mailbox(self, name: str, host: str) -> str:
        """Whom e-mails are from; of the host of the site if not given."""
        domain = "localhost" if is_loopback(host) else host
        value = self.given.get(name) or f"no-reply@{domain}"
        if not MAILBOX.fullmatch(value):
            wrong(name, "an e-mail address, such as no-reply@example.org")
        return value

    def contact(self, name: str) -> str:
        value = self.given.get(name) or ""
        if value and not CONTACT.fullmatch(value):
            wrong(name, "mailto: and an e-mail address, or an https:// address")
        return value

    def folder(self, name: str) -> Path | None:
        given = self.given.get(name)
        if given and not Path(given).is_dir():
            wrong(name, "a folder that exists")
        return Path(given).absolute() if given else None

    def existing(self, name: str) -> Path | None:
        given = self.given.get(name)
        if given and not Path(given).is_file():
            wrong(name, "a file that exists")
        return Path(given).absolute() if given else None

    def file(self, name: str) -> str:
        """The text of a file of secrets, which nobody else may read; none if not given."""
        path = self.existing(name)
        return self.private_text(name, path) if path else ""

    def private_text(self, name: str, path: Path) -> str:
        try:
            if path.stat().st_mode & 0o077:
                wrong(name, "a file that only its owner can read (chmod 600)")
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            wrong(name, "a file of text that this user can read")
