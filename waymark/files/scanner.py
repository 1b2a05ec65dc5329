"""The scanner: clamd, asked over a socket. What it does not plainly call clean is not clean (S45).

A client of our own, since the whole question has one deadline, an answer that comes while bytes
are still being sent counts, and every answer but one is a no.
"""

import re
import socket
import struct
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings

SECONDS = 60.0  # for one file, from connecting to the answer
AT_ONCE = 64 * 1024
LONGEST_ANSWER = 4096
OLDEST = timedelta(hours=72)  # of signatures
CLEAN = "stream: OK"
FOUND = re.compile(r"stream: (?P<what>.+) FOUND")
VERSION = re.compile(r"ClamAV [^/]+/\d+/(?P<at>\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4})")


class Down(Exception):
    """The scanner gave no answer that counts. `why`: a short code."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


def is_clean(content: bytes, *, seconds: float = SECONDS) -> bool:
    """Whether the scanner calls it clean; False where it found something. Raises Down."""
    answer = _asked(b"zINSTREAM\0", content, seconds=seconds)
    if answer == CLEAN:
        return True
    if FOUND.fullmatch(answer):
        return False
    raise Down("odd_answer")


def signatures_at(*, seconds: float = 5) -> datetime | None:
    """Of when the signatures are; None where the scanner has none of its makers'. Raises Down."""
    answer = _asked(b"zVERSION\0", None, seconds=seconds)
    said = VERSION.fullmatch(answer)
    if said is None:
        return None
    return datetime.strptime(said["at"], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)


def _asked(command: bytes, content: bytes | None, *, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    try:
        with _connected(deadline) as line:
            line.sendall(command)
            try:
                if content is not None:
                    _send(line, content, deadline)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has said already why it takes no more
            return _answer(line, deadline)
    except TimeoutError:
        raise Down("late") from None
    except (OSError, UnicodeDecodeError):
        raise Down("no_scanner") from None


def _connected(deadline: float) -> socket.socket:
    address = settings.WAYMARK_CLAMD
    if address is None:
        raise Down("not_set")
    if address.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_left(deadline))
        try:
            line.connect(address.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((address.hostname, address.port), timeout=_left(deadline))


def _send(line: socket.socket, content: bytes, deadline: float) -> None:
    for start in range(0, len(content), AT_ONCE):
        part = content[start : start + AT_ONCE]
        line.settimeout(_left(deadline))
        line.sendall(struct.pack("!L", len(part)) + part)
    line.sendall(struct.pack("!L", 0))


def _answer(line: socket.socket, deadline: float) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        line.settimeout(_left(deadline))
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    if not said.endswith(b"\0"):
        raise Down("cut_short")
    return said.rstrip(b"\0\n").decode()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
