from contextlib import nullcontext
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import override_settings

from tests.conftest import OWNER, connect_as
from waymark.project import loading, start
from waymark.project.configuration import Mode
from waymark.project.sentence import Wrong

pytestmark = pytest.mark.slow


@pytest.mark.requirement("S2")
def test_a_sound_installation_has_no_faults(db: None) -> None:
    assert list(start.faults()) == []


@pytest.mark.requirement("S2")
@pytest.mark.django_db(transaction=True)
def test_a_role_that_owns_tables_is_refused() -> None:
    connect_as(OWNER)
    try:
        assert "waymark_owner must own nothing in the database." in list(start.faults())
    finally:
        connect_as("waymark_app")


@pytest.mark.requirement("S2")
def test_a_schema_older_than_the_code_is_refused(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "migrations_waiting", lambda: 2)
    with pytest.raises(Wrong, match="is older than the code"):
        start.check_before_serving()


@pytest.mark.requirement("S4")
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("mark", list(Mode))
def test_database_and_site_of_unlike_kinds_do_not_start(mode: Mode, mark: Mode) -> None:
    with override_settings(CONFIGURATION=replace(settings.CONFIGURATION, mode=mode)):
        alike = mode is mark
        with nullcontext() if alike else pytest.raises(Wrong, match="WAYMARK_MODE must be"):
            start.check_mark(mark)
            assert alike


@pytest.mark.requirement("F1")
def test_a_database_that_does_not_answer_is_waited_for_and_then_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone() -> None:
        raise DatabaseError

    monkeypatch.setattr(start, "DATABASE_SECONDS", 0)
    monkeypatch.setattr(connection, "cursor", gone)
    with pytest.raises(Wrong, match="WAYMARK_DATABASE_URL names a database that does not answer"):
        start.check_before_serving()


@pytest.mark.requirement("S3")
def test_the_demonstration_is_loaded_once(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO project_loading DEFAULT VALUES")
    with pytest.raises(Wrong, match="has been loaded into this database already"):
        loading.load()


@pytest.mark.requirement("S3")
def test_the_demonstration_is_loaded_into_no_real_database(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "mark", lambda: Mode.REAL)
    with pytest.raises(Wrong, match="only into a database that was made for one"):
        loading.load()


def test_what_is_degraded_is_said(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    said = list(start.degraded())
    assert any(words.startswith("WAYMARK_MAIL_FOLDER cannot be written to") for words in said)
