"""Who sees what the stages before the panel leave behind, and how a case ends."""

from django.db import migrations

from waymark.cases.sight import of_a_case
from waymark.database.guard import ME, RUNNING, also, guarded, only_appended
from waymark.database.record import Part

CHANGED = "SELECT, INSERT, UPDATE"
WORK, HELD = of_a_case(Part.WORK), of_a_case(Part.HELD)
MADE_TO_US = "id = ANY (ARRAY(SELECT my_objects('work')))"
# what waits for somebody to accept the referral that was made to us
OUR_CHASE = "kind = 'chase_safeguarding' AND object_id = ANY (ARRAY(SELECT my_objects('work')))"
# why the police hold a case is theirs, and an assessment that says so tells it
NOT_WHY_HELD = f"(conflict = 'no' AND NOT major_risk) OR by_id = {ME} OR {HELD}"


def appended(table: str) -> list[migrations.RunSQL]:
    return [*guarded(table, see=WORK), only_appended(table)]


def shared_with(table: str, name: str, mine: str) -> list[migrations.RunSQL]:
    """Steps: whoever the row was made to sees and changes it, without seeing the case."""
    return [
        also(table, f"{name}_see", f"FOR SELECT TO {RUNNING} USING ({mine})"),
        also(
            table, f"{name}_change", f"FOR UPDATE TO {RUNNING} USING ({mine}) WITH CHECK ({mine})"
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guard")]
    operations = [
        *appended("cases_gathering"),
        *appended("cases_leadreview"),
        *appended("cases_toask"),
        *appended("cases_endcheck"),
        *guarded("cases_earlyend", see=WORK, rights=CHANGED),
        *guarded("cases_heldsupport", see=WORK, rights=CHANGED),
        *guarded("cases_leaveproposal", see=HELD, rights=CHANGED),
        also(
            "cases_riskassessment",
            "why_held",
            f"AS RESTRICTIVE FOR SELECT TO {RUNNING} USING ({NOT_WHY_HELD})",
        ),
        *shared_with("cases_safeguardingreferral", "social_care", MADE_TO_US),
        *shared_with("cases_task", "social_care", OUR_CHASE),
    ]
