"""Looking for somebody whom the comparison of name and birth date cannot find.

Whoever was put beside a referral by hand is known to it from then on, like the others.
"""

from django.db import migrations

from waymark.database.guard import definer, redefined

KNOWN_AS = (
    "TABLE (person_id bigint, subject_id bigint, referral text, received_at timestamptz,"
    " state text, outcome text, reason text, why text, texts text[], deciders bigint[],"
    " case_id bigint, reference text, stage text, ended_at timestamptz)"
)
# The persons `them`, with what came of each: past all policies, so that an earlier referral is
# not lost with the sight of it. Restricted cases stay unknown, and so do those that who asks is
# excluded from; what the police lead reads first is known to a police lead only.
OF_THEM = """
SELECT s.person_id, s.id, r.reference::text, r.received_at, s.state::text,
    l.outcome::text, l.reason::text, l.why, ARRAY[l.what_is_new, l.what_repeats,
        l.what_was_left_open, l.what_it_shows_together],
    ARRAY(SELECT g.by_id FROM public.referrals_screening g WHERE g.subject_id = s.id
        UNION SELECT f.by_id FROM public.referrals_screeningconfirmation f
        JOIN public.referrals_screening g ON g.id = f.screening_id WHERE g.subject_id = s.id),
    c.id, c.reference::text, c.stage::text, c.ended_at
FROM ({them}) them
JOIN public.referrals_subject s ON s.person_id = them.person_id
JOIN public.referrals_referral r ON r.id = s.referral_id
LEFT JOIN LATERAL (SELECT g.* FROM public.referrals_screening g
    WHERE g.subject_id = s.id AND s.state <> 'waiting' ORDER BY g.at DESC, g.id LIMIT 1) l ON true
LEFT JOIN public.cases_case c ON c.id = s.case_id
WHERE (c.id IS NULL
        OR NOT c.restricted AND c.id <> ALL (ARRAY(SELECT public.my_exclusions())))
    AND (NOT s.lead_first OR 'police_lead:' = ANY (ARRAY(SELECT public.my_posts())))
    AND ARRAY['police_officer:', 'police_lead:'] && ARRAY(SELECT public.my_posts())
    AND ({which})
"""
# Exactly the same name and birth date; and whoever somebody said something of already. One that
# came in later counts once it has been screened: two who wait are compared when the second is.
COMPARED = """
SELECT m.person_id, false AS by_hand FROM public.people_name n
JOIN public.people_name m ON lower(m.forenames) = lower(n.forenames)
    AND lower(m.surname) = lower(n.surname) AND m.person_id <> n.person_id AND m.surname <> ''
JOIN public.people_birthdate b ON b.person_id = n.person_id
JOIN public.people_birthdate d ON d.person_id = m.person_id
    AND (d.year, d.month, d.day) = (b.year, b.month, b.day)
WHERE n.person_id = $1
UNION ALL
SELECT p.other_id, true FROM public.people_sameperson p WHERE p.one_id = $1
"""
KNOWN_BEFORE = OF_THEM.format(
    them=f"SELECT c.person_id, bool_or(c.by_hand) AS by_hand FROM ({COMPARED}) c GROUP BY 1",
    which="""them.by_hand OR s.state <> 'waiting' OR r.received_at < (
        SELECT its.received_at FROM public.referrals_subject mine
        JOIN public.referrals_referral its ON its.id = mine.referral_id
        WHERE mine.person_id = $1)""",
)
KNOWN_ONE = OF_THEM.format(
    them="SELECT o.person_id FROM public.referrals_subject o WHERE o.id = $1", which="true"
)
# By a reference, or by surname with the birth date, or with forenames and the year of birth:
# each exactly as it is written, and never more than ten.
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
"""
LOOKED_FOR = (
    OF_THEM.format(them=SOUGHT, which="true") + " ORDER BY r.received_at DESC, s.id LIMIT 10"
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_came_in")]
    operations = [
        redefined("known_before(person bigint)", KNOWN_AS, KNOWN_BEFORE),
        definer("known_one(subject bigint)", KNOWN_AS, KNOWN_ONE),
        definer(
            "looked_for(by_reference text, surname text, forenames text, born date, born_in int)",
            KNOWN_AS,
            LOOKED_FOR,
        ),
    ]
