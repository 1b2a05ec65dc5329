"""Checkpoints of the audit are kept in a file and go to the auditors by e-mail (S56)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from tests.cast import INSTALLATION, Cast
from tests.conftest import APPLICATION, connect_as
from tests.inbox import Inbox
from waymark.audit import anchors
from waymark.database.guard import become
from waymark.project.jobs import checkpointing


@pytest.fixture
def worker(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cast]:
    """The job worker's own role; the auditor has an address."""
    with transaction.atomic():
        essex = Cast("Essex")
        become(INSTALLATION)
        essex.auditor.email = "auditor@example.org"
        essex.auditor.save(update_fields=["email"])
    monkeypatch.setattr(checkpointing, "_folder", lambda: tmp_path)
    connect_as("waymark_worker")
    yield essex
    connect_as(APPLICATION)


@pytest.mark.requirement("S56", "S61")
def test_it_is_kept_in_a_file_and_sent_once_to_each_auditor(
    worker: Cast, inbox: Inbox, tmp_path: Path
) -> None:
    inbox.says_no["auditor@example.org"] = "451 Not now"
    assert checkpointing.run() == 0
    del inbox.says_no["auditor@example.org"]
    assert checkpointing.run() == 1
    assert checkpointing.run() == 0
    (letter,) = inbox.letters
    sent = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    kept = (tmp_path / "checkpoints.txt").read_text()
    assert list(anchors.read(sent)) == list(anchors.read(kept)) != []
    assert letter["To"] == letter["X-To"] == "auditor@example.org"
    assert (letter["Subject"], letter["Cc"]) == (checkpointing.SUBJECT, None)
    assert "Essex" not in letter.as_string() and worker.auditor.name not in letter.as_string()
