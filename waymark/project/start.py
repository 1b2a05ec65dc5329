"""What must hold before a process serves: each fault is one sentence, and stops the start."""

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from waymark.accounts.sign_on import discovery, line, providers
from waymark.audit.checkpoints import late
from waymark.database.mark import kind
from waymark.files import proving, scanner
from waymark.files.child import can_be_alone
from waymark.project.configuration import Configuration, Mode
from waymark.project.sentence import Wrong

DATABASE_SECONDS = 60  # how long a start waits for a database that does not answer
UNFIT = """
    SELECT rolsuper OR rolbypassrls,
        EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)
    FROM pg_roles WHERE rolname = current_user
"""
FRESH_DATABASE = """
    SELECT to_regclass('public.database_mark') IS NULL, EXISTS (
        SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'))
"""


def mark() -> Mode | None:
    """What the database says it holds; none before it is migrated."""
    with connection.cursor() as cursor:
        cursor.execute(FRESH_DATABASE)
        fresh, has_tables = cursor.fetchone() or (True, False)
        if fresh and has_tables:
            raise Wrong(
                f"WAYMARK_DATABASE_URL: {_database()} is somebody else's: name an empty one."
            )
        if fresh:
            return None
    said = kind()
    return Mode(said) if said else None


def check_mark(found: Mode | None) -> None:
    """Refuse a database of the other kind: real people and invented ones never meet."""
    mode = _configuration().mode
    if found is not None and found is not mode:
        raise Wrong(f"WAYMARK_MODE must be {found}: {_database()} was made so, for good.")


def check_before_serving() -> None:
    """Raise `Wrong` with the first fault that makes serving unsafe; wait for a late database."""
    deadline = time.monotonic() + DATABASE_SECONDS
    while (fault := next(faults(), None)) and "does not answer" in fault:
        if time.monotonic() > deadline:
            break
        connection.close()
        time.sleep(1)
    if fault:
        raise Wrong(fault)


def faults() -> Iterator[str]:
    """Every fault that is found, those first without which the rest cannot be asked."""
    user = connection.settings_dict["USER"]
    try:
        with connection.cursor() as cursor:
            cursor.execute(UNFIT)
            strong, owns = cursor.fetchone() or (True, True)
        if strong:
            yield f"{user} must be neither superuser nor BYPASSRLS."
        if owns:
            yield f"{user} must own nothing in the database."
        found = mark()
        if found is None:
            yield f"WAYMARK_DATABASE_URL: {_database()} is not migrated: run `waymark migrate`."
            return
        check_mark(found)
        if waiting := migrations_waiting():
            older = f"{_database()} is older than the code by {waiting} migrations"
            yield f"WAYMARK_DATABASE_URL: {older}: run `waymark migrate`."
    except Wrong as problem:
        yield str(problem)
    except DatabaseError as problem:
        yield out_of_reach(problem)


def migrations_waiting() -> int:
    """How many migrations of the code the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def out_of_reach(problem: BaseException) -> str:
    """The sentence for a database that does not answer; its words name no row."""
    state = getattr(problem.__cause__, "sqlstate", None)
    why = f" (SQLSTATE {state})" if state else ""
    return f"WAYMARK_DATABASE_URL names a database that does not answer{why}."


def degraded() -> Iterator[str]:
    """What does not stop the product, and should be seen to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT abs(extract(epoch FROM now() - %s))", [timezone.now()])
        row = cursor.fetchone()
        if row and row[0] > 5:
            yield "The clocks of this machine and the database differ by more than 5 seconds."
        cursor.execute("SELECT current_setting('log_min_error_statement')")
        if cursor.fetchone() != ("panic",):
            yield "The database writes statements with their data into its log."
    if _configuration().limits.off:
        yield "WAYMARK_LIMITS is off: nobody is slowed down, asked or stopped, however much comes."
    if late():
        yield "No checkpoint of the audit was made for more than two hours: does the worker run?"
    disk = os.statvfs(_standing(_configuration().var))
    if disk.f_bavail < disk.f_blocks / 10:
        yield "Less than 10 % of the disk that holds WAYMARK_VAR is free."
    if _configuration().mode is Mode.REAL and not _configuration().security_contact:
        yield "WAYMARK_SECURITY_CONTACT is not set: nobody learns where to tell of a weakness."
    yield from scanning_hindered()
    yield from sign_on_hindered()
    folder = _configuration().mail_folder
    if folder and not os.access(folder, os.W_OK):
        yield "WAYMARK_MAIL_FOLDER cannot be written to: no mail will be sent."


def scanning_hindered() -> Iterator[str]:
    """What keeps added files waiting, or lets what reads them do more than it should."""
    try:
        proving.prove()
    except scanner.Down as down:
        yield (f"WAYMARK_CLAMD names no scanner that finds what it must ({down.why}): files wait.")
    if not can_be_alone():
        yield "This machine lets no process leave its network: the reading of files can reach it."


def sign_on_hindered() -> Iterator[str]:
    """Which providers of sign-ins do not answer: their people cannot sign in by them now."""
    discovery.forget()
    line.forget()
    for one in providers.every():
        try:
            line.ask(one, partial(discovery.keys, provider=one))
        except line.Down as down:
            yield f"WAYMARK_SIGN_ON: the provider {one.code} does not answer ({down.why})."


def _standing(path: Path) -> Path:
    return path if path.exists() else _standing(path.parent)


def _database() -> str:
    return f"the database {connection.settings_dict['NAME']}"


def _configuration() -> Configuration:
    made: Configuration = settings.CONFIGURATION
    return made
