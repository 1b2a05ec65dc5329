import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests import server
from waymark.project.embedded.cluster import LONGEST_FOLDER, Cluster
from waymark.project.sentence import Wrong

pytestmark = pytest.mark.slow


@pytest.fixture
def var() -> Iterator[Path]:
    with server.folder(settings.CONFIGURATION.var) as folder:
        yield folder


@pytest.fixture
def own(var: Path) -> Iterator[Cluster]:
    cluster = Cluster(var, "a password", throw_away=True)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.mark.requirement("S84")
def test_nobody_comes_in_without_password_or_over_the_network(own: Cluster) -> None:
    with psycopg.connect(own.superuser) as connection:
        listens = connection.execute("SHOW listen_addresses").fetchone()
        ways = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert listens == ("",)
    assert ways == [("scram-sha-256",)]
    assert own.socket.stat().st_mode & 0o777 == 0o700
    assert own.data.stat().st_mode & 0o777 == 0o700
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"host='{own.socket}' user=waymark_super dbname=postgres password=guess")


def test_what_was_committed_is_there_after_the_server_was_killed(var: Path) -> None:
    own = Cluster(var, "a password")
    own.start()
    with psycopg.connect(own.superuser) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert own.process is not None
    own.process.kill()
    own.process.wait()
    # its number lives again, as another process: in containers that happens
    noted = own.data / "postmaster.pid"
    noted.write_text("\n".join([str(os.getpid()), *noted.read_text().split("\n")[1:]]))
    own.start()
    try:
        with psycopg.connect(own.superuser) as connection:
            assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
    finally:
        own.stop()


def test_it_stops_at_once_though_a_client_stays(own: Cluster) -> None:
    with psycopg.connect(own.superuser):
        own.stop()
    assert own.has_ended
    assert own.process is not None and own.process.returncode == 0


def test_a_path_too_long_for_a_socket_gets_a_short_one(var: Path) -> None:
    deep = var / ("x" * LONGEST_FOLDER)
    deep.mkdir(mode=0o711)
    cluster = Cluster(deep, "a password", throw_away=True)
    try:
        cluster.start()
        assert len(os.fsencode(cluster.socket)) <= LONGEST_FOLDER
        psycopg.connect(cluster.superuser).close()
    finally:
        cluster.stop()
    assert not cluster.socket.exists()


def test_other_keys_than_the_database_was_made_with_are_told(own: Cluster, var: Path) -> None:
    own.stop()
    with pytest.raises(Wrong, match="has another password"):
        Cluster(var, "another password", throw_away=True).start()


def test_a_server_whose_supervisor_was_killed_is_ended_first(own: Cluster, var: Path) -> None:
    orphan = own.process
    assert orphan is not None
    second = Cluster(var, "a password", throw_away=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # somebody else reaps it, as init would
    try:
        second.start()
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    psycopg.connect(second.superuser).close()
    second.stop()
    assert second.process is not None and second.process.pid != orphan.pid
