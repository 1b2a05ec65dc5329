from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests import server
from tests.conftest import PASSWORDS
from waymark.project import roles
from waymark.project.database import address
from waymark.project.embedded.cluster import Cluster
from waymark.project.sentence import Wrong

pytestmark = pytest.mark.slow

RUNNING = ("waymark_app", "waymark_worker", "waymark_verifier")


def connect(cluster: Cluster, role: str) -> psycopg.Connection:
    own = address(urlsplit(cluster.url("waymark")), user=role, password=PASSWORDS[role])
    return psycopg.connect(own, autocommit=True)


@pytest.mark.requirement("S77")
def test_no_role_is_strong_and_none_is_member_of_another_but_for_sight(cluster: Cluster) -> None:
    with psycopg.connect(cluster.superuser) as connection:
        strong = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'waymark%' AND rolname <>"
            " 'waymark_super' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)"
        ).fetchall()
        members = connection.execute(
            "SELECT roleid::regrole::text, member::regrole::text, inherit_option"
            " FROM pg_auth_members WHERE member::regrole::text LIKE 'waymark%'"
        ).fetchall()
    assert strong == []
    assert members == [("waymark_sight", "waymark_owner", False)]


@pytest.mark.requirement("S77")
@pytest.mark.parametrize("role", RUNNING)
@pytest.mark.parametrize(
    "act",
    ["CREATE TABLE mine (a int)", "CREATE TEMP TABLE mine (a int)", "CREATE SCHEMA mine"],
)
def test_running_roles_make_nothing(cluster: Cluster, role: str, act: str) -> None:
    with connect(cluster, role) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(act.encode())


@pytest.mark.requirement("S77")
def test_sight_logs_in_nowhere(cluster: Cluster) -> None:
    own = address(urlsplit(cluster.url("waymark")), user="waymark_sight", password="any")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(own)


@pytest.mark.requirement("S82")
@pytest.mark.parametrize("role, statement", [("waymark_app", "5s"), ("waymark_worker", "1min")])
def test_running_roles_have_bounds(cluster: Cluster, role: str, statement: str) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with connect(cluster, role) as connection:
        found = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in names]
    assert found == [(statement,), ("3s",), ("15s",)]


def test_owner_can_hand_a_function_to_sight(cluster: Cluster) -> None:
    with (
        connect(cluster, "waymark_owner") as connection,
        connection.transaction(force_rollback=True),
    ):
        connection.execute("CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        connection.execute("GRANT CREATE ON SCHEMA public TO waymark_sight")
        connection.execute("ALTER FUNCTION one() OWNER TO waymark_sight")
        owner = connection.execute(
            "SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'one'"
        ).fetchone()
    assert owner == ("waymark_sight",)


def test_making_them_twice_changes_nothing(cluster: Cluster) -> None:
    roles.run(cluster.superuser, "waymark", PASSWORDS)
    assert roles.are_made(urlsplit(cluster.url("waymark")), PASSWORDS)
    assert not roles.are_made(urlsplit(cluster.url("waymark")), server.new_passwords())


def test_a_user_that_cannot_make_roles_is_told_so(cluster: Cluster) -> None:
    url = urlsplit(cluster.url("waymark"))
    weak = url._replace(netloc=f"waymark_app:{PASSWORDS['waymark_app']}@")
    with pytest.raises(Wrong, match="is no superuser"):
        roles.run_at(weak, PASSWORDS)


def test_a_server_out_of_reach_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="must name a server that answers"):
        roles.run_at(urlsplit(f"postgresql://u:hush@/waymark?host={tmp_path}"), PASSWORDS)


def test_printed_words_hold_all_that_is_run() -> None:
    printed = roles.script("way'mark", {"waymark_app": "it's"})
    assert "PASSWORD 'it''s'" in printed
    assert "datname = 'way''mark'" in printed
    assert all(
        f"{step};" in printed for step in roles.statements("way'mark", {"waymark_app": "it's"})
    )
