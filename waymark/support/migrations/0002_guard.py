"""Who sees plans and pieces; and no piece runs, no session is held, without consent in force."""

from django.db import migrations

from waymark.cases.sight import of_a_case
from waymark.database.guard import (
    ME,
    RUNNING,
    also,
    definer,
    granted,
    guarded,
    only_appended,
)
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.sight import holds, holds_in

CHANGED = "SELECT, INSERT, UPDATE"
PLAN = of_a_case(Part.PLAN)
MINE = "ANY (ARRAY(SELECT my_objects('plan')))"
NOT_EXCLUDED = "NOT (case_id = ANY (ARRAY(SELECT my_exclusions())))"
OF_MY_PIECE = f"{PLAN} OR (piece_id = {MINE} AND {NOT_EXCLUDED})"
MY_BODY = f"(SELECT u.organisation_id FROM directory_user u WHERE u.id = {ME})"
LOOKS = holds(
    Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.ADULT_LEAD, Role.FAMILIES_LEAD,
    Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.SUPPORT_LEAD,
)  # fmt: skip

# The floor under `support.consents`: somebody who answers said yes to the plan in force, and the
# person has not said no. Who must answer, by age, is the rule's to say.
CONSENT_STANDS = """
    SELECT coalesce(bool_or(a.state = 'given'), false)
        AND NOT coalesce(
            bool_or(a.answerer = 'person' AND a.state IN ('refused', 'withdrawn')), false)
    FROM (SELECT DISTINCT ON (s.answerer, s.answerer_name) s.answerer, s.state
        FROM public.cases_supportconsent s WHERE s.case_id = $1 AND s.at >=
            (SELECT max(p.agreed_at) FROM public.support_plan p WHERE p.case_id = $1)
        ORDER BY s.answerer, s.answerer_name, s.at DESC, s.id DESC) a
"""
RUNS = (
    "EXISTS (SELECT FROM support_piece p WHERE p.id = piece_id"
    " AND p.case_id = support_session.case_id AND p.state = 'running')"
    " AND consent_stands(case_id)"
)


class Migration(migrations.Migration):
    dependencies = [("support", "0001_tables"), ("cases", "0002_guard")]
    operations = [
        granted("cases_supportconsent", "SELECT", to="waymark_sight"),
        also("cases_supportconsent", "sight", "FOR SELECT TO waymark_sight USING (true)"),
        *guarded("support_plan", see=PLAN, rights=CHANGED, to_sight=True),
        definer("consent_stands(of_case bigint)", "boolean", CONSENT_STANDS),
        *guarded("support_answerer", see=of_a_case(Part.WORK), rights=CHANGED),
        *guarded("support_need", see=PLAN),
        only_appended("support_need"),
        *guarded("support_needdisposal", see=PLAN),
        only_appended("support_needdisposal"),
        *guarded(
            "support_piece",
            see=f"{PLAN} OR (id = {MINE} AND {NOT_EXCLUDED})",
            add=f"{PLAN} AND state = 'planned'",
            rights="SELECT, INSERT, UPDATE (state)",
        ),
        also(
            "support_piece",
            "runs_with_consent",
            f"AS RESTRICTIVE FOR UPDATE TO {RUNNING} USING (true)"
            " WITH CHECK (state NOT IN ('offered', 'running') OR consent_stands(case_id))",
        ),
        *guarded("support_pieceturn", see=OF_MY_PIECE),
        only_appended("support_pieceturn"),
        *guarded(
            "support_session",
            see=OF_MY_PIECE,
            add=f"({OF_MY_PIECE}) AND by_id = {ME} AND organisation_id = {MY_BODY} AND {RUNS}",
        ),
        only_appended("support_session"),
        *guarded("support_reconciliation", see=PLAN),
        only_appended("support_reconciliation"),
        *guarded(
            "support_providercheck",
            see=f"{LOOKS} OR organisation_id = {MY_BODY}",
            add=holds_in("area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR),
        ),
        only_appended("support_providercheck"),
    ]
