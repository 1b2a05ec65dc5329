"""Who did something on a case does not read who looked at it, in whatever list (2.1.4, S28)."""

from django.db import migrations

from waymark.database.guard import ME, definer
from waymark.directory.models import Role
from waymark.directory.sight import holds

ACTED_ON = f"""SELECT DISTINCT e.chain FROM public.audit_event e
    WHERE e.actor = 'user:' || ({ME})::text AND e.chain <> 0"""
READS_LOOKS = holds(Role.AUDITOR, Role.INFORMATION_GOVERNANCE)
NOT_OF_KIN = "case_id IS NULL OR case_id <> ALL (ARRAY(SELECT my_ties()))"
NO_PART_IN_IT = "case_id IS NULL OR case_id <> ALL (ARRAY(SELECT cases_i_acted_on()))"
BEFORE = f"{READS_LOOKS} AND ({NOT_OF_KIN})"
DRAWN_BEFORE = f"supervisor_id = {ME} OR {READS_LOOKS}"
DRAWN = f"""supervisor_id = {ME} OR ({READS_LOOKS}
    AND EXISTS (SELECT FROM audit_look l WHERE l.id = look_id))"""


def altered(table: str, name: str, now: str, before: str) -> migrations.RunSQL:
    policy = f"ALTER POLICY {name} ON {table} USING"
    return migrations.RunSQL(f"{policy} ({now})", f"{policy} ({before})")


class Migration(migrations.Migration):
    dependencies = [("oversight", "0005_confirmed"), ("audit", "0004_checkpoints")]
    operations = [
        definer("cases_i_acted_on()", "SETOF bigint", ACTED_ON, to="waymark_app"),
        *(
            altered(table, "reviewer", f"{BEFORE} AND ({NO_PART_IN_IT})", BEFORE)
            for table in ("audit_look", "audit_purposegiven")
        ),
        altered("oversight_sampledlook", "see", DRAWN, DRAWN_BEFORE),
    ]
