"""“Who may see it” and what is done from there; a case opened in an emergency, through pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day, days_later
from waymark.audit.models import Look
from waymark.cases.access import naming
from waymark.cases.models import EmergencyOpening, Exclusion, Grant, Task
from waymark.database.clock import today
from waymark.referrals.deciding import screening

REASON = "The mother rang: he has left with a knife, and nobody answers"


@pytest.mark.requirement("S21")
@pytest.mark.requirement("S24")
def test_a_case_is_given_restricted_and_like_others_again(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).reviewed()
    desk, reference = Desk(client, story), story.case.reference
    lead, chair, stranger = essex.police_lead, essex.chair, thurrock.families_lead
    page = desk.at(lead).text("case_sight", reference)
    for words in (lead.name, chair.name, "Essex", "Show somebody a part", "Keep somebody"):
        assert words in page
    assert "Show somebody" not in desk.at(essex.coordinator).text("case_sight", reference)

    said: dict[str, Any] = {"who": str(stranger.pk), "parts": ["name", "work"], "why": "Taught him"}
    lacks = desk.refused(
        lead, "give_sight", reference, **said | {"why": ""} | day("until", today())
    )
    assert "Enter why they need it" in lacks
    late = day("until", today() + timedelta(days=500))
    assert "12 months at most" in desk.refused(lead, "give_sight", reference, **said | late)
    ends = today() + timedelta(days=10)
    desk.done(lead, "give_sight", reference, **said | day("until", ends))
    assert f"Taught him (given by {lead.name})" in desk.at(chair).text("case_sight", reference)
    assert desk.at(stranger).get("case", reference).status_code == 200
    assert desk.at(stranger).get("consent", reference).status_code == 200
    assert desk.at(stranger).get("assessment", reference).status_code == 403
    with days_later(11):  # it ends by itself
        assert desk.at(stranger).get("case", reference).status_code == 404
    desk.done(chair, "end_sight", reference, stranger.pk)
    assert desk.at(stranger).get("case", reference).status_code == 404

    kind = {"kind": "in_press", "why": "A reporter rang", "chair": "no"}
    desk.done(lead, "restrict", reference, **kind, others=[str(essex.vice_chair.pk)])
    assert "Restricted: named people only" in desk.at(chair).text("case", reference)
    for user in (essex.coordinator, essex.second_lead, essex.second_officer):
        assert desk.at(user).get("case", reference).status_code == 404
    desk.done(chair, "agree_restriction", reference, agrees="yes", words="Rightly so")
    desk.done(chair, "name_person", reference, who=str(essex.coordinator.pk), why="Invites")
    assert desk.at(essex.coordinator).get("case", reference).status_code == 200
    acting(lead)
    one = next(n for n in naming.named_on(story.case) if n.user == essex.coordinator)
    desk.done(lead, "un_name", reference, one.pk, why="The panel is over")
    desk.done(lead, "lift_restriction", reference, why="Nobody writes of it")
    desk.done(chair, "lift_restriction", reference, agrees="yes", words="Agreed")
    assert desk.at(essex.second_officer).get("case", reference).status_code == 200


@pytest.mark.requirement("S25")
@pytest.mark.requirement("S26")
def test_somebody_is_kept_out_by_two_and_somebody_says_that_they_know_the_person(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).reviewed()
    desk, reference, lead = Desk(client, story), story.case.reference, essex.police_lead
    said = {"who": str(essex.coordinator.pk), "kind": "relative", "why": "Her aunt"}
    desk.done(lead, "keep_out", reference, **said)
    absent = desk.at(essex.coordinator).get("case", "00000000")
    assert desk.at(essex.coordinator).get("case", reference).content == absent.content
    acting(lead)
    made = Exclusion.objects.get()
    desk.done(essex.chair, "kept_out", reference, made.pk, agrees="yes", words="Yes")
    desk.done(essex.chair, "kept_out", reference, made.pk, why="It was another family")
    desk.done(lead, "kept_out", reference, made.pk, agrees="yes", words="So it was")
    assert desk.at(essex.coordinator).get("case", reference).status_code == 200

    families = essex.families_lead
    gone = desk.done(families, "knows", reference, words="My neighbour’s son")
    assert gone.headers["Location"] == "/"
    assert desk.at(families).get("case", reference).status_code == 404
    assert reference not in desk.at(families).text("home")
    assert "Read that a colleague knows somebody" in desk.at(essex.chair).text("home")
    acting(essex.chair)
    made = Exclusion.objects.get(user=families, until_at=None)
    desk.done(essex.chair, "known_read", reference, made.pk, sees_it="no", words="Too close")
    assert desk.at(families).get("case", reference).status_code == 404


@pytest.mark.requirement("S27")
@pytest.mark.lesson("R23")
def test_a_case_opened_in_an_emergency_is_read_for_an_hour_and_reviewed(
    client: Client, essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).reviewed()
    desk, reference, opener = Desk(client, story), story.case.reference, thurrock.chair
    short = desk.refused(opener, "emergency_open", reference=reference, why="Urgent")
    assert "fewer than 20 characters" in short and reference not in short.split("Urgent")[0]
    nothing = desk.done(opener, "emergency_open", reference="00000000", why=REASON)
    assert nothing.headers["Location"] == "/emergencies"
    assert "There is nothing to open under this reference" in desk.at(opener).text("emergencies")
    opened = desk.done(opener, "emergency_open", reference=reference, why=REASON)
    assert opened.headers["Location"] == f"/cases/{reference}"
    assert desk.at(opener).get("case", reference).status_code == 200
    acting(opener)
    assert Look.objects.filter(case_id=story.case.pk, purpose="emergency").exists()
    refused = client.post(f"/cases/{reference}/i-know-this-person", {"words": "No"})
    assert refused.status_code == 403 and "you can read it, not change it" in refused.text
    paper = desk.at(opener).get("assessment_pdf", reference)
    assert paper.status_code in (403, 404) and "pdf" not in paper.headers["Content-Type"]

    # told at once: the police lead has it to review, the auditor sees it without the words
    acting(essex.police_lead)
    task = Task.objects.get(kind="review_emergency")
    acting(essex.police_lead)
    made = EmergencyOpening.objects.get()
    audited = desk.at(essex.auditor).text("emergency", made.pk)
    assert opener.name in audited and "knife" not in audited and "Not shown to you" in audited
    assert "Review a case opened in an emergency" in desk.at(task.user).text("home")
    assert "knife" in desk.at(task.user).text("emergency", made.pk)
    with days_later(10):
        assert "Review overdue" in desk.at(essex.auditor).text("emergencies")
        assert desk.at(opener).get("case", reference).status_code == 404
    desk.done(task.user, "emergency", made.pk, outcome="right", words="She could not wait")
    assert "It was right to open it" in desk.at(essex.auditor).text("emergencies")
    assert desk.at(essex.partner).get("emergencies").status_code == 404


@pytest.mark.requirement("S24")
def test_what_a_referral_says_of_staff_restricts_the_case_from_its_beginning(
    essex: Cast,
) -> None:
    story = Story(essex).referred(lead_first=True)
    acting(essex.police_officer)
    assert not Task.objects.filter(subject_id=story.subject.pk).exists()
    lead = acting(essex.police_lead)
    screening.take(story.subject, by=lead)
    screening.decide(story.subject, by=lead, decision=story.decision())
    story.subject.refresh_from_db()
    case = story.subject.case
    assert case is not None and case.restricted
    assert {one.user for one in naming.named_on(case)} == {lead, essex.second_lead}
    assert Task.objects.filter(kind="name_people", case=case).exists()
    acting(essex.police_officer)
    assert not Grant.objects.exists() and not type(case).objects.exists()
