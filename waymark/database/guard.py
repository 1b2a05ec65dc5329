"""Row-level security, said briefly in migrations: the database's own word on who sees what.

`become` says for one transaction who asks (`waymark.user`, `waymark.visitor`, `waymark.duty`)
and when (`waymark.now`). Unset, empty or garbage, every guarded table answers with no rows.
"""

from django.db import connection
from django.db.migrations import RunSQL

from waymark.database.actor import Actor, Duty, Visitor
from waymark.database.clock import now, take_over

ME = """(SELECT CASE WHEN pg_catalog.current_setting('waymark.user', true) ~ '^[0-9]{1,19}$'
    AND pg_catalog.current_setting('waymark.user', true)::numeric < 9223372036854775808
    THEN pg_catalog.current_setting('waymark.user', true)::bigint END)"""
NOW = """(SELECT CASE
    WHEN pg_catalog.current_setting('waymark.now', true) ~ '^[0-9]{4}-[0-9T:.+-]+$'
    THEN pg_catalog.current_setting('waymark.now', true)::timestamptz END)"""
TODAY = f"({NOW} AT TIME ZONE 'Europe/London')::date"
SIGNED_IN = f"{ME} IS NOT NULL"
# 'anyone' until a visitor shows the secret of a draft or receipt, then its digest
VISITING = (
    "(SELECT pg_catalog.current_setting('waymark.visitor', true) ~ '^(anyone|[0-9a-f]{64})$')"
)
VISITOR = "(SELECT pg_catalog.current_setting('waymark.visitor', true))"
DUTY = "(SELECT pg_catalog.current_setting('waymark.duty', true))"

BEGINS = """SELECT set_config('waymark.user', '', true),
    set_config('waymark.visitor', 'anyone', true), set_config('waymark.duty', '', true),
    set_config('waymark.now', to_char(
        (real + ahead) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), true),
    real, ahead
FROM (SELECT clock_timestamp() AS real, (SELECT ahead FROM database_clock) AS ahead) AS said"""

RUNNING = "waymark_app, waymark_worker"


def begin() -> None:
    """First thing in each request: a visitor asks who has shown nothing, at the database's time."""
    with connection.cursor() as cursor:
        cursor.execute(BEGINS)
        *_, real, ahead = cursor.fetchone()
    take_over(real, ahead)


def become(actor: Actor | None, *, showing: str = "") -> None:
    """Say who asks, until this transaction ends: None is a visitor who has shown nothing.

    `showing`: the digest of a draft that somebody with an account is filling in.
    """
    user = visitor = duty = ""
    match actor:
        case None:
            visitor = "anyone"
        case Visitor():
            visitor = actor.digest or "anyone"
        case Duty():
            duty = actor.name
        case _:
            user, visitor = str(actor.pk), showing
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('waymark.user', %s, true), set_config('waymark.visitor', %s, true),"
            " set_config('waymark.duty', %s, true), set_config('waymark.now', %s, true)",
            [user, visitor, duty, now().isoformat()],
        )


def forget_who_asks() -> None:
    """Be nobody again: for tests, whose transaction outlives a request."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('waymark.user', '', true), set_config('waymark.visitor', '', true),"
            " set_config('waymark.duty', '', true)"
        )


def definer(
    signature: str, returns: str, body: str, *, to: str = RUNNING, stable: bool = False
) -> RunSQL:
    """A migration step: a function that runs as `waymark_sight`, which logs in nowhere.

    `signature` is name and arguments, such as `my_areas(part text)`. Names in `body` must be
    qualified (`public.…`): the search path holds nothing else.
    """
    name = signature.split("(")[0]
    language = "plpgsql" if body.lstrip().upper().startswith(("DECLARE", "BEGIN")) else "sql"
    volatility = "STABLE" if language == "sql" or stable else "VOLATILE"
    bare = _types_only(signature)
    grant = f"GRANT EXECUTE ON FUNCTION {bare} TO {to};" if to else ""
    return RunSQL(
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE {language} {volatility} "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$ {body} $body$;"
        f"REVOKE EXECUTE ON FUNCTION {bare} FROM PUBLIC;{grant}"  # while it is still ours
        "GRANT CREATE ON SCHEMA public TO waymark_sight;"  # only an owner-to-be needs it
        f"ALTER FUNCTION {bare} OWNER TO waymark_sight;"
        "REVOKE CREATE ON SCHEMA public FROM waymark_sight;",
        f"DROP FUNCTION {name};",
    )


def redefined(signature: str, returns: str, body: str) -> RunSQL:
    """A migration step: another body for a function that `definer` made, in its place.

    Policies hang on it, so that it cannot be dropped. Taken back, the newer body stays.
    """
    return RunSQL(
        "GRANT CREATE ON SCHEMA public TO waymark_sight; SET LOCAL ROLE waymark_sight;"
        f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE "
        f"SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$ {body} $body$;"
        "RESET ROLE; REVOKE CREATE ON SCHEMA public FROM waymark_sight;",
        RunSQL.noop,
    )


def _types_only(signature: str) -> str:
    name, _, arguments = signature.rstrip(")").partition("(")
    types = [argument.split(maxsplit=1)[1] for argument in arguments.split(",") if argument.strip()]
    return f"{name}({', '.join(types)})"


def granted(table: str, rights: str, *, to: str = RUNNING) -> RunSQL:
    """A migration step: `rights` (such as "SELECT, INSERT") on a table, no more."""
    return RunSQL(f"GRANT {rights} ON {table} TO {to}", f"REVOKE {rights} ON {table} FROM {to}")


def guarded(
    table: str,
    *,
    see: str,
    add: str | None = None,
    change: str | None = None,
    delete: str | None = None,
    rights: str = "SELECT, INSERT",
    to_sight: bool = False,
) -> list[RunSQL]:
    """Migration steps: rows of `table` exist only for whom the SQL condition `see` is true.

    `add`, `change` and `delete` say who may do so: `see` unless given, but no row is deleted
    unless `delete` is given. There is a policy for each of the four commands. `to_sight` lets
    the functions that sight follows from read the whole table.
    """
    policies = {
        "see": f"FOR SELECT TO {RUNNING} USING ({see})",
        "add": f"FOR INSERT TO {RUNNING} WITH CHECK ({add or see})",
        "change": f"FOR UPDATE TO {RUNNING} USING ({change or see}) WITH CHECK ({change or see})",
        "remove": f"FOR DELETE TO {RUNNING} USING ({delete or 'false'})",
        "verify": "FOR SELECT TO waymark_verifier USING (true)",
    }
    steps = [granted(table, rights), granted(table, "SELECT", to="waymark_verifier")]
    if to_sight:
        policies["sight"] = "FOR SELECT TO waymark_sight USING (true)"
        steps.append(granted(table, "SELECT", to="waymark_sight"))
    return [
        *steps,
        RunSQL(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
        ),
        *(also(table, name, says) for name, says in policies.items()),
    ]


def also(table: str, name: str, says: str) -> RunSQL:
    """A migration step: one more policy; whom any policy lets, is let."""
    return RunSQL(f"CREATE POLICY {name} ON {table} {says}", f"DROP POLICY {name} ON {table}")


def for_duty(table: str, duty: Duty, *commands: str) -> list[RunSQL]:
    """Migration steps: a duty may `see`, `add` or `change` every row of a table."""
    it_is = f"{DUTY} = '{duty.name}'"
    policies = {
        "see": f"FOR SELECT TO {RUNNING} USING ({it_is})",
        "add": f"FOR INSERT TO {RUNNING} WITH CHECK ({it_is})",
        "change": f"FOR UPDATE TO {RUNNING} USING ({it_is}) WITH CHECK ({it_is})",
    }
    return [also(table, f"{duty.name}_{one}", policies[one]) for one in commands]


def only_appended(table: str) -> RunSQL:
    """A migration step: rows of `table` are never changed, deleted or truncated, by anybody."""
    return RunSQL(
        f"CREATE TRIGGER only_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION only_appended();"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER only_appended",
        f"DROP TRIGGER only_appended ON {table}",
    )
