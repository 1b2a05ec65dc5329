"""Who sees a case and its person, in the database's own words: from the table in cases/sight.py."""

from django.db import migrations

from waymark.cases import sight
from waymark.cases.sight import of_a_case, of_a_person, sees
from waymark.database.guard import (
    DUTY,
    ME,
    SIGNED_IN,
    VISITING,
    also,
    definer,
    guarded,
    only_appended,
)
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.sight import holds

CHANGED = "SELECT, INSERT, UPDATE"
SOMEBODY = f"{SIGNED_IN} OR {VISITING}"  # a visitor writes what they may not read
OF_THE_CASE = of_a_case(Part.CASE)
# a post with an area, or one that serves every area; a task's person; or whoever sees the case
MY_TASK = (
    f"user_id = {ME} OR (user_id IS NULL AND"
    " (role || ':' || coalesce(area_id::text, '')) = ANY (ARRAY(SELECT my_posts())))"
    f" OR (case_id IS NOT NULL AND {OF_THE_CASE})"
    f" OR (case_id IS NULL AND {holds(Role.POLICE_OFFICER, Role.POLICE_LEAD)})"
)
SAFEGUARDING = (
    f"(case_id IS NOT NULL AND {of_a_case(Part.WORK)})"
    f" OR (case_id IS NULL AND {holds(Role.POLICE_OFFICER, Role.POLICE_LEAD)})"
)


def of_work(table: str, *, rights: str = "SELECT, INSERT") -> list[migrations.RunSQL]:
    return guarded(table, see=of_a_case(Part.WORK), rights=rights)


def of_a_persons(table: str, part: Part) -> list[migrations.RunSQL]:
    return guarded(table, see=of_a_person(part), add=SOMEBODY)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_tables"),
        ("people", "0001_tables"),
        ("directory", "0002_guard"),
        ("audit", "0002_guard"),
    ]
    operations = [
        definer("my_areas(part text, since text)", "SETOF bigint", sight.my_areas()),
        definer("my_cases(part text)", "SETOF bigint", sight.MY_CASES),
        definer("my_objects(part text)", "SETOF bigint", sight.MY_OBJECTS),
        definer("my_exclusions()", "SETOF bigint", sight.MY_EXCLUSIONS),
        migrations.RunSQL(f"CREATE TYPE sight AS ({sight.SIGHT})", "DROP TYPE sight"),
        definer("my_sight(part text)", "public.sight", sight.MY_SIGHT, stable=True),
        definer(
            "in_sight(kase bigint, seen public.sight)",
            "boolean",
            sight.within("c.id = $1"),
            stable=True,
        ),
        definer(
            "person_in_sight(person bigint, seen public.sight)",
            "boolean",
            sight.within("c.person_id = $1"),
            stable=True,
        ),
        *guarded(
            "cases_case",
            see=sees(Part.CASE, "cases_case"),
            add=sees(Part.WORK, "cases_case"),
            rights=CHANGED,
        ),
        *guarded(
            "cases_grant",
            see=f"user_id = {ME} OR {of_a_case(Part.SIGHT)}",
            add=OF_THE_CASE,
            change=OF_THE_CASE,
            rights=CHANGED,
            to_sight=True,
        ),
        *guarded(
            "cases_exclusion",
            see=of_a_case(Part.SIGHT),
            rights=CHANGED,
            to_sight=True,
        ),
        *guarded("cases_holder", see=OF_THE_CASE, rights=CHANGED),
        *guarded("cases_holderoffer", see=OF_THE_CASE, rights=CHANGED),
        *guarded("cases_task", see=MY_TASK, add=f"{SOMEBODY} OR {DUTY} <> ''", rights=CHANGED),
        *of_work("cases_move"),
        only_appended("cases_move"),
        *guarded("cases_holdreason", see=of_a_case(Part.HELD), rights=CHANGED),
        *of_work("cases_entry"),
        only_appended("cases_entry"),
        *of_work("cases_parallelprocess"),
        *of_work("cases_riskassessment"),
        only_appended("cases_riskassessment"),
        *guarded("cases_safeguardingreferral", see=SAFEGUARDING, rights=CHANGED),
        *of_work("cases_supportconsent"),
        only_appended("cases_supportconsent"),
        *of_work("cases_sharingposition"),
        only_appended("cases_sharingposition"),
        *of_work("cases_told"),
        only_appended("cases_told"),
        *guarded(
            "people_person",
            see=of_a_person(Part.CASE, "people_person.id"),
            add=SOMEBODY,
        ),
        *of_a_persons("people_name", Part.NAME),
        *(
            step
            for table in ("birthdate", "address", "telephone", "email", "place", "identifier")
            for step in of_a_persons(f"people_{table}", Part.PERSON)
        ),
        *guarded(
            "people_sameperson",
            see=of_a_person(Part.PERSON, "one_id"),
            add=holds(Role.POLICE_OFFICER, Role.POLICE_LEAD),
        ),
        only_appended("people_sameperson"),
        also(
            "audit_event",
            "auditor",
            f"FOR SELECT TO waymark_app USING ({holds(Role.AUDITOR)})",
        ),
    ]
