"""Home and the case page: what needs me, where it stands, who may see it."""

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from waymark.audit.models import Look
from waymark.directory import appointments
from waymark.directory.models import Role, User

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def story(essex: Cast) -> Story:
    return Story(essex).screened()


def test_home_shows_what_waits_by_date(client: Client, story: Story, essex: Cast) -> None:
    page = signed_in(client, essex.police_officer).get("/").text
    assert story.case.reference in page
    assert "Ashdown, Robin" in page
    assert "2.7.3" in page


def test_home_of_somebody_without_a_post_says_so(client: Client, essex: Cast) -> None:
    page = signed_in(client, essex.outsider).get("/").text
    assert "You hold no post here today" in page
    assert "Ashdown" not in page


def test_case_page_tells_stage_next_step_and_holder(
    client: Client, story: Story, essex: Cast
) -> None:
    page = signed_in(client, essex.police_officer).get(f"/cases/{story.case.reference}").text
    assert "Information gathering" in page
    assert "enough for partners to check their systems" in page
    assert essex.police_officer.name in page
    assert f"<title>Overview, case {story.case.reference} – Waymark</title>" in page


@pytest.mark.clause("1.1.2")
def test_a_case_says_who_was_noticed_how_they_are_at_risk_and_what_supports_them(
    client: Client, essex: Cast
) -> None:
    case = Story(essex).consented().case
    lead = signed_in(client, essex.police_lead)
    page = lead.get(f"/cases/{case.reference}").text
    assert "Ashdown, Robin" in page and "Read the risk record" in page
    assert "Drawn in by older friends" in lead.get(f"/cases/{case.reference}/risk/record").text
    plan = lead.get(f"/cases/{case.reference}/plan").text
    assert "What it addresses" in plan and essex.provider.organisation.name in plan


@pytest.mark.requirement("S23")
@pytest.mark.parametrize("page", ["", "/what-happened", "/who-may-see-it", "/accept"])
def test_unknown_case_and_unseen_case_look_alike(
    client: Client, story: Story, essex: Cast, thurrock: Cast, page: str
) -> None:
    signed_in(client, thurrock.chair)
    unseen = client.get(f"/cases/{story.case.reference}{page}")
    absent = client.get(f"/cases/00000000{page}")
    assert unseen.status_code == absent.status_code == 404
    assert unseen.content == absent.content


@pytest.mark.lesson("R23")
def test_each_look_is_written_down_with_its_purpose(
    client: Client, story: Story, essex: Cast
) -> None:
    signed_in(client, essex.police_officer).get(f"/cases/{story.case.reference}")
    acting(essex.police_officer)
    look = Look.objects.get(case_id=story.case.pk, part="case")
    assert look.purpose == "own_task"


def test_list_narrows_by_stage_and_says_what_is_applied(
    client: Client, story: Story, essex: Cast
) -> None:
    signed_in(client, essex.police_officer)
    assert "Ashdown, Robin" in client.get("/cases?stage=gathering").text
    none = client.get("/cases?stage=panel").text
    assert "No case fits" in none and "Ashdown" not in none
    assert "Remove this filter" in none


def test_list_narrows_by_the_name_of_the_holder(client: Client, story: Story, essex: Cast) -> None:
    signed_in(client, essex.police_officer)
    holder = essex.police_officer
    page = client.get(f"/cases?holder={holder.username}").text
    assert f'<option value="{holder.username}" selected>{holder.name}</option>' in page
    assert "Ashdown, Robin" in page


def test_who_may_see_a_case_by_a_grant_is_one_row_for_each(client: Client, essex: Cast) -> None:
    story = Story(essex).on_panel()
    story.meeting_open()
    page = signed_in(client, essex.chair).get(f"/cases/{story.case.reference}/who-may-see-it").text
    assert page.count(essex.panel_member.name) == 1
    assert "papers and minutes" in page


def test_what_another_administrator_gave_waits_on_home(client: Client, essex: Cast) -> None:
    second = essex.appointed(Role.ADMINISTRATOR, of=essex.council)
    giver = acting(essex.administrator)
    appointments.give(essex.outsider, by=giver, role=Role.CHAIR, area=essex.area)
    page = signed_in(client, second).get("/").text
    assert "Approve an appointment" in page and essex.outsider.name in page
    assert "Approve an appointment" not in signed_in(client, giver).get("/").text


@pytest.mark.parametrize("who", ["auditor", "information_governance"])
def test_home_of_a_post_without_cases_says_what_it_shows(
    client: Client, essex: Cast, who: str
) -> None:
    page = signed_in(client, getattr(essex, who)).get("/").text
    assert "you see no case and no person here" in page


@pytest.mark.clause("1.0.1", "1.0.2")
def test_policy_in_force_shows_its_document_control(client: Client, db: None) -> None:
    page = client.get("/policy").text
    assert "April 2019" in page and "April 2020" in page
    assert "has passed" in page


@pytest.mark.clause("1.2.1")
def test_definitions_can_be_read_with_their_source(client: Client, db: None) -> None:
    page = client.get("/policy/definitions").text
    assert "ocal or active opposition to fundamental British values" in page
    assert "2011" in page


@pytest.mark.clause("1.1.6", "1.1.7")
def test_purpose_objectives_and_contest_can_be_read(client: Client, db: None) -> None:
    page = client.get("/policy/purpose").text
    for word in ("Pursue", "Protect", "Prepare", "Desistance and Disengagement"):
        assert word in page


@pytest.mark.clause("2.10.7", "2.13.1")
def test_act_and_references_are_one_step_away(client: Client, db: None) -> None:
    page = client.get("/policy").text
    for words in ("Section 36(1)", "Mental Capacity Act", "Channel Duty Guidance", "CONTEST"):
        assert words in page


@pytest.mark.clause("2.12.2")
def test_training_that_replaces_wrap_is_awaited(client: Client, db: None) -> None:
    assert "WRAP" in client.get("/policy/learning").text


@pytest.mark.clause("2.9.1")
def test_directory_finds_organisations_by_kind(client: Client, essex: Cast) -> None:
    page = signed_in(client, essex.police_officer).get("/contacts").text
    assert "Essex Academy" in page and "Essex Council" in page
