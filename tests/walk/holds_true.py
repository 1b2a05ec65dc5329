"""What holds true of every case after every step, whatever was tried."""

from tests.cast import INSTALLATION
from tests.walk.known import Known, Person
from tests.walk.watch import asked, everything_seen, faults_of_the_audit
from waymark.cases.models import Task
from waymark.database.guard import become

AFTER_AN_END = {
    "review_after_exit", "look_at_telling", "keep_promise", "chase_safeguarding", "raise_harm",
    "panel_action", "read_new_concern", "support_ended",
    "repeat_assessment",  # of an assessment that was signed after the exit
}  # fmt: skip
CASE = """
    SELECT c.stage, c.held_from, c.version, c.opened_to_area_at IS NOT NULL, c.led_by,
        c.ended_at IS NOT NULL, c.closed_date, c.police_until_date,
        (SELECT count(*) FROM cases_holder h WHERE h.case_id = c.id AND h.until_at IS NULL)
    FROM cases_case c WHERE c.id = %s
"""
PIECES = """
    SELECT p.state, p.plan_id = %s FROM support_piece p JOIN support_plan l ON l.id = p.plan_id
    WHERE p.case_id = %s AND l.agreed_at IS NOT NULL
"""
_FINDINGS = "JOIN assessments_finding f ON f.assessment_id = a.id"
_FIXED = " UNION ALL ".join(
    f"SELECT '{table}', t.id, md5(t::text) FROM {table} t JOIN it ON t.case_id = it.the_case"
    for table in (
        "cases_riskassessment", "cases_leadreview", "cases_gathering", "cases_entry", "cases_move",
        "cases_sharingposition", "cases_supportconsent", "sharing_reply", "sharing_itemanswered",
        "panels_nextstepopinion", "panels_decision", "panels_position", "panels_endopinion",
    )
)  # fmt: skip
SIGNED = f"""
    WITH it AS (SELECT %s::bigint AS the_case),
        a AS (SELECT a.* FROM assessments_assessment a, it
            WHERE a.case_id = it.the_case AND a.signed_at IS NOT NULL)
    SELECT 'assessment', a.id, md5(a::text) FROM a
    UNION ALL SELECT 'finding', f.id, md5(f::text) FROM a {_FINDINGS}
    UNION ALL SELECT 'evidence', e.id, md5(e::text) FROM a {_FINDINGS}
        JOIN assessments_evidence e ON e.finding_id = f.id
    UNION ALL {_FIXED}
"""
WAITING = "SELECT id, role, user_id, kind FROM cases_task WHERE done_at IS NULL AND "
SHOWN = """
    SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM cases_task WHERE case_id > 0),
        (SELECT count(*) FROM people_person), (SELECT count(*) FROM people_name),
        (SELECT count(*) FROM cases_move), (SELECT count(*) FROM cases_grant)
"""


def what_was_signed_stands(it: Known) -> None:
    """No word of what was signed, answered or decided before is another now, or gone (R8)."""
    with everything_seen():
        now = {(table, key): digest for table, key, digest in asked(SIGNED, it.case.pk)}
    lost = [one for one, digest in it.signed_rows.items() if now.get(one) != digest]
    assert not lost, f"what stood is changed or gone: {lost}"
    it.signed_rows = now


def stands_as_told(it: Known) -> None:
    """The case stands where the walk says, with one holder, and support only with consent."""
    with everything_seen():
        row = asked(CASE, it.case.pk)[0]
        pieces = asked(PIECES, it.agreed.pk if it.agreed else 0, it.case.pk)
    said = (
        it.stage, it.held_from, it.version, it.opened, it.led_by, it.ended, it.closed_date,
        it.police_until,
    )  # fmt: skip
    assert row[:-1] == said, f"the case is {row[:-1]}, and should be {said}"
    assert row[-1] == 1, f"the case has {row[-1]} holders"
    now = [state for state, in_force in pieces if in_force]
    before = {state for state, in_force in pieces if not in_force}
    assert now == ([it.piece] if it.agreed else []), f"support is {now}, and should be {it.piece}"
    assert before <= {"ended"}, f"support of a plan no longer in force is {before}"
    if {"offered", "running"} & set(now):
        assert it.consent() == "given", "support goes on without consent in force"


def is_on_a_worklist(it: Known, people: list[Person]) -> None:
    """Each task that waits is on the list of somebody whom it waits for; there is at least one."""
    with everything_seen():
        if it.is_case:
            waiting = asked(WAITING + "case_id = %s", it.case.pk)
        else:
            waiting = asked(WAITING + "subject_id = %s", it.story.subject.pk)
    if it.ended or it.stage == "stands":
        late = {kind for _, _, _, kind in waiting} - AFTER_AN_END
        assert not late, f"the case has ended, and still waits for somebody: {late}"
        return
    assert waiting, "nothing waits for anybody: the case is lost"
    for who, tasks in _whom(it, waiting, people).items():
        listed = _list_of(people[who])
        lost = [kind for key, kind in tasks if key not in listed]
        assert not lost, f"{people[who]} does not see what waits for them: {lost}"


def _whom(
    it: Known, waiting: list[tuple[int, str, int | None, str]], people: list[Person]
) -> dict[int, list[tuple[int, str]]]:
    """By the place of somebody in `people` whom they wait for: the tasks."""
    found: dict[int, list[tuple[int, str]]] = {}
    for key, role, user, kind in waiting:
        for place, who in enumerate(people):
            named = who.user.pk == user
            if named or (user is None and role in who.posts and who.cast is it.cast):
                found.setdefault(place, []).append((key, kind))
                break
        else:
            raise AssertionError(f"nobody is there for a task: {kind}, of {role}")
    return found


def _list_of(who: Person) -> set[int]:
    who.become()
    return set(Task.objects.waiting().of(who.user).values_list("pk", flat=True))


def is_seen_by_none_of(strangers: list[Person]) -> None:
    """Outsiders, and people of another area, see no case, no task, no name."""
    for who in strangers:
        who.become()
        seen = asked(SHOWN)[0]
        assert not any(seen), f"{who} sees what is not theirs: {seen}"


def is_hidden_everywhere_from(it: Known, strangers: list[Person], tables: list[str]) -> None:
    """No row of any table that names this case is shown to any of them."""
    counts = ", ".join(f"(SELECT count(*) FROM {name} WHERE case_id = %s)" for name in tables)
    for who in strangers:
        who.become()
        seen = asked(f"SELECT {counts}", *[it.case.pk] * len(tables))[0]
        shown = [name for name, number in zip(tables, seen, strict=True) if number]
        assert not shown, f"{who} sees rows of: {', '.join(shown)}"


def audit_verifies(tables: list[str]) -> None:
    """Chains, seals and heads fit; so does every row of `tables`, of which none is unspoken of."""
    become(INSTALLATION)
    faults = faults_of_the_audit(tables)
    assert not faults, f"the audit does not verify: {faults}"
