"""The database roles: one makes the others and is then unused, each of these can do its part only.

`waymark_owner` owns the tables and migrates. `waymark_app`, `waymark_worker` and
`waymark_verifier` own nothing and cannot go round row-level security. `waymark_sight` logs in
nowhere: functions that sight follows from run as it.
"""

from collections.abc import Mapping
from urllib.parse import SplitResult

import psycopg
from psycopg import sql

from waymark.project.database import address
from waymark.project.sentence import Wrong

OLDEST = 150000
RUNNING = ("waymark_app", "waymark_worker", "waymark_verifier")
LOGIN = ("waymark_owner", *RUNNING)
PATIENCE = {"waymark_app": "5s", "waymark_worker": "60s", "waymark_verifier": "60s"}

SIGHT = """
DO $do$ BEGIN
  IF current_setting('server_version_num')::int >= 160000 THEN
    EXECUTE 'GRANT waymark_sight TO waymark_owner WITH INHERIT FALSE, SET TRUE';
  ELSE
    EXECUTE 'GRANT waymark_sight TO waymark_owner';
  END IF;
END $do$
"""


def statements(database: str, passwords: Mapping[str, str]) -> list[str]:
    """The SQL, but for the database itself, that makes the roles or brings them up to date."""
    steps = [step for role in (*LOGIN, "waymark_sight") for step in _role(role, passwords)]
    name = _name(database)
    return [
        *steps,
        SIGHT.strip(),
        f"ALTER DATABASE {name} OWNER TO waymark_owner",
        *closed(database),
    ]


def closed(database: str) -> list[str]:
    """The SQL by which only the product's roles reach a database, and none make tables there."""
    name = _name(database)
    return [
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {', '.join(RUNNING)}",
    ]


def script(database: str, passwords: Mapping[str, str]) -> str:
    """All of it for `psql`, run by a superuser on a server of one's own."""
    literal = _quoted(database)
    create = (
        f"SELECT format('CREATE DATABASE %I ENCODING ''UTF8'' TEMPLATE template0', {literal})"
        f" WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {literal}) \\gexec"
    )
    return "\n".join([create, *(f"{s};" for s in statements(database, passwords))])


def run(conninfo: str, database: str, passwords: Mapping[str, str]) -> None:
    """Make roles and database on the server that `conninfo` reaches as a superuser."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        _refuse_old(connection)
        _refuse_weak(connection)
        row = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        if row.fetchone() is None:
            create = f"CREATE DATABASE {_name(database)} ENCODING 'UTF8' TEMPLATE template0"
            connection.execute(create.encode())
        with connection.transaction():
            for statement in statements(database, passwords):
                connection.execute(statement.encode())


def run_at(url: SplitResult, passwords: Mapping[str, str]) -> None:
    """Make roles and database as the user in `url`, or say in one sentence why not."""
    try:
        run(address(url, database="postgres"), url.path.removeprefix("/"), passwords)
    except psycopg.Error as problem:
        state = f" (SQLSTATE {problem.sqlstate})" if problem.sqlstate else ""
        raise Wrong(
            f"WAYMARK_DATABASE_URL must name a server that answers and lets its user in{state}."
        ) from None


def are_made(url: SplitResult, passwords: Mapping[str, str]) -> bool:
    """Whether every role can log in to the database that `url` names."""
    try:
        for role in LOGIN:
            own = address(url, user=role, password=passwords.get(role, ""))
            with psycopg.connect(own) as connection:
                _refuse_old(connection)
    except psycopg.OperationalError:
        return False
    return True


def _refuse_old(connection: psycopg.Connection) -> None:
    found = connection.info.server_version
    if found < OLDEST:
        raise Wrong(
            f"WAYMARK_DATABASE_URL must name PostgreSQL 15 or newer: that one is {found // 10000}."
        )


def _refuse_weak(connection: psycopg.Connection) -> None:
    able = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if able.fetchone() != (True,):
        raise Wrong(
            "The user in WAYMARK_DATABASE_URL is no superuser, so it cannot make the roles: "
            "give its server's superuser what `waymark database roles` prints."
        )


def _role(role: str, passwords: Mapping[str, str]) -> list[str]:
    login = "NOLOGIN" if role == "waymark_sight" else "LOGIN"
    secret = f" PASSWORD {_quoted(passwords[role])}" if role in passwords else ""
    steps = [
        f"DO $do$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
        f" THEN CREATE ROLE {role}; END IF; END $do$",
        f"ALTER ROLE {role} {login} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
        f" NOBYPASSRLS{secret}",
    ]
    settings = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
    if role in PATIENCE:
        settings |= {"statement_timeout": PATIENCE[role], "lock_timeout": "3s"}
        settings |= {"idle_in_transaction_session_timeout": "15s"}
        # an error's own sentence may quote what was typed: the server's log is not for it
        settings |= {"log_min_messages": "fatal", "log_min_error_statement": "panic"}
    return steps + [f"ALTER ROLE {role} SET {key} = '{value}'" for key, value in settings.items()]


def _name(database: str) -> str:
    return sql.Identifier(database).as_string(None)


def _quoted(words: str) -> str:
    return sql.Literal(words).as_string(None)
