"""Who sees what: one table, role × part × since when.

It writes the policies of the database, `visible_to` and docs/access.md. A grant shows a part
of one case beyond it; a restricted case is for named people only, whatever post or grant others
have; an exclusion beats all of these, and an emergency too.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from django.db.migrations import RunSQL

from waymark.database.guard import ME, NOW, RUNNING, TODAY, also
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.sight import IN_FORCE


class Since(StrEnum):
    """From when, and until when, a post shows its holder the cases of the area."""

    OPEN = auto()  # from receipt; after an end, until `police_until_date`
    OPENED = auto()  # once opened to the area, until the day of the last review
    LED_BY_ADULT = auto()  # the same, for cases that the adult lead leads
    LED_BY_FAMILIES = auto()


@dataclass(frozen=True)
class Sight:
    role: Role
    since: Since
    parts: frozenset[Part]


OF_A_CASE = frozenset(set(Part) - {Part.DIRECTORY, Part.AUDIT, Part.SYSTEM})
POLICE = OF_A_CASE - {Part.TRAITS}
CHAIR = POLICE - {Part.HELD, Part.REFERRAL, Part.UNKNOWN_REFERRER}
LEAD = CHAIR - {Part.SIGHT}
COORDINATOR = frozenset({Part.CASE, Part.NAME, Part.REQUEST, Part.PANEL})

STANDING = (
    Sight(Role.POLICE_OFFICER, Since.OPEN, POLICE),
    Sight(Role.POLICE_LEAD, Since.OPEN, POLICE),
    Sight(Role.CHAIR, Since.OPENED, CHAIR),
    Sight(Role.VICE_CHAIR, Since.OPENED, CHAIR),
    Sight(Role.COORDINATOR, Since.OPENED, COORDINATOR),
    Sight(Role.ADULT_LEAD, Since.LED_BY_ADULT, LEAD),
    Sight(Role.FAMILIES_LEAD, Since.LED_BY_FAMILIES, LEAD),
)


def roles_for(part: Part, since: Since) -> frozenset[str]:
    """The roles whose holders see `part` of an area's cases by their post alone."""
    return frozenset(
        sight.role.value for sight in STANDING if sight.since == since and part in sight.parts
    )


# ---- the same, in the database's words


def my_areas() -> str:
    """The body of `my_areas(part, since)`: the areas whose cases one's posts show."""
    rows = ", ".join(
        f"('{sight.role.value}', '{part.value}', '{sight.since.value}')"
        for sight in STANDING
        for part in sorted(sight.parts)
    )
    return (
        "SELECT a.id FROM public.directory_area a JOIN public.directory_appointment p"
        f" ON p.area_id = a.id OR p.area_id IS NULL WHERE p.user_id = {ME} AND {IN_FORCE}"
        f" AND (p.role, $1, $2) IN (VALUES {rows})"
    )


GRANTED = f"""FROM public.cases_grant g WHERE g.from_at <= {NOW}
    AND (g.until_at IS NULL OR g.until_at > {NOW}) AND g.part = $1 AND (g.user_id = {ME}
    OR (g.user_id IS NULL AND g.organisation_id = (SELECT u.organisation_id
        FROM public.directory_user u WHERE u.id = {ME})
        AND g.role IN (SELECT p.role FROM public.directory_appointment p
            WHERE p.user_id = {ME} AND {IN_FORCE})))"""
MY_CASES = f"SELECT g.case_id {GRANTED} AND g.object_id IS NULL"
MY_OBJECTS = f"SELECT g.object_id {GRANTED} AND g.object_id IS NOT NULL"
MY_EXCLUSIONS = f"""SELECT e.case_id FROM public.cases_exclusion e WHERE e.user_id = {ME}
    AND e.from_at <= {NOW} AND (e.until_at IS NULL OR e.until_at > {NOW})"""


# ---- beyond one's post: named on a restricted case, or reading one in an emergency

NAMED = f"""public.cases_namedperson n WHERE n.user_id = {ME} AND n.until_at IS NULL"""
READING = f"""public.cases_emergencyopening o WHERE o.user_id = {ME} AND o.from_at <= {NOW}
    AND o.until_at > {NOW}"""
MY_EMERGENCIES = f"SELECT o.case_id FROM {READING}"


def shown_to_me() -> str:
    """The body of `my_cases(part)`: by a grant, by being named (then as one's post shows it, and
    always that it is there), and in an emergency, as if it were of one's own area."""
    in_emergency = ", ".join(
        f"('{role}', '{part.value}')"
        for part in sorted(OF_A_CASE)
        for role in sorted(roles_in_emergency(part))
    )
    return f"""{MY_CASES}
    UNION SELECT n.case_id FROM {NAMED} AND ($1 = 'case' OR EXISTS (
        SELECT FROM public.cases_case c WHERE c.id = n.case_id AND ({_by_post()})))
    UNION SELECT o.case_id FROM {READING} AND EXISTS (
        SELECT FROM public.directory_appointment p WHERE p.user_id = {ME} AND {IN_FORCE}
        AND (p.role, $1) IN (VALUES {in_emergency}))"""


def roles_in_emergency(part: Part) -> frozenset[str]:
    """The roles that see `part` of a case opened in an emergency: what their post would show."""
    return frozenset(sight.role.value for sight in STANDING if part in sight.parts)


def kept_from_me() -> str:
    """The body of `my_exclusions()`: the cases that are not there for who asks. Those that they
    must not see; and restricted ones on which they are not named, but for an emergency."""
    return f"""{MY_EXCLUSIONS}
    UNION SELECT c.id FROM public.cases_case c WHERE c.restricted AND {ME} IS NOT NULL
        AND c.id NOT IN (SELECT n.case_id FROM {NAMED})
        AND c.id NOT IN ({MY_EMERGENCIES})"""


def seen_by_post() -> str:
    """The body of `seen_by_post(of_case)`: who sees a case by which post, as one who sees it asks.

    Past the policies, since whoever hands work on need not see who is kept out of the case.
    """
    since = " OR ".join(
        f"(p.role IN ({_quoted(roles_for(Part.CASE, each))})"
        f" AND {_IN_TIME[each].format(c='c', today=TODAY)})"
        for each in Since
    )
    return f"""SELECT p.user_id, p.role::text FROM public.cases_case c
    JOIN public.directory_appointment p ON p.area_id = c.area_id OR p.area_id IS NULL
    JOIN public.directory_user u ON u.id = p.user_id AND u.is_active
    WHERE c.id = $1 AND c.id NOT IN (SELECT public.my_exclusions()) AND {IN_FORCE}
    AND (NOT c.restricted OR p.user_id IN (SELECT n.user_id FROM public.cases_namedperson n
        WHERE n.case_id = c.id AND n.until_at IS NULL))
    AND p.user_id NOT IN (SELECT e.user_id FROM public.cases_exclusion e WHERE e.case_id = c.id
        AND e.from_at <= {NOW} AND (e.until_at IS NULL OR e.until_at > {NOW}))
    AND ({since})"""


def _quoted(roles: frozenset[str]) -> str:
    return ", ".join(f"'{role}'" for role in sorted(roles))


def _by_post() -> str:
    return " OR ".join(
        f"(c.area_id IN (SELECT public.my_areas($1, '{since.value}'))"
        f" AND {_IN_TIME[since].format(c='c', today=TODAY)})"
        for since in Since
    )


_IN_TIME = {
    Since.OPEN: "({c}.police_until_date IS NULL OR {c}.police_until_date >= {today})",
    Since.OPENED: "({c}.opened_to_area_at IS NOT NULL"
    " AND ({c}.closed_date IS NULL OR {c}.closed_date >= {today}))",
}
_IN_TIME[Since.LED_BY_ADULT] = f"({_IN_TIME[Since.OPENED]} AND {{c}}.led_by = 'adult_lead')"
_IN_TIME[Since.LED_BY_FAMILIES] = f"({_IN_TIME[Since.OPENED]} AND {{c}}.led_by = 'families_lead')"


def sees(part: Part, case: str = "c") -> str:
    """The SQL condition, over the case's row `case`, that who asks sees this part of it.

    Arrays: asked once for a query, so that a key-paged list stays under a millisecond.
    """
    standing = " OR ".join(
        f"({case}.area_id = ANY (ARRAY(SELECT my_areas('{part.value}', '{since.value}')))"
        f" AND {_IN_TIME[since].format(c=case, today=TODAY)})"
        for since in Since
        if roles_for(part, since)
    )
    return (
        f"((NOT {case}.restricted AND ({standing or 'false'}))"
        f" OR {case}.id = ANY (ARRAY(SELECT my_cases('{part.value}'))))"
        f" AND NOT ({case}.id = ANY (ARRAY(SELECT my_exclusions())))"
    )


# What one sees of one part, asked once for a query: areas by their posts, cases by name.
SIGHT = "{since}, granted bigint[], excluded bigint[]".format(
    since=", ".join(f"{since.value} bigint[]" for since in Since)
)
MY_SIGHT = "BEGIN RETURN ROW({areas}, {granted}, ARRAY(SELECT public.my_exclusions())); END".format(
    areas=", ".join(f"ARRAY(SELECT public.my_areas($1, '{since.value}'))" for since in Since),
    granted="ARRAY(SELECT g.id FROM (SELECT public.my_cases($1) AS id) g WHERE $1 = 'case'"
    " OR public.in_sight(g.id, (SELECT public.my_sight('case'))))",
)


def within(which: str) -> str:
    """The body of a function that says whether a case, found by `which`, is in sight `$2`."""
    standing = " OR ".join(
        f"(c.area_id = ANY ($2.{since.value}) AND {_IN_TIME[since].format(c='c', today=TODAY)})"
        for since in Since
    )
    return (
        f"BEGIN RETURN EXISTS (SELECT FROM public.cases_case c WHERE {which}"
        f" AND ((NOT c.restricted AND ({standing})) OR c.id = ANY ($2.granted))"
        " AND c.id <> ALL ($2.excluded)); END"
    )


def of_a_case(part: Part, case_id: str = "case_id") -> str:
    """The SQL condition for a table that hangs on a case: a look at that case, for each row.

    The function reads the cases past their own policies: to plan those anew in the policy of
    every table took longer than to answer.
    """
    return f"in_sight({case_id}, (SELECT my_sight('{part.value}')))"


def of_a_person(part: Part, person_id: str = "person_id") -> str:
    """The SQL condition for a row about a person: seen with a case of theirs."""
    return f"person_in_sight({person_id}, (SELECT my_sight('{part.value}')))"


# ---- what a case that is kept from somebody takes along: every table that names it

KEPT_FROM_OTHERS = "case_id IS NULL OR case_id <> ALL (ARRAY(SELECT my_exclusions()))"
ONLY_READ = "case_id IS NULL OR case_id <> ALL (ARRAY(SELECT my_emergencies()))"
# Looks are one's own; an opening is written before anybody knows what it opens.
NOT_KEPT = ("audit_look", "cases_emergencyopening", "cases_emergencywords")


def kept_from_others(table: str) -> list[RunSQL]:
    """Migration steps for each table with a `case_id`, after `guarded`: not even by a row's own
    policy does somebody see what is kept from them, or change what they read in an emergency.

    A task is added by anybody's act, who need not see the case.
    """
    steps = [
        also(
            table, "kept_see", f"AS RESTRICTIVE FOR SELECT TO {RUNNING} USING ({KEPT_FROM_OTHERS})"
        ),
        also(
            table,
            "only_read_change",
            f"AS RESTRICTIVE FOR UPDATE TO {RUNNING} USING ({KEPT_FROM_OTHERS})"
            f" WITH CHECK ({ONLY_READ})",
        ),
    ]
    if table != "cases_task":
        both = f"({KEPT_FROM_OTHERS}) AND ({ONLY_READ})"
        steps.append(
            also(table, "kept_add", f"AS RESTRICTIVE FOR INSERT TO {RUNNING} WITH CHECK ({both})")
        )
    return steps
