"""Who sees what a panel does; a first opinion is hidden from the other side until both are given."""

from django.db import migrations

from waymark.cases.sight import of_a_case
from waymark.database.guard import ME, RUNNING, also, definer, granted, guarded, only_appended
from waymark.database.record import Part
from waymark.directory.models import Role
from waymark.directory.sight import holds_in

CHANGED = "SELECT, INSERT, UPDATE"
WORK, PANEL = of_a_case(Part.WORK), of_a_case(Part.PANEL)
MY_BODY = f"(SELECT u.organisation_id FROM directory_user u WHERE u.id = {ME})"
OF_THE_AREA = holds_in(
    "area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR, Role.POLICE_OFFICER,
    Role.POLICE_LEAD,
)  # fmt: skip
CONVENE = holds_in("area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR)
INVITED = "ANY (ARRAY(SELECT my_meetings()))"
MY_MEETINGS = f"SELECT a.meeting_id FROM public.panels_attendance a WHERE a.user_id = {ME}"
UNHEARD = (
    "SELECT count(*) FROM public.panels_agendaitem i WHERE i.meeting_id = $1"
    " AND i.heard_at IS NULL AND i.carried_to_id IS NULL"
)
NEXT_STEP_OPEN = (
    "SELECT count(*) > 1 FROM public.panels_nextstepopinion o WHERE o.next_step_id = $1"
)
END_OPEN = (
    "SELECT (SELECT count(*) > 1 FROM public.panels_endopinion o WHERE o.proposal_id = $1)"
    " OR EXISTS (SELECT FROM public.panels_endproposal p"
    " WHERE p.id = $1 AND p.closed_at IS NOT NULL)"
)
SAID_BY_ME = f"{WORK} AND by_id = {ME} AND organisation_id = {MY_BODY}"


def appended(
    table: str, see: str, add: str | None = None, *, to_sight: bool = False
) -> list[migrations.RunSQL]:
    return [*guarded(table, see=see, add=add, to_sight=to_sight), only_appended(table)]


class Migration(migrations.Migration):
    dependencies = [("panels", "0001_tables"), ("support", "0002_guard"), ("cases", "0003_guard")]
    operations = [
        # what others ask is asked of these tables, so they can be read before they are guarded
        granted("panels_attendance", "SELECT", to="waymark_sight"),
        definer("my_meetings()", "SETOF bigint", MY_MEETINGS),
        granted("panels_agendaitem", "SELECT", to="waymark_sight"),
        definer("cases_unheard(meeting bigint)", "bigint", UNHEARD),
        granted("panels_nextstepopinion", "SELECT", to="waymark_sight"),
        definer("next_step_is_open(next_step bigint)", "boolean", NEXT_STEP_OPEN),
        granted("panels_endopinion", "SELECT", to="waymark_sight"),
        granted("panels_endproposal", "SELECT", to="waymark_sight"),
        definer("end_is_open(proposal bigint)", "boolean", END_OPEN),
        *guarded("panels_nextstep", see=WORK, rights=CHANGED),
        *appended(
            "panels_nextstepopinion",
            f"{WORK} AND (organisation_id = {MY_BODY} OR next_step_is_open(next_step_id))",
            SAID_BY_ME,
        ),
        *guarded(
            "panels_meeting",
            see=f"{OF_THE_AREA} OR id = {INVITED}",
            add=CONVENE,
            change=CONVENE,
            rights=CHANGED,
        ),
        also(
            "panels_meeting",
            "ends_when_all_are_heard",
            f"AS RESTRICTIVE FOR UPDATE TO {RUNNING} USING (true)"
            " WITH CHECK (state IN ('planned', 'open') OR cases_unheard(id) = 0)",
        ),
        *guarded(
            "panels_agendaitem", see=PANEL,
            rights="SELECT, INSERT, UPDATE (heard_at, carried_to_id)",
        ),
        *guarded(
            "panels_attendance",
            see=f"{OF_THE_AREA} OR user_id = {ME} OR meeting_id = {INVITED}",
            add=CONVENE,
            change=CONVENE,
            rights="SELECT, INSERT, UPDATE (came, reason)",
        ),
        *appended("panels_decision", PANEL),
        *appended("panels_position", PANEL),
        *guarded(
            "panels_action",
            see=f"{PANEL} OR owner_id = {ME}",
            add=PANEL,
            rights="SELECT, INSERT, UPDATE (done_at, done_words)",
        ),
        *guarded("panels_minute", see=PANEL, rights=CHANGED),
        also(
            "panels_minute",
            "signed_stays",
            f"AS RESTRICTIVE FOR UPDATE TO {RUNNING} USING (signed_at IS NULL) WITH CHECK (true)",
        ),
        *appended("panels_correction", PANEL),
        *guarded(
            "panels_endproposal",
            see=WORK,
            rights="SELECT, INSERT, UPDATE (closed_at, outcome)",
        ),
        *appended(
            "panels_endopinion",
            f"{WORK} AND (organisation_id = {MY_BODY} OR end_is_open(proposal_id))",
            SAID_BY_ME,
        ),
        *guarded("panels_reviewafterexit", see=WORK, rights=CHANGED),
        *(
            also(table, "sight", "FOR SELECT TO waymark_sight USING (true)")
            for table in (
                "panels_attendance", "panels_agendaitem", "panels_nextstepopinion",
                "panels_endopinion", "panels_endproposal",
            )
        ),
    ]  # fmt: skip
