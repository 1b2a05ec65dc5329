"""Checkpoints of the chains, kept elsewhere too."""

import django.db.models.deletion
from django.db import migrations, models

import waymark.database.keys
from waymark.audit.checkpoints import MAKE_CHECKPOINTS
from waymark.database.guard import (
    DUTY,
    also,
    definer,
    granted,
    guarded,
    only_appended,
)

OURS = f"{DUTY} = '{MAKE_CHECKPOINTS.name}'"
ENDS = """SELECT h.chain, h.number, h.digest::text, n.number FROM public.audit_head h
    LEFT JOIN public.audit_noted n ON n.chain = h.chain"""
SINCE = """SELECT (SELECT coalesce(sum(h.number), 0) FROM public.audit_head h),
    (SELECT count(*) FROM public.audit_event e WHERE e.kind = 'meeting_ended' AND e.at > $1)"""
SEEN_BY_SIGHT = "FOR SELECT TO waymark_sight USING (true)"


def key() -> "models.BigIntegerField[int, int]":
    return models.BigIntegerField(
        default=waymark.database.keys.random_key,
        editable=False,
        primary_key=True,
        serialize=False,
    )


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_purposes")]
    operations = [
        migrations.CreateModel(
            "Checkpoint",
            fields=[
                ("id", key()),
                ("number", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("events", models.BigIntegerField()),
                ("text", models.TextField()),
                ("signature", models.BinaryField()),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.CreateModel(
            "CheckpointSent",
            fields=[
                ("id", key()),
                ("user_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="audit.checkpoint",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("checkpoint", "user_id"), name="sent_once_to_each"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            "Noted",
            fields=[
                ("chain", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["at"], name="meetings_that_ended", condition=models.Q(kind="meeting_ended")
            ),
        ),
        *guarded("audit_checkpoint", see=OURS),
        only_appended("audit_checkpoint"),
        *guarded("audit_checkpointsent", see=OURS),
        only_appended("audit_checkpointsent"),
        *guarded("audit_noted", see=OURS, rights="SELECT, INSERT, UPDATE", to_sight=True),
        also("audit_look", MAKE_CHECKPOINTS.name, f"FOR SELECT TO waymark_worker USING ({OURS})"),
        granted("audit_event", "SELECT", to="waymark_sight"),
        also("audit_event", "sight", SEEN_BY_SIGHT),
        granted("audit_checkpoint", "SELECT", to="waymark_sight"),
        also("audit_checkpoint", "sight", SEEN_BY_SIGHT),
        definer(
            "audit_ends()",
            "TABLE (chain bigint, number bigint, digest text, noted bigint)",
            ENDS,
            to="waymark_worker",
        ),
        definer(
            "audit_since(moment timestamptz)",
            "TABLE (events numeric, meetings bigint)",
            SINCE,
            to="waymark_worker",
        ),
        definer(
            "audit_checkpointed_at()",
            "timestamptz",
            "SELECT max(c.at) FROM public.audit_checkpoint c",
        ),
    ]
