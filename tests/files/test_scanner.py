"""The scanner, a real clamd: only a plain yes counts, and only of one that finds what it must."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from waymark.files import proving, scanner
from waymark.files.scanner import Down
from waymark.project.embedded.clamd import Clamd

HARMLESS = b"Nothing to find."


def down(content: bytes = HARMLESS, seconds: float = 5) -> str:
    with pytest.raises(Down) as why:
        scanner.is_clean(content, seconds=seconds)
    return why.value.why


@pytest.mark.requirement("S45")
def test_it_finds_what_it_is_shown_plain_zipped_and_too_deep(clamd: Clamd) -> None:
    proving.prove()
    assert scanner.is_clean(HARMLESS)
    assert not scanner.is_clean(proving.test_file())
    assert not scanner.is_clean(proving.zipped(proving.test_file(), times=3))
    assert not scanner.is_clean(proving.zipped(proving.test_file(), times=40))
    assert scanner.is_clean(bytes(20 * 1024 * 1024))
    assert down(bytes(31 * 1024 * 1024)) == "odd_answer"  # more than it takes: no yes


@pytest.mark.requirement("S45")
def test_one_that_lets_pass_what_it_cannot_open_is_no_scanner(
    clamd: Clamd, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """The defaults of clamd answer OK to what is packed too deep."""
    from waymark.project.embedded import clamd as own

    lax = own.SETTINGS.replace("AlertExceedsMax yes", "AlertExceedsMax no")
    monkeypatch.setattr(own, "SETTINGS", lax)
    other = Clamd(signatures=Path("/nowhere"))
    try:
        other.start(seconds=30)
        settings.WAYMARK_CLAMD = urlsplit(other.address)
        with pytest.raises(Down) as why:
            proving.prove()
        assert why.value.why == "misses_too_deep"
    finally:
        other.clear()


@pytest.mark.requirement("S45")
@pytest.mark.parametrize(("hours", "counts"), [(71, True), (73, False)])
def test_old_signatures_count_as_none(hours: int, counts: bool) -> None:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    try:
        proving.refuse_stale(at - timedelta(hours=hours), at=at)
    except Down as why:
        assert not counts and why.why == "old_signatures"
    else:
        assert counts


@pytest.mark.requirement("S45")
def test_only_a_demonstration_goes_without_its_makers_signatures(
    clamd: Clamd, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scanner.signatures_at() is None
    proving.prove()
    monkeypatch.setattr(type(settings.CONFIGURATION), "demonstration", False)
    with pytest.raises(Down) as why:
        proving.prove()
    assert why.value.why == "no_signatures"


class Odd:
    """Something that listens where the scanner should, and answers `said` to each question."""

    def __init__(self, said: bytes, *, waits: float = 0):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.said, self.waits = said, waits
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, suppress(OSError):  # who asked may have gone
                line.recv(65536)
                time.sleep(self.waits)
                line.sendall(self.said)
                line.shutdown(socket.SHUT_WR)
                while line.recv(65536):  # a line closed over what was not read is torn
                    pass


@pytest.fixture
def odd(settings: Any) -> Iterator[Any]:
    made: list[Odd] = []

    def answers(said: bytes, **how: float) -> None:
        made.append(Odd(said, **how))
        settings.WAYMARK_CLAMD = urlsplit(f"tcp://127.0.0.1:{made[-1].listener.getsockname()[1]}")

    yield answers
    for one in made:
        one.listener.close()


@pytest.mark.requirement("S46")
@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"stream: OK", "cut_short"),
        (b"", "cut_short"),
        (b"stream: OK and more\0", "odd_answer"),
        (b"stream: Out of memory ERROR\0", "odd_answer"),
        (b"\xff\xfe\0", "no_scanner"),
        (b"x" * 9000, "cut_short"),
    ],
)
def test_every_answer_but_one_is_no_yes(odd: Any, said: bytes, why: str) -> None:
    odd(said)
    assert down() == why


@pytest.mark.requirement("S45", "S46")
def test_a_late_answer_is_none_and_a_date_is_read(odd: Any) -> None:
    odd(b"stream: OK\0", waits=1)
    assert down(seconds=0.3) == "late"
    odd(b"ClamAV 1.4.6/27831/Tue Nov  3 08:45:10 2026\0")
    assert scanner.signatures_at() == datetime(2026, 11, 3, 8, 45, 10, tzinfo=UTC)


@pytest.mark.requirement("F7", "S46")
def test_a_scanner_stopped_while_it_is_sent_a_file_gives_no_answer(
    clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clamd.process is not None
    process, sent = clamd.process, []
    really = scanner._send

    def stopped(line: socket.socket, content: bytes, deadline: float) -> None:
        part = content[: len(content) // 2]
        line.sendall(len(part).to_bytes(4, "big") + part)
        process.send_signal(signal.SIGSTOP)
        sent.append(len(part))
        really(line, content[len(part) :], deadline)

    monkeypatch.setattr(scanner, "_send", stopped)
    try:
        assert down(bytes(20 * 1024 * 1024), seconds=1) == "late" and sent
    finally:
        process.send_signal(signal.SIGCONT)
    monkeypatch.setattr(scanner, "_send", really)
    assert scanner.is_clean(HARMLESS)  # and goes on when it does


def test_no_scanner_at_all(settings: Any) -> None:
    settings.WAYMARK_CLAMD = None
    assert down() == "not_set"
    settings.WAYMARK_CLAMD = urlsplit("unix:///nowhere/s")
    assert down() == "no_scanner"
