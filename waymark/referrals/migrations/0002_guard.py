"""Who sees what was sent: the police; a visitor, only the draft or receipt whose secret they hold."""

from django.db import migrations

from waymark.cases.sight import of_a_case, sees
from waymark.database.guard import (
    DUTY,
    ME,
    NOW,
    SIGNED_IN,
    TODAY,
    VISITING,
    VISITOR,
    also,
    definer,
    guarded,
    only_appended,
)
from waymark.database.record import Part
from waymark.database.sealing_rotation import rotated
from waymark.directory.models import Role
from waymark.directory.sight import holds, holds_in

CHANGED = "SELECT, INSERT, UPDATE"
SOMEBODY = f"{SIGNED_IN} OR {VISITING}"
POLICE = holds(Role.POLICE_OFFICER, Role.POLICE_LEAD)

WAITING_SUBJECT = f"""(police_until_date IS NULL OR police_until_date >= {TODAY})
    AND (NOT lead_first OR {holds(Role.POLICE_LEAD)})
    AND CASE WHEN area_id IS NULL THEN {POLICE}
        ELSE {holds_in("area_id", Role.POLICE_OFFICER, Role.POLICE_LEAD)} END"""
SUBJECT = f"""CASE WHEN case_id IS NULL THEN {WAITING_SUBJECT}
    ELSE {of_a_case(Part.EXTRACT)} END"""


def of_a_referral(part: Part, referral_id: str, *, and_also: str = "true") -> str:
    """Seen with one of the people in it: before a case by the police, then by part of the case."""
    return f"""EXISTS (SELECT FROM referrals_subject s WHERE s.referral_id = {referral_id}
        AND (s.case_id IS NULL OR EXISTS (SELECT FROM cases_case c
            WHERE c.id = s.case_id AND {sees(part)} AND {and_also})))"""


OF_A_SUBJECT = "EXISTS (SELECT FROM referrals_subject s WHERE s.id = subject_id)"
OF_A_SCREENING = "EXISTS (SELECT FROM referrals_screening s WHERE s.id = screening_id)"
OF_A_RECEIPT = "EXISTS (SELECT FROM referrals_receipt r WHERE r.id = receipt_id)"
REFERRER = of_a_referral(
    Part.REFERRER,
    "referral_id",
    and_also=f"(NOT stays_unknown OR {sees(Part.UNKNOWN_REFERRER)})",
)
MY_DRAFT = f"digest = {VISITOR}"
EXPIRED = f"{DUTY} = 'expire_drafts' AND expires_at <= {NOW}"
MY_RECEIPT = (
    f"digest = {VISITOR} OR draft_digest = {VISITOR} OR sent_by_id = {ME}"
    f" OR {of_a_referral(Part.REFERRAL, 'referral_id')}"
)
BY_A_REFERRAL = "EXISTS (SELECT FROM referrals_subject s WHERE s.person_id = {person})"
OF_PEOPLE = ("name", "birthdate", "address", "telephone", "email", "place", "identifier")

# Exactly the same name and birth date: the one question that is asked past all policies, so
# that an earlier referral is not lost with the sight of it. Restricted cases stay unknown, and
# what the police lead reads first is known to a police lead only. One that came in later counts
# once it has been screened: two who wait are compared when the second of them is.
KNOWN_BEFORE = """
SELECT DISTINCT m.person_id, s.id, r.reference::text, r.received_at, s.state::text,
    l.outcome::text, l.reason::text, l.why, ARRAY[l.what_is_new, l.what_repeats,
        l.what_was_left_open, l.what_it_shows_together],
    ARRAY(SELECT g.by_id FROM public.referrals_screening g WHERE g.subject_id = s.id
        UNION SELECT f.by_id FROM public.referrals_screeningconfirmation f
        JOIN public.referrals_screening g ON g.id = f.screening_id WHERE g.subject_id = s.id),
    c.id, c.reference::text, c.stage::text, c.ended_at
FROM public.people_name n
JOIN public.people_name m ON lower(m.forenames) = lower(n.forenames)
    AND lower(m.surname) = lower(n.surname) AND m.person_id <> n.person_id AND m.surname <> ''
JOIN public.people_birthdate b ON b.person_id = n.person_id
JOIN public.people_birthdate d ON d.person_id = m.person_id
    AND (d.year, d.month, d.day) = (b.year, b.month, b.day)
JOIN public.referrals_subject s ON s.person_id = m.person_id
JOIN public.referrals_referral r ON r.id = s.referral_id
JOIN public.referrals_subject mine ON mine.person_id = n.person_id
JOIN public.referrals_referral its ON its.id = mine.referral_id
    AND (its.received_at > r.received_at OR s.state <> 'waiting')
LEFT JOIN LATERAL (SELECT g.* FROM public.referrals_screening g
    WHERE g.subject_id = s.id AND s.state <> 'waiting' ORDER BY g.at DESC, g.id LIMIT 1) l ON true
LEFT JOIN public.cases_case c ON c.id = s.case_id
WHERE n.person_id = $1 AND (c.id IS NULL OR NOT c.restricted)
    AND (NOT s.lead_first OR 'police_lead:' = ANY (ARRAY(SELECT public.my_posts())))
    AND ARRAY['police_officer:', 'police_lead:'] && ARRAY(SELECT public.my_posts())
"""
KNOWN_AS = (
    "TABLE (person_id bigint, subject_id bigint, referral text, received_at timestamptz,"
    " state text, outcome text, reason text, why text, texts text[], deciders bigint[],"
    " case_id bigint, reference text, stage text, ended_at timestamptz)"
)
# A case that has ended is seen again where a waiting referral is about the same person.
MY_MATCHES = """
SELECT c.id FROM public.cases_case c
JOIN public.referrals_subject earlier ON earlier.case_id = c.id
JOIN public.people_sameperson p ON p.other_id = earlier.person_id AND p.answer = 'same'
JOIN public.referrals_subject s ON s.person_id = p.one_id AND s.state <> 'screened'
WHERE NOT c.restricted
    AND (NOT s.lead_first OR 'police_lead:' = ANY (ARRAY(SELECT public.my_posts())))
    AND ARRAY['police_officer:', 'police_lead:'] && ARRAY(SELECT public.my_posts())
    AND NOT EXISTS (SELECT FROM public.people_sameperson later WHERE later.one_id = p.one_id
        AND later.other_id = p.other_id AND later.at > p.at)
"""
MATCHED = "id = ANY (ARRAY(SELECT my_matches()))"
SIGHT_READS = (
    "people_name, people_birthdate, people_sameperson, referrals_subject, referrals_referral, referrals_screening,"
    " referrals_screeningconfirmation, cases_case"
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_tables"), ("cases", "0002_guard")]
    operations = [
        *guarded(
            "referrals_draft",
            see=f"{MY_DRAFT} OR ({EXPIRED})",
            add=MY_DRAFT,
            change=MY_DRAFT,
            delete=f"{MY_DRAFT} OR ({EXPIRED})",
            rights="SELECT, INSERT, UPDATE, DELETE",
        ),
        *guarded("referrals_subject", see=SUBJECT, add=SOMEBODY, rights=CHANGED),
        *guarded(
            "referrals_referral",
            see=of_a_referral(Part.REFERRAL, "referrals_referral.id"),
            add=SOMEBODY,
        ),
        only_appended("referrals_referral"),
        *guarded("referrals_referrer", see=REFERRER, add=SOMEBODY, rights=CHANGED),
        *rotated("referrals_referrer", "sealed"),
        *guarded(
            "referrals_receipt",
            see=MY_RECEIPT,
            add=SOMEBODY,
            change=of_a_referral(Part.REFERRAL, "referral_id"),
            rights=CHANGED,
        ),
        *guarded("referrals_question", see=OF_A_RECEIPT, add=f"{POLICE} AND {OF_A_RECEIPT}"),
        only_appended("referrals_question"),
        *guarded("referrals_addition", see=f"{POLICE} AND {OF_A_RECEIPT}", add=OF_A_RECEIPT),
        only_appended("referrals_addition"),
        *guarded("referrals_screening", see=OF_A_SUBJECT, add=f"{POLICE} AND {OF_A_SUBJECT}"),
        only_appended("referrals_screening"),
        *(
            step
            for table in ("referrals_screeningconfirmation", "referrals_screeningreturn")
            for step in (
                *guarded(table, see=OF_A_SCREENING, add=f"{POLICE} AND {OF_A_SCREENING}"),
                only_appended(table),
            )
        ),
        *guarded("referrals_extract", see=OF_A_SUBJECT, add=f"{POLICE} AND {OF_A_SUBJECT}"),
        only_appended("referrals_extract"),
        *(
            step
            for table in ("referrals_advice", "referrals_formrequest", "referrals_paper")
            for step in guarded(
                table,
                see=holds_in("area_id", Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.COORDINATOR),
                rights=CHANGED,
            )
        ),
        also(
            "people_person",
            "by_referral",
            f"FOR SELECT TO waymark_app, waymark_worker"
            f" USING ({BY_A_REFERRAL.format(person='people_person.id')})",
        ),
        *(
            also(
                f"people_{table}",
                "by_referral",
                f"FOR SELECT TO waymark_app, waymark_worker"
                f" USING ({BY_A_REFERRAL.format(person='person_id')})",
            )
            for table in OF_PEOPLE
        ),
        also(
            "people_sameperson",
            "by_referral",
            "FOR SELECT TO waymark_app, waymark_worker"
            f" USING ({BY_A_REFERRAL.format(person='one_id')})",
        ),
        migrations.RunSQL(
            f"GRANT SELECT ON {SIGHT_READS} TO waymark_sight",
            f"REVOKE SELECT ON {SIGHT_READS} FROM waymark_sight",
        ),
        *(
            also(table.strip(), "sight", "FOR SELECT TO waymark_sight USING (true)")
            for table in SIGHT_READS.split(",")
        ),
        definer("known_before(person bigint)", KNOWN_AS, KNOWN_BEFORE),
        definer("my_matches()", "SETOF bigint", MY_MATCHES),
        also("cases_case", "by_match", f"FOR SELECT TO waymark_app USING ({MATCHED})"),
        also(
            "cases_case",
            "change_by_match",
            f"FOR UPDATE TO waymark_app USING ({MATCHED}) WITH CHECK ({MATCHED})",
        ),
    ]
