"""Who reads what was looked at; a sample of looks goes to the supervisor; a match with a case that
is not there for whoever looked is told to those who work on it."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import waymark.database.keys
from waymark.cases.sight import MY_EXCLUSIONS, kept_from_others
from waymark.database.guard import DUTY, ME, NOW, also, definer, for_duty, granted, guarded
from waymark.database.together import together
from waymark.directory.models import Role
from waymark.directory.sight import holds
from waymark.oversight.matches import TELL_OF_MATCHES
from waymark.oversight.sampling import SAMPLE_LOOKS

before = import_module("waymark.referrals.migrations.0006_looked_for")
READS_LOOKS = holds(Role.AUDITOR, Role.INFORMATION_GOVERNANCE)
READER = (
    "ARRAY['auditor:', 'information_governance:'] && ARRAY(SELECT public.my_posts())"
    " AND c.id NOT IN (SELECT public.my_ties())"
)
NOT_OF_KIN = "case_id IS NULL OR case_id <> ALL (ARRAY(SELECT my_ties()))"
REFUSED = f"""BEGIN
    INSERT INTO public.audit_look (id, case_id, actor, at, part, purpose, object_kind, sight)
        SELECT key, c.id, 'user:' || {ME}, moment, part, 'refused',
            CASE WHEN c.id IS NULL THEN 'nothing' ELSE 'case' END, 'none'
        FROM (SELECT 1) one LEFT JOIN public.cases_case c ON c.reference = wanted
        WHERE {ME} IS NOT NULL;
END"""
REFERENCES = (
    f"SELECT c.id, c.reference::text FROM public.cases_case c WHERE c.id = ANY ($1) AND {READER}"
)
CASE_OF = f"SELECT c.id FROM public.cases_case c WHERE c.reference = $1 AND {READER}"
# That it is so, and no more: whoever reads it learns neither the name nor the address.
KIN = f"""
SELECT l.id FROM public.audit_look l JOIN public.cases_case c ON c.id = l.case_id
JOIN public.directory_user u ON l.actor = 'user:' || u.id
WHERE l.at >= $1 AND l.at < $2 AND {READER} AND (
    EXISTS (SELECT FROM public.people_name n WHERE n.person_id = c.person_id AND n.surname <> ''
        AND lower(n.surname) = lower(regexp_replace(trim(u.name), '^.*\\s', '')))
    OR EXISTS (SELECT FROM public.people_email e WHERE e.person_id = c.person_id
        AND u.email <> '' AND lower(e.address) = lower(u.email)))
"""
MY_SAMPLED = f"""SELECT s.look_id FROM public.oversight_sampledlook s
    WHERE s.supervisor_id = {ME}"""
MY_SAMPLED_PURPOSES = f"""SELECT p.id FROM public.oversight_sampledlook s
    JOIN public.audit_look l ON l.id = s.look_id
    JOIN public.audit_purposegiven p ON p.user_id = s.viewer_id AND p.case_id = l.case_id
        AND p.at <= l.at WHERE s.supervisor_id = {ME}"""
NAMED_SUPERVISOR = """SELECT s.user_id FROM public.cases_supervisor s
    WHERE s.case_id = $1 AND s.until_at IS NULL"""
# By two of name, birth date and postcode, each exactly as it is written; or by a reference.
SOUGHT = """
SELECT o.person_id FROM public.referrals_referral f
JOIN public.referrals_subject o ON o.referral_id = f.id WHERE f.reference = $1
UNION
SELECT o.person_id FROM public.cases_case k
JOIN public.referrals_subject o ON o.case_id = k.id WHERE k.reference = $1
UNION
SELECT n.person_id FROM public.people_name n
JOIN public.people_birthdate b ON b.person_id = n.person_id
WHERE $2 <> '' AND lower(n.surname) = lower($2) AND (
    (b.year, b.month, b.day)
        = (date_part('year', $4), date_part('month', $4), date_part('day', $4))
    OR ($3 <> '' AND lower(n.forenames) = lower($3) AND b.year = $5))
UNION
SELECT a.person_id FROM public.people_address a
WHERE $6 <> '' AND replace(upper(a.postcode), ' ', '') = $6 AND (
    EXISTS (SELECT FROM public.people_name n WHERE n.person_id = a.person_id
        AND $2 <> '' AND lower(n.surname) = lower($2))
    OR EXISTS (SELECT FROM public.people_birthdate b WHERE b.person_id = a.person_id
        AND (b.year, b.month, b.day)
            = (date_part('year', $4), date_part('month', $4), date_part('day', $4))))
"""
SOUGHT_BY = "by_reference text, surname text, forenames text, born date, born_in int, postcode text"
LOOKED_FOR = (
    before.OF_THEM.format(them=SOUGHT, which="true") + " ORDER BY r.received_at DESC, s.id LIMIT 10"
)
# What `OF_THEM` leaves out for the sake of a case: it is written down, and nothing comes back.
COMPARED = """
SELECT m.person_id FROM public.people_name n
JOIN public.people_name m ON lower(m.forenames) = lower(n.forenames)
    AND lower(m.surname) = lower(n.surname) AND m.person_id <> n.person_id AND m.surname <> ''
JOIN public.people_birthdate b ON b.person_id = n.person_id
JOIN public.people_birthdate d ON d.person_id = m.person_id
    AND (d.year, d.month, d.day) = (b.year, b.month, b.day)
WHERE n.person_id = $8
"""
NOTE_HIDDEN = f"""BEGIN
    INSERT INTO public.oversight_hiddenmatch (id, hidden_case_id, subject_id, by_id, at)
        SELECT $9[row_number() OVER ()], hidden.id, $7, {ME}, {NOW} FROM (
            SELECT DISTINCT c.id FROM ({SOUGHT} UNION {COMPARED}) them
            JOIN public.referrals_subject s ON s.person_id = them.person_id AND s.id <> $7
            JOIN public.cases_case c ON c.id = s.case_id
            WHERE (c.restricted OR c.id IN (SELECT public.my_exclusions()))
                AND ARRAY['police_officer:', 'police_lead:'] && ARRAY(SELECT public.my_posts())
            LIMIT 10) hidden
        ON CONFLICT DO NOTHING;
END"""
# Of a case's police, those for whom it is there; of a restricted one, who is named on it.
TO_TELL = """
SELECT m.id, h.user_id, h.role, c.area_id FROM public.oversight_hiddenmatch m
JOIN public.cases_case c ON c.id = m.hidden_case_id
CROSS JOIN LATERAL (SELECT p.user_id, p.role FROM public.seen_by_post(c.id) p
    WHERE p.role IN ('police_officer', 'police_lead') AND p.user_id <> m.by_id
    ORDER BY (EXISTS (SELECT FROM public.cases_holder k WHERE k.case_id = c.id
        AND k.user_id = p.user_id AND k.until_at IS NULL AND NOT c.restricted)) DESC,
        p.role = 'police_lead' DESC, p.user_id LIMIT 1) h
WHERE m.told_at IS NULL
"""


def read_by_reviewers(table: str, by_supervisor: str) -> list[migrations.RunSQL]:
    """Auditor and information governance read it, but of a case that they are kept from; and a
    supervisor what was drawn for them."""
    return [
        also(table, "reviewer", f"FOR SELECT TO waymark_app USING ({READS_LOOKS}"
             f" AND ({NOT_OF_KIN}))"),
        also(table, "supervisor", "FOR SELECT TO waymark_app"
             f" USING (id = ANY (ARRAY(SELECT {by_supervisor}())))"),
    ]  # fmt: skip


def for_sight(table: str, columns: str) -> list[migrations.RunSQL]:
    return [
        granted(table, f"SELECT ({columns})", to="waymark_sight"),
        also(table, "sight", "FOR SELECT TO waymark_sight USING (true)"),
    ]


def key() -> "models.BigIntegerField[int, int]":
    return models.BigIntegerField(
        default=waymark.database.keys.random_key,
        editable=False,
        primary_key=True,
        serialize=False,
    )


def somebody(*, null: bool = False) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        null=null,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_checkpoints"),
        ("cases", "0015_named_people"),
        ("oversight", "0001_tables"),
        ("referrals", "0007_flood"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *together(
            migrations.CreateModel(
                "SampledLook",
                fields=[
                    ("id", key()),
                    ("salt", models.BinaryField(default=waymark.database.keys.random_salt)),
                    ("look_id", models.BigIntegerField(unique=True)),
                    ("week_date", models.DateField()),
                    ("drawn_at", models.DateTimeField()),
                    ("due_date", models.DateField()),
                    ("answered_at", models.DateTimeField(null=True)),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("for_work", "It was needed for the work"),
                                ("not_needed", "It was not needed for the work"),
                                ("taken_on", "It cannot be told yet, and is taken further"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("words", models.TextField(blank=True)),
                    ("told", models.BooleanField(null=True)),
                    ("told_words", models.TextField(blank=True)),
                    ("answered_by", somebody(null=True)),
                    ("supervisor", somebody(null=True)),
                    ("viewer", somebody()),
                ],
                options={
                    "ordering": ["due_date", "id"],
                    "indexes": [models.Index(fields=["week_date"], name="sampled_of_a_week")],
                    "constraints": [
                        models.CheckConstraint(
                            name="look_answered_by_somebody_else",
                            condition=(
                                models.Q(supervisor=None)
                                | ~models.Q(supervisor=models.F("viewer"))
                            )
                            & (
                                models.Q(answered_by=None)
                                | ~models.Q(answered_by=models.F("viewer"))
                            ),
                        ),
                        models.CheckConstraint(
                            name="look_answered_whole",
                            condition=models.Q(
                                answered_at=None, answered_by=None, outcome="", told=None
                            )
                            | (
                                models.Q(
                                    answered_at__isnull=False,
                                    answered_by__isnull=False,
                                    told__isnull=False,
                                )
                                & ~models.Q(outcome="")
                                & ~models.Q(words="")
                                & ~models.Q(told_words="")
                            ),
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                "HiddenMatch",
                fields=[
                    ("id", key()),
                    ("hidden_case_id", models.BigIntegerField()),
                    ("subject_id", models.BigIntegerField()),
                    ("at", models.DateTimeField()),
                    ("told_at", models.DateTimeField(null=True)),
                    ("by", somebody()),
                ],
                options={
                    "ordering": ["at", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("hidden_case_id", "subject_id"), name="told_once_of_a_match"
                        )
                    ],
                },
            ),
        ),
        definer("my_ties()", "SETOF bigint", MY_EXCLUSIONS),
        # a look that was refused, whether there was anything to refuse or not
        granted("audit_look", "INSERT", to="waymark_sight"),
        also("audit_look", "sight_adds", "FOR INSERT TO waymark_sight WITH CHECK (sight = 'none')"),
        granted("audit_look", "SELECT", to="waymark_sight"),
        also("audit_look", "sight", "FOR SELECT TO waymark_sight USING (true)"),
        definer(
            "audit_look_refused(key bigint, moment timestamptz, wanted text, part text)",
            "void",
            REFUSED,
            to="waymark_app",
        ),
        # who reads looks
        *guarded(
            "oversight_sampledlook",
            see=f"supervisor_id = {ME} OR {READS_LOOKS}",
            add=f"{DUTY} = '{SAMPLE_LOOKS.name}'",
            change=f"supervisor_id = {ME}",
            rights="SELECT, INSERT,"
            " UPDATE (answered_by_id, answered_at, outcome, words, told, told_words)",
            to_sight=True,
        ),
        *for_duty("oversight_sampledlook", SAMPLE_LOOKS, "see"),
        definer("my_sampled_looks()", "SETOF bigint", MY_SAMPLED, to="waymark_app"),
        definer("my_sampled_purposes()", "SETOF bigint", MY_SAMPLED_PURPOSES, to="waymark_app"),
        *read_by_reviewers("audit_look", "my_sampled_looks"),
        *read_by_reviewers("audit_purposegiven", "my_sampled_purposes"),
        *kept_from_others("audit_purposegiven"),
        also("audit_look", SAMPLE_LOOKS.name,
             f"FOR SELECT TO waymark_worker, waymark_app USING ({DUTY} = '{SAMPLE_LOOKS.name}')"),
        definer("references_looked_at(keys bigint[])", "TABLE (id bigint, reference text)",
                REFERENCES, to="waymark_app"),
        definer("case_looked_at(wanted text)", "bigint", CASE_OF, to="waymark_app"),
        granted("people_email", "SELECT (person_id, address)", to="waymark_sight"),
        also("people_email", "sight", "FOR SELECT TO waymark_sight USING (true)"),
        definer("looks_of_kin(since timestamptz, until timestamptz)", "SETOF bigint", KIN,
                to="waymark_app"),
        *for_sight("cases_supervisor", "case_id, user_id, until_at"),
        definer("named_supervisor(of_case bigint)", "bigint", NAMED_SUPERVISOR),
        # looking for somebody
        *for_sight("people_address", "person_id, postcode"),
        definer(f"looked_for_by({SOUGHT_BY})", before.KNOWN_AS, LOOKED_FOR),
        *guarded(
            "oversight_hiddenmatch",
            see=f"{DUTY} = '{TELL_OF_MATCHES.name}'",
            add="false",
            rights="SELECT, UPDATE (told_at)",
            to_sight=True,
        ),
        granted(
            "oversight_hiddenmatch",
            "INSERT (id, hidden_case_id, subject_id, by_id, at)",
            to="waymark_sight",
        ),
        also("oversight_hiddenmatch", "sight_adds", "FOR INSERT TO waymark_sight WITH CHECK (true)"),
        definer(
            f"note_hidden_matches({SOUGHT_BY}, subject bigint, person bigint, keys bigint[])",
            "void",
            NOTE_HIDDEN,
            to="waymark_app",
        ),
        definer("matches_to_tell()",
                "TABLE (id bigint, user_id bigint, role text, area_id bigint)", TO_TELL),
    ]  # fmt: skip
