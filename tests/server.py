"""A PostgreSQL for the tests alone, in a folder that is gone afterwards."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from waymark.project import roles
from waymark.project.embedded.cluster import Cluster
from waymark.project.keyfiles import ROLES

Passwords = dict[str, str]


def new_passwords() -> Passwords:
    return {role: secrets.token_urlsafe(16) for role in ROLES}


@contextmanager
def folder(var: Path) -> Iterator[Path]:
    """A folder under `var` that the database's own user can go through."""
    parent = var / "tests"
    parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="run-", dir=parent))
    if os.geteuid() == 0:
        made.chmod(0o711)
    try:
        yield made
    finally:
        noted = made / "postgres.is-at"
        if noted.exists():
            shutil.rmtree(noted.read_text().strip(), ignore_errors=True)
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def throw_away(var: Path, passwords: Passwords) -> Iterator[Cluster]:
    """A running server with the product's roles; the owner may make databases for tests."""
    with folder(var) as home:
        cluster = Cluster(home, passwords["waymark_super"], throw_away=True)
        try:
            cluster.start()
            roles.run(cluster.superuser, "waymark", passwords)
            with psycopg.connect(cluster.superuser, autocommit=True) as connection:
                connection.execute("ALTER ROLE waymark_owner CREATEDB")
            yield cluster
        finally:
            cluster.stop()
