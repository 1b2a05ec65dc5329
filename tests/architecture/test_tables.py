"""Every table is guarded, says how it is kept, and shows nothing to nobody."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from tests.cast import Cast
from tests.story import Story
from waymark.cases import sight
from waymark.database.guard import forget_who_asks
from waymark.database.record import Kept, Record

pytestmark = pytest.mark.quick

# Without row-level security, on purpose: what they hold is nobody's.
OPEN_TABLES = {
    "database_mark",
    "database_clock",
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    "audit_head",  # no rights at all: only its own functions read it
}
COMMANDS = {"r", "a", "w", "d"}


def ours() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("waymark."):
            yield model


@pytest.mark.requirement("S78")
def test_every_table_is_guarded_by_a_policy_for_each_command(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " (SELECT coalesce(string_agg(DISTINCT p.polcmd::text, ''), '')"
            "  FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c WHERE c.relkind IN ('r', 'p')"
            " AND c.relnamespace = 'public'::regnamespace"
        )
        for table, guarded, commands in cursor.fetchall():
            if table in OPEN_TABLES or table.startswith("procrastinate_"):
                continue
            assert guarded, f"{table} has no forced row-level security"
            assert set(commands) >= COMMANDS or "*" in commands, (table, commands)


@pytest.mark.requirement("S79")
@pytest.mark.parametrize("asker", ["", "garbage", "-1", "1 OR true", "9" * 19, "9" * 40])
def test_without_a_user_every_table_is_empty(essex: Cast, asker: str) -> None:
    Story(essex).screened()
    forget_who_asks()
    with connection.cursor() as cursor:
        for name in ("user", "visitor", "duty"):
            cursor.execute("SELECT set_config(%s, %s, true)", [f"waymark.{name}", asker])
            if name == "duty":  # an unknown duty sees the directory at most
                cursor.execute("SELECT set_config('waymark.duty', '', true)")
        for model in ours():
            table = model._meta.db_table
            if table in OPEN_TABLES:
                continue
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_every_model_says_how_it_is_kept() -> None:
    for model in ours():
        if issubclass(model, Record):
            assert isinstance(getattr(model, "kept", None), Kept), model


def test_every_retention_class_is_in_the_pack() -> None:
    from waymark.policy.pack import in_force

    known = {one.code for one in in_force().retention}
    for model in ours():
        if issubclass(model, Record):
            assert model.kept.retention in known, model


@pytest.mark.requirement("S22")
def test_database_reads_the_same_table_of_sight(db: None) -> None:
    """`my_areas` in the database holds every row of the table in cases/sight.py, and no other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'my_areas'")
        assert cursor.fetchone()[0].strip() == sight.my_areas().strip()


@pytest.mark.requirement("S83")
def test_functions_with_rights_of_their_own_are_closed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, r.rolname, r.rolcanlogin, p.proconfig,"
            " has_function_privilege('public', p.oid, 'EXECUTE')"
            " FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE p.prosecdef"
            " AND p.pronamespace <> 'retold'::regnamespace"  # the tests' own
        )
        found = cursor.fetchall()
    assert {row[0] for row in found} >= {"my_areas", "my_cases", "known_before", "audit_take"}
    for name, owner, logs_in, settings, public in found:
        assert owner == "waymark_sight" and not logs_in, name
        assert settings == ["search_path=pg_catalog, pg_temp"], name
        assert not public, name


def test_each_pair_of_when_and_by_whom_has_a_constraint() -> None:
    for model in ours():
        fields = {field.name: field for field in model._meta.get_fields()}
        for name, field in fields.items():
            pair = name.removesuffix("_at") + "_by"
            if name.endswith("_at") and pair in fields and field.null:
                said = " ".join(str(one) for one in model._meta.constraints)
                assert name in said and pair in said, (model, name)
