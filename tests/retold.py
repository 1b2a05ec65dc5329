"""A story is told once in a process, through use cases; the next test that begins so is handed
the rows that it left.

What is handed over is the difference that a step made to the database, row by row, and what the
step left in the story. It is used only where nothing else has been written or taken back since,
by nobody but steps, in the same hour, on the same policy: else the step is told anew.
"""

import copy
import dataclasses
import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from waymark.database import clock
from waymark.policy.pack import in_force

Teller = TypeVar("Teller")
Rows = dict[str, dict[str, str]]  # of each table: key → the row as JSON
ASKING = ("waymark.user", "waymark.visitor", "waymark.duty")

# Run as the server's owner: nobody else sees every row, or writes one that no rule checks.
FUNCTIONS = """
CREATE SCHEMA retold;
GRANT USAGE ON SCHEMA retold TO waymark_app;
CREATE FUNCTION retold.rows() RETURNS TABLE (named text, found jsonb)
LANGUAGE plpgsql SECURITY DEFINER AS $body$
DECLARE kept record;
BEGIN
    FOR kept IN SELECT c.oid::regclass::text AS name, a.attname AS key
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace
        AND c.relname NOT IN ('django_migrations', 'audit_head', 'database_mark', 'database_clock')
    LOOP
        RETURN QUERY EXECUTE format('SELECT %L, jsonb_object_agg(t.%I, to_jsonb(t)) FROM %s t'
            ' HAVING count(*) > 0', kept.name, kept.key, kept.name);
    END LOOP;
END $body$;
CREATE FUNCTION retold.again(gone jsonb, came jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET session_replication_role = 'replica' AS $body$
DECLARE kept record; names text; key text;
BEGIN
    FOR kept IN SELECT j.key AS name, j.value AS keys FROM jsonb_each(gone) j LOOP
        SELECT a.attname INTO key FROM pg_index i JOIN pg_attribute a
            ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            WHERE i.indisprimary AND i.indrelid = kept.name::regclass;
        EXECUTE format('DELETE FROM %s WHERE %I::text IN (SELECT jsonb_array_elements_text($1))',
            kept.name, key) USING kept.keys;
    END LOOP;
    INSERT INTO public.audit_head (chain, number, digest)
        SELECT DISTINCT (e->>'chain')::bigint, 0, repeat('0', 64)
        FROM jsonb_array_elements(came->'audit_event') e ON CONFLICT DO NOTHING;
    FOR kept IN SELECT j.key AS name, j.value AS rows FROM jsonb_each(came) j LOOP
        SELECT string_agg(quote_ident(attname), ', ') INTO names FROM pg_attribute
            WHERE attrelid = kept.name::regclass AND attnum > 0
            AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s'
            ' FROM jsonb_populate_recordset(NULL::%s, $1)', kept.name, names, names, kept.name)
            USING kept.rows;
    END LOOP;
END $body$;
CREATE FUNCTION retold.empty() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET session_replication_role = 'replica' AS $body$
DECLARE kept text; filled boolean; guards text[]; guard text;
BEGIN
    FOR kept IN SELECT c.oid::regclass::text FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND c.relname NOT LIKE 'procrastinate%'
        AND c.relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission',
            'database_mark', 'database_clock')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', kept) INTO filled;
        CONTINUE WHEN NOT filled;
        SELECT coalesce(array_agg(tgname), '{}') INTO guards FROM pg_trigger
            WHERE tgrelid = kept::regclass AND NOT tgisinternal AND tgenabled = 'A';
        FOREACH guard IN ARRAY guards LOOP
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', kept, guard);
        END LOOP;
        EXECUTE format('DELETE FROM %s', kept);
        FOREACH guard IN ARRAY guards LOOP
            EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', kept, guard);
        END LOOP;
    END LOOP;
END $body$;
"""


@dataclass
class Told:
    """What a step left: rows since the step before, the story's own state, who was asking."""

    rows: Rows
    gone: str
    came: str
    asking: list[str]
    left: Any  # (the teller's __dict__, what the step returned)
    memo: tuple[object, ...]  # the teller and its cast, as they were


class Begun:
    """How far the present test has been told by steps alone; `None`: something else was done."""

    def __init__(self) -> None:
        self.so_far: tuple[Any, ...] | None = None
        self.within = 0
        self.tellers = 0


begun = Begun()
TOLD: dict[tuple[Any, ...], Told] = {}
PACKS: list[object] = []
READS = ("SELECT", "SAVEPOINT", "RELEASE", "SET ", "SHOW")


def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Whatever a test writes or takes back by itself ends the retelling."""
    if not begun.within and not str(sql).lstrip(" (").upper().startswith(READS):
        begun.so_far = None
    return execute(sql, params, many, context)


@contextmanager
def watched(*, rolled_back: bool) -> Iterator[None]:
    """A test's own time: only what is rolled back after it can be handed on."""
    begun.so_far, begun.within, begun.tellers = (() if rolled_back else None), 0, 0
    if not rolled_back:
        yield
        return
    with connection.execute_wrapper(watch):
        yield
    begun.so_far = None


def step(method: Callable[..., Any]) -> Callable[..., Any]:
    """A step of a story or a cast: told, or handed over as it was told before."""

    @functools.wraps(method)
    def telling(self: Any, *args: Any, **said: Any) -> Any:
        if begun.within or begun.so_far is None:
            return method(self, *args, **said)
        key = _key(self, method.__name__, args, said)
        if key is None:
            begun.so_far = None
            return method(self, *args, **said)
        if (told := TOLD.get(key)) is not None:
            result = _again(self, told, args)
        else:
            result = _tell(self, key, functools.partial(method, self, *args, **said))
        begun.so_far = key
        return result

    return telling


def steps(teller: type[Teller]) -> type[Teller]:
    """Every public function of a class, and its beginning, is a step."""
    for name, found in list(vars(teller).items()):
        if callable(found) and (not name.startswith("_") or name == "__init__"):
            setattr(teller, name, step(found))
    return teller


def _tell(self: Any, key: tuple[Any, ...], telling: Callable[[], Any]) -> Any:
    before = TOLD[begun.so_far].rows if begun.so_far in TOLD else None
    before = _rows({}) if before is None else before
    begun.within += 1
    try:
        result = telling()
        after = _rows(before)
        gone, came = _difference(before, after)
        memo = (self, getattr(self, "cast", self))
        left = copy.deepcopy((vars(self), result), {id(each): each for each in memo})
        TOLD[key] = Told(after, gone, came, _asking(), left, memo)
    except BaseException:
        begun.so_far = None
        raise
    finally:
        begun.within -= 1
    return result


def _again(self: Any, told: Told, args: tuple[Any, ...]) -> Any:
    begun.within += 1
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT retold.again(%s, %s)", [told.gone, told.came])
            for name, value in zip(ASKING, told.asking, strict=True):
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
            cursor.execute("SELECT set_config('waymark.now', %s, true)", [clock.now().isoformat()])
    finally:
        begun.within -= 1
    was, cast = told.memo
    begins_with = args[0] if args and hasattr(args[0], "teller") else self
    now = vars(self).get("cast", begins_with)
    state, result = copy.deepcopy(told.left, {id(was): self, id(cast): now})
    vars(self).clear()
    vars(self).update(state)
    if "cast" in state:
        self.cast = now
    return result


def _key(self: Any, name: str, args: Any, said: Any) -> tuple[Any, ...] | None:
    assert begun.so_far is not None
    if name == "__init__":
        begun.tellers += 1
        vars(self)["teller"] = begun.tellers
    case = vars(self).get("case")
    stands = (case.pk, case.stage, case.version) if case is not None else None
    try:
        spoken = _plain([args, said])
    except TypeError:
        return None
    moment = (clock.offset.get(), clock.now().strftime("%Y-%m-%d %H"), _pack())
    one = (vars(self).get("teller"), name, spoken, stands, tuple(sorted(vars(self))), moment)
    return (*begun.so_far, one)


def _pack() -> int:
    pack = in_force()
    if not any(each is pack for each in PACKS):
        PACKS.append(pack)
    return next(number for number, each in enumerate(PACKS) if each is pack)


def _plain(said: Any) -> Any:
    """What was said, as something that can be compared; TypeError where it can't be."""
    match said:
        case None | str() | int() | date() | timedelta():
            return said
        case Model():
            return (type(said).__name__, said.pk)
        case dict():
            return tuple((_plain(name), _plain(value)) for name, value in said.items())
        case list() | tuple():
            return tuple(_plain(each) for each in said)
        case _ if dataclasses.is_dataclass(said) and not isinstance(said, type):
            fields = dataclasses.fields(said)
            return (type(said).__name__, *(_plain(getattr(said, each.name)) for each in fields))
        case _ if hasattr(said, "teller"):
            return ("teller", said.teller)
    raise TypeError


def _asking() -> list[str]:
    with connection.cursor() as cursor:
        names = ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in ASKING)
        cursor.execute(f"SELECT {names}")
        return list(cursor.fetchone())


def _rows(before: Rows) -> Rows:
    """Every row there is; what has not changed is the same string as before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT named, found::text FROM retold.rows()")
        found = {name: json.loads(rows) for name, rows in cursor.fetchall()}
    after: Rows = {}
    for name, rows in found.items():
        known = before.get(name, {})
        after[name] = {}
        for key, row in rows.items():
            text = json.dumps(row)
            after[name][key] = known[key] if known.get(key) == text else text
    return after


def _difference(before: Rows, after: Rows) -> tuple[str, str]:
    gone: dict[str, list[str]] = {}
    came: dict[str, list[str]] = {}
    for name in before.keys() | after.keys():
        was, now = before.get(name, {}), after.get(name, {})
        if left := [key for key, row in was.items() if now.get(key) != row]:
            gone[name] = left
        if new := [row for key, row in now.items() if was.get(key) != row]:
            came[name] = sorted(new, key=_in_order) if name == "audit_event" else new
    written = ", ".join(f"{json.dumps(name)}: [{', '.join(rows)}]" for name, rows in came.items())
    return json.dumps(gone), f"{{{written}}}"


def _in_order(event: str) -> tuple[int, int]:
    read = json.loads(event)
    return read["chain"], read["number"]
