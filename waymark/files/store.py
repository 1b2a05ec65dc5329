"""Where sealed content lies: outside the database and whatever the web server serves.

A store knows names and bytes, nothing of what they hold; another kind of it can take this one's
place behind `Store`.
"""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{64}(-[a-z0-9]{1,12})?")


class Missing(Exception):
    """Nothing is stored under that name."""


class Store(Protocol):
    """Keeps bytes by name."""

    def put(self, name: str, sealed: bytes) -> None:
        """Keep `sealed` whole or not at all; what had that name before is replaced."""

    def open(self, name: str) -> bytes:
        """The bytes again. Raises `Missing`."""

    def delete(self, name: str) -> None:
        """Forget it. What is not there stays so."""

    def before(self, moment: datetime) -> Iterator[str]:
        """The names of what was put there before `moment`."""


class Folder:
    """A store in a folder that only its owner can read."""

    def __init__(self, path: Path):
        self.path = path

    def put(self, name: str, sealed: bytes) -> None:
        path = self._path(name)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.path, path.parent):  # each by itself: parents get no mode
            folder.mkdir(mode=0o700, exist_ok=True)
        beside = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def open(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise Missing(name) from None

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def before(self, moment: datetime) -> Iterator[str]:
        for path in self.path.glob("??/*"):
            if path.stat().st_mtime < moment.timestamp():
                yield path.name

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("A stored name is made by us, of random hexadecimal digits")
        return self.path / name[:2] / name


def new_name() -> str:
    """A name that tells nothing."""
    return secrets.token_hex(32)


def store() -> Store:
    """The store of this installation."""
    return Folder(settings.WAYMARK_FILES)
