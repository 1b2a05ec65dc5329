"""What each database role may do, beyond what the policies let it see."""

import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import Error

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.models import Case
from waymark.database.clock import now, today
from waymark.database.keys import random_key
from waymark.project.embedded.cluster import Cluster

RIGHTS = Path(__file__).with_name("rights.txt")
ASKED = """
    SELECT format('%s %s %s', grantee, table_name, string_agg(left(privilege_type, 1), ''
        ORDER BY privilege_type))
    FROM information_schema.role_table_grants
    WHERE grantee LIKE 'waymark%' AND grantee <> 'waymark_owner' AND table_schema = 'public'
    GROUP BY grantee, table_name
    UNION SELECT format('PUBLIC %s', table_name) FROM information_schema.role_table_grants
    WHERE grantee = 'PUBLIC' AND table_schema = 'public'
    ORDER BY 1
"""


# Anybody's act may leave a task or a subject behind, so no policy asks about the case: what keeps
# its key from being guessed is that it is random.
ANYBODY_ADDS = {"cases_task", "referrals_subject"}


def rights(cluster: Cluster) -> list[str]:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(cluster.superuser, dbname=name) as strong:
        return [row[0] for row in strong.execute(ASKED)]


@pytest.mark.requirement("S77")
def test_rights_are_exactly_those_written_down(db: None, cluster: Cluster) -> None:
    """A line is a role, a table, and what it may do there: Delete, Insert, Select, Update.

    Where a change is meant: WRITE_RIGHTS=write makes the file anew, for review.
    """
    found = "\n".join(rights(cluster)) + "\n"
    if os.environ.get("WRITE_RIGHTS") == "write":
        RIGHTS.write_text(found)
    assert found == RIGHTS.read_text()


@pytest.mark.requirement("S77", "S51")
def test_no_running_role_may_empty_a_table_or_change_the_audit(db: None, cluster: Cluster) -> None:
    for line in rights(cluster):
        role, table, *may = line.split(" ")
        assert role != "PUBLIC"
        assert set("".join(may)) <= set("DISU"), line
        if table == "audit_head":  # moved on by a function of this role's, never by itself
            assert role in ("waymark_sight", "waymark_verifier"), line
        elif table == "audit_noted":  # what the next checkpoint leaves out: a lie shows in its root
            assert set("".join(may)) <= set("ISU"), line
        elif table.startswith("audit_"):
            assert set("".join(may)) <= set("IS"), line
        elif role in ("waymark_verifier", "waymark_sight"):
            assert may == ["S"], line


@pytest.mark.requirement("S78")
def test_no_view_goes_round_the_policies(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relkind, reloptions FROM pg_class WHERE relkind IN ('v', 'm')"
            " AND relnamespace = 'public'::regnamespace"
        )
        for name, kind, options in cursor.fetchall():
            assert kind == "v", f"{name} keeps case data outside the policies"
            assert "security_invoker=true" in (options or []), name


def of_a_case() -> list[type[models.Model]]:
    """The tables that hang on a case."""
    return [
        model
        for model in apps.get_models()
        if any(getattr(field, "remote_field", None) and field.remote_field.model is Case
               and field.name == "case" for field in model._meta.fields)
    ]  # fmt: skip


@pytest.mark.requirement("S84")
def test_a_hidden_case_and_an_absent_one_refuse_a_row_alike(essex: Cast, thurrock: Cast) -> None:
    hidden = Story(essex).screened().case
    acting(thurrock.chair)
    assert len(of_a_case()) >= 15
    for model in of_a_case():
        came = {refusal(model, key) for key in (hidden.pk, random_key())}
        open_to_all = model._meta.db_table in ANYBODY_ADDS
        assert came == {"accepted" if open_to_all else "42501"}, (model, came)


def refusal(model: type[models.Model], case_id: int) -> str:
    """The SQLSTATE for a row of zeros and empties under that case."""
    columns = {field.column: empty(field) for field in model._meta.concrete_fields}
    columns |= {"case_id": case_id}
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})",
                list(columns.values()),
            )
            transaction.set_rollback(True)
    except Error as problem:
        return str(getattr(problem.__cause__, "sqlstate", ""))
    return "accepted"


def empty(field: Any) -> Any:
    """Something that the column takes: it need not make sense, it is refused."""
    if field.null:
        return None
    kinds = {
        models.DateTimeField: now(),
        models.DateField: today(),
        models.BooleanField: False,
        models.BinaryField: b"",
        models.JSONField: "{}",
        models.CharField: "",
        models.TextField: "",
    }
    found = next((kinds[kind] for kind in type(field).__mro__ if kind in kinds), None)
    return random_key() % 30_000 if found is None else found
