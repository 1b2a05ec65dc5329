"""The demonstration: told once through the use cases, and whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.audit import chains
from tests.audit.conftest import moved_to
from tests.conftest import APPLICATION, OWNER
from waymark.database.mark import mark_as
from waymark.project import accounts, loading

pytestmark = pytest.mark.slow
NAME = "test_waymark_demonstration"


@pytest.fixture(scope="module")
def told(
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[dict[str, str]]]:
    """Loaded once, and really committed, in a database of its own; the accounts that it made."""
    with chains.connected(OWNER, "postgres") as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {NAME}")
        owner.execute(f"CREATE DATABASE {NAME}")
    with django_db_blocker.unblock():
        with moved_to(NAME, OWNER):
            call_command("migrate", verbosity=0)
            mark_as("demonstration")
        with moved_to(NAME, APPLICATION), own_folder(tmp_path_factory.mktemp("var")) as var:
            loading.load()
            yield accounts.kept(var)
    with chains.connected(OWNER, "postgres") as owner:
        owner.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@contextmanager
def own_folder(var: Path) -> Iterator[Path]:
    """The accounts are kept in `var`, and not where a developer's own demonstration keeps its."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CONFIGURATION", replace(settings.CONFIGURATION, var=var))
        yield var


def test_x(told):
    print(told)
