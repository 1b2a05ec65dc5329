"""The process that reads files can calculate for a while, and do nothing else (S47)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from waymark.files import child
from waymark.files.child import remake
from waymark.files.kinds import Kind
from waymark.files.reasons import NotTaken, Why
from waymark.files.remaking import limits

ROOT = Path(__file__).parents[2]
START = "from waymark.files.remaking.limits import *; be_limited(); print(be_alone(), flush=True);"


def limited(then: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", START + then], cwd=ROOT, text=True, capture_output=True, timeout=60,
        env={"PATH": os.environ["PATH"]}, check=False,
    )  # fmt: skip


@pytest.mark.requirement("S47")
@pytest.mark.parametrize(
    ("then", "what"),
    [
        ("bytearray(600 * 1024 * 1024)", "MemoryError"),
        ("open('/tmp/waymark-none', 'wb', 0).write(b'x')", "File too large"),
        ("import socket; socket.create_connection(('127.0.0.1', 9), 5)", "Network is unreachable"),
        ("import socket; socket.create_connection(('192.0.2.1', 80), 5)", "Network is unreachable"),
    ],
)
def test_a_child_has_no_memory_no_disk_and_no_network_to_spare(then: str, what: str) -> None:
    done = limited(then)
    assert done.returncode and what in done.stderr, done.stderr
    Path("/tmp/waymark-none").unlink(missing_ok=True)


@pytest.mark.requirement("S47")
def test_a_child_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_start", lambda: "while True: pass")
    monkeypatch.setattr(child, "SECONDS", 1)
    with pytest.raises(NotTaken) as refused:
        remake(Kind.TXT, b"x")
    assert refused.value.why is Why.UNREADABLE
    assert limits.SECONDS == 20 and limits.BYTES == 512 * 1024 * 1024


@pytest.mark.requirement("S47")
def test_a_child_learns_no_secret_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_KEYS", "a secret")
    tells = (
        "import json, os; print(json.dumps({'sizes': [], 'words': sorted(os.environ),"
        " 'set_anew': False, 'alone': False}))"
    )
    monkeypatch.setattr(child, "_start", lambda: tells)
    assert set(remake(Kind.TXT, b"x").words) <= {"PATH", "LANG", "LC_CTYPE"}


@pytest.mark.parametrize("says", ["", "not this", '{"sizes": 1}', "{}"])
def test_what_a_child_says_is_believed_only_in_its_form(
    says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_start", lambda: f"print({says!r})")
    with pytest.raises(NotTaken) as refused:
        remake(Kind.TXT, b"x")
    assert refused.value.why is Why.UNREADABLE
