"""Somebody who came and is not in the room for one case; a case that moves during a meeting."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import waymark.database.keys
from waymark.cases.sight import kept_from_others, of_a_case
from waymark.database.guard import ME, also, definer, granted, guarded, only_appended
from waymark.database.record import Part
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds_in

# The case belongs to another area now: its leaving panel reads what its own meeting made of it.
# Whoever was invited to hear it, until the minutes are signed; who convenes the panel, also then.
CONVENE = holds_in("area_id::text", Role.CHAIR, Role.VICE_CHAIR, Role.COORDINATOR)
INVITED = f"""EXISTS (SELECT FROM panels_attendance a JOIN panels_meeting m ON m.id = a.meeting_id
    WHERE a.meeting_id = panels_departure.meeting_id AND a.user_id = {ME}
    AND a.kind <> 'interpreter' AND (a.item_id IS NULL OR a.item_id = panels_departure.item_id)
    AND m.state <> 'signed')"""
NOT_EXCLUDED = "NOT (case_id = ANY (ARRAY(SELECT my_exclusions())))"
PANEL = of_a_case(Part.PANEL)
# Who takes a case over sees none of the other panel's meetings.
UNDER_WAY = (
    "SELECT i.id FROM public.panels_agendaitem i JOIN public.panels_meeting m"
    " ON m.id = i.meeting_id WHERE i.case_id = $1 AND m.state IN ('open', 'ended')"
)


def to(model: str, related: str = "+") -> models.ForeignKey:  # type: ignore[type-arg]
    on = django.db.models.deletion.PROTECT
    return models.ForeignKey(on_delete=on, related_name=related, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0006_after"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = together(
        migrations.AddField(
            "declaration",
            "kind",
            models.CharField(
                choices=[("interest", "An interest"), ("away", "Not in the room")],
                db_default="interest", default="interest", max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=waymark.database.keys.random_key, editable=False,
                        primary_key=True, serialize=False,
                    ),
                ),
                ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                ("case", to("cases.case")),
                ("item", to("panels.agendaitem")),
                ("meeting", to("panels.meeting", "departures")),
                ("area", to("directory.area")),
                ("reference", models.CharField(max_length=12)),
                ("words", models.TextField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(name="departed_in_words", condition=~Q(words="")),
                ],
            },
        ),
        *guarded(
            "panels_departure",
            see=f"{PANEL} OR (({CONVENE} OR {INVITED}) AND {NOT_EXCLUDED})",
            add=PANEL,
        ),
        *kept_from_others("panels_departure"),
        only_appended("panels_departure"),
        granted("panels_meeting", "SELECT", to="waymark_sight"),
        also("panels_meeting", "sight", "FOR SELECT TO waymark_sight USING (true)"),
        definer("items_under_way(of_case bigint)", "SETOF bigint", UNDER_WAY),
    )  # fmt: skip
