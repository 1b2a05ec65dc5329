"""Who sees what partners were asked: those who see it with the case; a partner, its own."""

from django.db import migrations

from waymark.cases.sight import of_a_case
from waymark.database.guard import RUNNING, also, guarded, only_appended
from waymark.database.record import Part

OF_THE_CASE = of_a_case(Part.REQUEST)
MY_REQUESTS = "ANY (ARRAY(SELECT my_objects('request')))"
OURS = f"id = {MY_REQUESTS}"
OF_OURS = f"request_id = {MY_REQUESTS}"
OF_OUR_REPLY = f"reply_id IN (SELECT r.id FROM sharing_reply r WHERE r.request_id = {MY_REQUESTS})"
OUR_TASK = f"kind = 'answer_request' AND object_id = {MY_REQUESTS}"


def appended(table: str, *, ours: str = "", add: str | None = None) -> list[migrations.RunSQL]:
    see = f"({OF_THE_CASE}) OR {ours}" if ours else OF_THE_CASE
    return [*guarded(table, see=see, add=add), only_appended(table)]


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_tables"), ("cases", "0003_guard")]
    operations = [
        *guarded(
            "sharing_request",
            see=f"({OF_THE_CASE}) OR {OURS}",
            add=OF_THE_CASE,
            rights="SELECT, INSERT, UPDATE",
        ),
        *appended("sharing_itemasked", ours=OF_OURS, add=OF_THE_CASE),
        *appended("sharing_reply", ours=OF_OURS),
        *appended("sharing_itemanswered", ours=OF_OUR_REPLY),
        *appended("sharing_withoutanswer"),
        also("cases_task", "asked_see", f"FOR SELECT TO {RUNNING} USING ({OUR_TASK})"),
        also(
            "cases_task",
            "asked_change",
            f"FOR UPDATE TO {RUNNING} USING ({OUR_TASK}) WITH CHECK ({OUR_TASK})",
        ),
    ]
