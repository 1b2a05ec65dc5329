"""A register of many people and cases, written by the server itself: no use case is run.

Most cases have ended and are out of sight; of each area the same few come to the next panel,
whatever the size, so that a page shows as much in a small register as in a large one.
"""

from psycopg import Connection

AREAS = 10
AT_PANEL = 20  # of each area
OPEN = 20  # every so many cases is open
DATED = "now() - (i % 2000) * interval '1 day'"

# A random-looking key for row `i` of a table, the same wherever it is asked for.
KEY = """CREATE FUNCTION pg_temp.key(kind text, i bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT ('x' || substr(md5(kind || i), 1, 16))::bit(64)::bigint & 9223372036854775807 $$"""
SALT = "decode(md5(i::text), 'hex')"
ROWS = "generate_series(1, {size}) AS i"
STAGE = f"""CASE WHEN i <= {AREAS * AT_PANEL} THEN 'panel' WHEN i % {OPEN} = 0 THEN 'gathering'
    ELSE 'no_further_action' END"""
IS_OPEN = f"(i <= {AREAS * AT_PANEL} OR i % {OPEN} = 0)"

STEPS = (
    KEY,
    """INSERT INTO directory_area (id, salt, code, name)
    SELECT pg_temp.key('area', i), {salt}, 'area-' || i, 'Area ' || i
    FROM generate_series(1, {areas} - 1) AS i""",
    """CREATE TEMP TABLE areas AS
    SELECT row_number() OVER (ORDER BY code <> 'essex', code) - 1 AS n, id FROM directory_area""",
    """INSERT INTO people_person (id, salt, source, made_at)
    SELECT pg_temp.key('person', i), {salt}, 'referral', {dated} FROM {rows}""",
    """INSERT INTO people_name (id, salt, source, noted_at, corrected, person_id, forenames,
        surname, kind)
    SELECT pg_temp.key('name', i), {salt}, 'referral', {dated}, '', pg_temp.key('person', i),
        'Invented ' || (i % 977), 'Person ' || (i % 9973), 'given' FROM {rows}""",
    """INSERT INTO people_birthdate (id, salt, source, noted_at, corrected, person_id, year, month,
        day)
    SELECT pg_temp.key('born', i), {salt}, 'referral', {dated}, '', pg_temp.key('person', i),
        1950 + i % 65, 1 + i % 12, 1 + i % 28 FROM {rows}""",
    """INSERT INTO cases_case (id, salt, reference, person_id, area_id, stage, held_from, led_by,
        restricted, opened_at, opened_to_area_at, ended_at, closed_date, police_until_date, version,
        edition)
    SELECT pg_temp.key('case', i), {salt}, 'B' || i, pg_temp.key('person', i), a.id, {stage}, '',
        'families_lead', false, {dated}, {dated},
        CASE WHEN {is_open} THEN NULL ELSE {dated} END,
        CASE WHEN {is_open} THEN NULL ELSE current_date - 400 END,
        CASE WHEN {is_open} THEN NULL ELSE current_date - 400 END, 1, {edition}
    FROM {rows} JOIN areas a ON a.n = i % {areas}""",
    """INSERT INTO cases_holder (id, salt, case_id, user_id, role, from_at)
    SELECT pg_temp.key('holder', i), {salt}, pg_temp.key('case', i), {holder}, 'police_officer',
        {dated} FROM {rows} WHERE {is_open}""",
    """INSERT INTO cases_move (id, salt, case_id, start, "to", by_id, at, why, clause, edition)
    SELECT pg_temp.key('move', i), {salt}, pg_temp.key('case', i), '', 'gathering', {holder},
        {dated}, 'Partners should look at it together', '2.5.6', {edition} FROM {rows}""",
    """INSERT INTO cases_task (id, salt, case_id, kind, role, area_id, user_id, why, clause,
        made_at, due_date, done_at, outcome)
    SELECT pg_temp.key('task', i), {salt}, pg_temp.key('case', i), 'gather', 'police_officer', a.id,
        {holder}, 'Gather enough', '2.7.3', {dated}, current_date + (i % 30)::int,
        CASE WHEN {is_open} THEN NULL ELSE {dated} END, ''
    FROM {rows} JOIN areas a ON a.n = i % {areas}""",
)


def fill(connection: Connection, *, size: int, holder: int, edition: str) -> None:
    """Write `size` people and cases. `holder`: the key of whoever holds what is open."""
    words = {
        "rows": ROWS.format(size=size), "salt": SALT, "dated": DATED, "areas": str(AREAS),
        "stage": STAGE, "is_open": IS_OPEN, "holder": str(holder), "edition": f"'{edition}'",
    }  # fmt: skip
    for step in STEPS:
        connection.execute((step if step is KEY else step.format(**words)).encode())
    connection.execute(b"ANALYZE")
