"""Every table of every part of a case, asked by every role: who reads it follows from its part.

The table of who sees what is written here by hand from the design; `docs/access.md` is drawn from
the code. What a table shows to somebody beyond its part stands here too, with why.
"""

import pytest
from django.apps import apps
from django.db import connection

from tests.cast import Cast, acting
from tests.security.test_walk_of_roles import Walk
from waymark.database.record import Part, Record

pytestmark = pytest.mark.slow
POLICE = {"police_officer", "police_lead"}
CHAIRS = {"chair", "vice_chair"}
LEADS = {"families_lead"}  # who leads the case
PARTS = {
    Part.CASE: POLICE | CHAIRS | LEADS | {"coordinator"},
    Part.NAME: POLICE | CHAIRS | LEADS | {"coordinator"},
    Part.PERSON: POLICE | CHAIRS | LEADS,
    Part.REFERRAL: POLICE,
    Part.EXTRACT: POLICE | CHAIRS | LEADS,
    Part.REFERRER: POLICE | CHAIRS | LEADS,
    Part.UNKNOWN_REFERRER: POLICE,
    Part.WORK: POLICE | CHAIRS | LEADS,
    Part.HELD: POLICE,
    Part.REQUEST: POLICE | CHAIRS | LEADS | {"coordinator"},
    Part.ASSESSMENT: POLICE | CHAIRS | LEADS,
    Part.PLAN: POLICE | CHAIRS | LEADS,
    Part.PANEL: POLICE | CHAIRS | LEADS | {"coordinator"},
    Part.TRAITS: set(),
    Part.SIGHT: POLICE | CHAIRS,
}
SUPPORT = {"support_lead", "provider"}
BEYOND: dict[str, set[str]] = {
    "support_piece": SUPPORT,  # the piece that they deliver
    "support_pieceturn": SUPPORT,
    # what one was shown, and one's own tasks
    "cases_grant": SUPPORT | {"families_lead", "adult_lead", "panel_member"},
    "cases_task": SUPPORT | {"partner"},
}


def tables() -> list[tuple[str, Part]]:
    """Every table that hangs on a case, with its part."""
    return sorted(
        (model._meta.db_table, model.kept.part)
        for model in apps.get_models()
        if issubclass(model, Record) and any(f.attname == "case_id" for f in model._meta.fields)
    )


def rows(table: str, case_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE case_id = %s", [case_id])
        return int(cursor.fetchone()[0])


@pytest.mark.requirement("S22")
def test_each_table_is_read_by_those_who_see_its_part(essex: Cast, thurrock: Cast) -> None:
    walk = Walk(essex, thurrock)
    case, wrong, filled = walk.opened.case, [], set()
    found: dict[str, set[str]] = {table: set() for table, _ in tables()}
    for who, user in walk.people.items():
        acting(user)
        for table in found:
            if rows(table, case.pk):
                found[table].add(who)
    for table, part in tables():
        if found[table]:
            filled.add(part)
            may = PARTS[part] | BEYOND.get(table, set())
            if found[table] != may:
                wrong.append((table, part.value, found[table] - may, may - found[table]))
    assert not wrong, "\n".join(map(str, wrong))
    assert len(filled) >= 6
