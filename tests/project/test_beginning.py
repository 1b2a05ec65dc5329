"""A new installation gets its first two administrators from its host: once, by one-use links."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.accounts.conftest import two_factors as two_factors
from tests.accounts.test_invitations import GOOD, chooses, follows
from tests.web.police import plain
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.keeping import INSTALLATION
from waymark.directory.models import Appointment, Role, User
from waymark.project import command

FIRST = ("a.quill", "Ada Quill", "ada@council.example", "Brook Council", "council")
SECOND = ("b.reed", "Ben Reed", "ben@police.example", "Brook Police", "police")
COMMAND = ["accounts", "first-administrators"]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, db: None) -> Any:
    """What the command says, and on which of its two ways out."""
    monkeypatch.setattr(command, "_django", lambda role: None)  # it is awake

    def run(*words: str) -> tuple[int, str, str]:
        status = command.main([*COMMAND, *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def both() -> list[str]:
    return ["--first", *FIRST, "--second", *SECOND]


@pytest.mark.requirement("S10")
def test_the_first_administrators_are_invited_once_by_the_real_command(
    told: Any, two_factors: None
) -> None:
    assert "two people of two organisations" in told("--first", *FIRST, "--second", *FIRST)[2]
    assert "no kind of partner" in told("--first", *FIRST, "--second", *SECOND[:4], "guild")[2]
    assert "say --first and --second" in told("--first", *FIRST)[2]
    become(INSTALLATION)
    assert not User.objects.exists()

    assert told(*both())[0] == 0
    status, again, _ = told("--again")  # neither was followed: the first two links open nothing
    paths = re.findall(r"Quill: \S+?(/invitation/\S+)\n.*Reed: \S+?(/invitation/\S+)", again, re.S)
    ((first, second),) = paths
    assert status == 0 and all(len(path) >= len("/invitation/") + 22 for path in (first, second))
    become(INSTALLATION)
    assert not any(one.has_usable_password() for one in User.objects.all())
    held = Appointment.objects.filter(role=Role.ADMINISTRATOR, area=None, given_by=None)
    assert held.count() == 2

    browser, page = follows(first)
    assert chooses(browser, page).status_code == 302
    assert browser.get("/accounts")["Location"].startswith("/your-sign-in")  # a factor comes first
    assert Client().get(first).status_code != 200 or "not open" in plain(Client().get(first))

    for words in (both(), ["--again"]):
        status, out, err = told(*words)
        assert (status, out) == (1, "") and "Traceback" not in err
    assert "has its first administrators already" in told(*both())[2]
    in_the_audit(first, second)


def in_the_audit(*links: str) -> None:
    """By what it was done and for whom; no link, password or name."""
    become(INSTALLATION)
    reader = User.objects.get(username=FIRST[0])
    Appointment.objects.create(user=reader, role=Role.AUDITOR, area=None, from_date=today())
    become(reader)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, text FROM audit_event")
        rows = cursor.fetchall()
    kinds = [kind for kind, _ in rows]
    assert kinds.count("appointed") == 2 and kinds.count("invited") == 4
    assert all("duty:installation" in text for kind, text in rows if kind == "invited")
    whole = " ".join(text for _, text in rows)
    for secret in (*(link.rpartition("/")[2] for link in links), GOOD, "Quill", "quill"):
        assert secret not in whole
