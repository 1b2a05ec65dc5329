"""What is written down on a case between its stages: entries, sharing, telling, social care."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import plain
from waymark.cases.models import Entry, SafeguardingReferral, SharingPosition, Task
from waymark.database.clock import today

WORDS = "“Quiet” words 🌱 — select … from; post\nمرحبا"
PAGES = ("entry", "sharing_position", "told", "case_safeguarding")
OTHERS = ["outsider", "administrator", "auditor", "partner", "provider", "adult_lead"]


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).risk_assessed())


def entry(**differs: object) -> dict[str, object]:
    said = {"kind": "visit", "told_by": "The form tutor", "words": WORDS}
    return said | day("happened_date", today() - timedelta(days=3)) | differs


def test_who_writes_on_the_case_finds_the_pages_there(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.families_lead).text("case", desk.reference)
    assert "Record something" in page
    for text in ("Write down what happened", "Decide the position on sharing", "social care"):
        assert text in page


@pytest.mark.clause("2.11.1")
@pytest.mark.lesson("R8")
def test_an_entry_tells_when_it_happened_who_told_it_and_who_wrote_it(
    desk: Desk, essex: Cast
) -> None:
    desk.done(essex.families_lead, "entry", desk.reference, **entry())
    acting(essex.police_lead)
    made = Entry.objects.get()
    assert (made.happened_date, made.told_by) == (today() - timedelta(days=3), "The form tutor")
    assert made.words == WORDS and made.by == essex.families_lead
    page = desk.at(essex.police_lead).text("case_timeline", desk.reference)
    assert "told by The form tutor" in page and essex.families_lead.name in page


def test_an_entry_of_a_day_to_come_is_refused_and_keeps_its_words(desk: Desk, essex: Cast) -> None:
    to_come = day("happened_date", today() + timedelta(days=2))
    page = desk.at(essex.families_lead).send("entry", desk.reference, **entry(**to_come))
    assert "must be today or in the past" in plain(page) and "“Quiet” words 🌱" in page.text
    acting(essex.police_lead)
    assert not Entry.objects.exists()


@pytest.mark.clause("2.4.3", "2.4.5", "1.3.8")
def test_sharing_about_a_child_is_agreed_or_weighed(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.families_lead).text("sharing_position", desk.reference)
    assert "Do the child or the family agree to sharing?" in page and "(2.4.3)" in page
    assert "speak with your manager in the first instance" in page
    said = {"state": "refused", "ground": "To keep somebody from serious harm", "balance": " "}
    refused = desk.refused(essex.families_lead, "sharing_position", desk.reference, **said)
    assert "Sharing without agreement is not weighed (2.4.5)" in refused
    assert "To keep somebody from serious harm" in refused
    said["balance"] = "A threat was made; only the school is asked"
    desk.done(essex.families_lead, "sharing_position", desk.reference, **said)
    acting(essex.police_lead)
    stands = SharingPosition.objects.get()
    assert stands.review_date is not None
    again = desk.at(essex.families_lead).text("sharing_position", desk.reference)
    assert "A threat was made" in again and "Decide again" in again


@pytest.mark.clause("2.4.4")
def test_an_adult_is_asked_before_anything_is_shared(client: Client, essex: Cast) -> None:
    born = today().replace(year=today().year - 30, day=1)
    desk = Desk(client, Story(essex, born=born).risk_assessed())
    page = desk.at(essex.adult_lead).text("sharing_position", desk.reference)
    assert "Was the person asked, and what did they say?" in page and "(2.4.4)" in page


def test_what_is_to_be_looked_at_again_leads_to_its_page(desk: Desk, essex: Cast) -> None:
    said = {"state": "not_sought", "ground": "Serious harm", "balance": "Asking would endanger him"}
    desk.done(essex.families_lead, "sharing_position", desk.reference, **said)
    desk.done(essex.families_lead, "told", desk.reference, told="no", words="He would run away")
    home = desk.at(essex.families_lead).get("home").text
    assert f'href="/cases/{desk.reference}/sharing"' in home
    assert f'href="/cases/{desk.reference}/told"' in home


@pytest.mark.clause("2.5.13")
def test_a_case_is_referred_to_social_care_and_its_acceptance_chased(
    desk: Desk, essex: Cast
) -> None:
    acting(INSTALLATION)
    care = essex.organisation("Children’s care", "children_social_care")
    opened = desk.at(essex.families_lead).get("case_safeguarding", desk.reference)
    assert "Ashdown" in opened.text
    said = {"to": care.pk, "about": "His younger sister", "why": WORDS}
    missing = desk.refused(
        essex.families_lead, "case_safeguarding", desk.reference, **said | {"to": ""}
    )
    assert "Select the social care that it goes to" in missing and "“Quiet” words 🌱" in missing
    desk.done(essex.families_lead, "case_safeguarding", desk.reference, **said)
    acting(essex.families_lead)
    made = SafeguardingReferral.objects.get()
    assert (made.to, made.about, made.case) == (care, "His younger sister", desk.story.case)
    chased = Task.objects.waiting().get(kind="chase_safeguarding")
    assert chased.user == essex.families_lead
    assert "His younger sister" in desk.at(essex.families_lead).text("safeguarding", made.pk)


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("page", PAGES)
def test_for_others_the_pages_do_not_exist(desk: Desk, essex: Cast, who: str, page: str) -> None:
    assert desk.at(getattr(essex, who)).get(page, desk.reference).status_code == 404
