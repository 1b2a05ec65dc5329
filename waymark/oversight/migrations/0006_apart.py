"""On which cases somebody did something: so that they do not check what they had a part in."""

from django.db import migrations

from waymark.database.guard import ME, definer

ACTED_ON = f"""SELECT DISTINCT e.chain FROM public.audit_event e
    WHERE e.actor = 'user:' || ({ME})::text AND e.chain <> 0"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0005_confirmed"), ("audit", "0004_checkpoints")]
    operations = [
        definer("cases_i_acted_on()", "SETOF bigint", ACTED_ON, to="waymark_app"),
    ]
