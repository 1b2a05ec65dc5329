"""Before a case is opened: whether one knows the person, and what one opens it for."""

import io
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client

from tests.cast import Cast, acting
from tests.story import Story
from waymark.audit.models import Look, PurposeGiven
from waymark.cases.access import emergencies
from waymark.cases.models import Exclusion
from waymark.database import clock
from waymark.database.limits import Limits
from waymark.directory.models import User
from waymark.oversight import openings

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
pytestmark = [pytest.mark.asks_before_opening]
ASKED = "Before you open this case"


class Reader:
    """Somebody at a browser of their own."""

    def __init__(self, user: User):
        self.user, self.client = user, Client()
        acting(user)
        self.client.force_login(user, backend=BACKEND)

    def opens(self, path: str, **headers: Any) -> Any:
        return self.client.get(path, **headers)

    def answers(self, story: Story, to: str = "", **said: str) -> Any:
        here = f"/cases/{story.case.reference}"
        return self.client.post(f"{here}/before-opening", {"to": to or here, **said})

    def looks(self) -> list[Look]:
        acting(self.user)
        return list(Look.objects.filter(actor=f"user:{self.user.pk}").order_by("at", "id"))


@pytest.mark.requirement("S26")
@pytest.mark.requirement("S33")
def test_first_opening_shows_whose_it_is_and_nothing_of_the_case(essex: Cast) -> None:
    story = Story(essex, surname="Ashdown").consented()
    reader = Reader(essex.vice_chair)
    here = f"/cases/{story.case.reference}"
    page = reader.opens(f"{here}/plan?from=home")
    assert page.status_code == 200 and ASKED in page.text
    assert (
        "Ashdown" in page.text and "Essex" in page.text and "Do you know this person" in page.text
    )
    assert f'value="{here}/plan?from=home"' in page.text
    for shown in ("What happened", "Who may see it", "mentoring", "Consent"):
        assert shown not in page.text
    assert reader.looks() == []
    ahead = reader.opens(here, headers={"Sec-Purpose": "prefetch"})
    assert (ahead.status_code, ahead.content) == (204, b"") and reader.looks() == []


@pytest.mark.requirement("S33")
@pytest.mark.lesson("R23")
@pytest.mark.clause("2.1.4")
def test_without_a_task_no_page_opens_before_its_purpose_is_given(essex: Cast) -> None:
    story = Story(essex).consented()
    reader = Reader(essex.vice_chair)
    here = f"/cases/{story.case.reference}"
    assert "What do you open it for?" in reader.opens(here).text
    lacking = reader.answers(story, knows="no")
    assert lacking.status_code == 200 and "Press the button" in lacking.text
    no_words = reader.answers(story, knows="no", purpose="own_words")
    assert "Enter what you open this case for" in no_words.text
    unsaid = reader.answers(story, purpose="meeting")
    assert "Select whether you know this person" in unsaid.text
    assert reader.looks() == []
    on = reader.answers(story, to=f"{here}/plan", knows="no", purpose="meeting")
    assert on.headers["Location"] == f"{here}/plan"
    assert ASKED not in reader.opens(f"{here}/plan").text
    (look,) = reader.looks()
    assert (look.purpose, look.sight, look.had_task, look.part) == (
        "meeting",
        "post",
        False,
        "plan",
    )
    clock.set_offset(timedelta(hours=7))
    acting(essex.vice_chair)
    assert ASKED not in reader.opens(here).text
    clock.set_offset(timedelta(hours=9))
    again = reader.opens(here).text
    assert ASKED in again and "Do you know" not in again
    reader.answers(story, purpose="own_words", words="The mother rang")
    assert ASKED not in reader.opens(here).text
    looks = reader.looks()
    assert looks[-1].purpose == "own_words"
    given = PurposeGiven.objects.get(purpose="own_words")
    assert given.words == "The mother rang"


@pytest.mark.requirement("S26")
def test_with_a_task_of_ones_own_only_the_person_is_asked_about_and_once(essex: Cast) -> None:
    story = Story(essex).screened()
    reader = Reader(essex.police_officer)
    here = f"/cases/{story.case.reference}"
    page = reader.opens(here)
    assert "Do you know this person" in page.text and "What do you open" not in page.text
    assert reader.answers(story, knows="no").headers["Location"] == here
    assert ASKED not in reader.opens(here).text
    (look,) = reader.looks()
    assert (look.purpose, look.had_task) == ("own_task", True)
    clock.set_offset(timedelta(days=2))
    assert ASKED not in reader.opens(here).text


@pytest.mark.requirement("S26")
def test_whoever_knows_the_person_sees_the_case_no_more(essex: Cast) -> None:
    story = Story(essex).reviewed()
    reader = Reader(essex.families_lead)
    here = f"/cases/{story.case.reference}"
    reader.opens(here)
    lacking = reader.answers(story, knows="yes")
    assert "Enter how you know them" in lacking.text
    gone = reader.answers(story, knows="yes", how="My neighbour’s son")
    assert gone.headers["Location"] == "/"
    assert reader.opens(here).status_code == 404
    assert reader.looks() == []
    acting(essex.chair)
    assert Exclusion.objects.get(until_at=None).user == essex.families_lead


def test_what_was_typed_on_a_page_of_the_case_is_sent_without_a_question(essex: Cast) -> None:
    story = Story(essex).consented()
    reader = Reader(essex.vice_chair)
    entry = f"/cases/{story.case.reference}/entries/write"
    first = reader.client.post(entry, {"words": "Typed before"})
    assert first.status_code == 200 and ASKED in first.text
    reader.answers(story, knows="no", purpose="meeting")
    assert reader.opens(f"/cases/{story.case.reference}").status_code == 200
    clock.set_offset(timedelta(hours=9))
    assert ASKED not in reader.client.post(entry, {"words": "Typed since"}).text
    assert ASKED in reader.opens(f"/cases/{story.case.reference}").text


@pytest.mark.requirement("S27")
def test_a_case_opened_in_an_emergency_asks_nothing_more(essex: Cast, thurrock: Cast) -> None:
    story = Story(essex).consented()
    emergencies.open_case(
        by=acting(thurrock.chair), reference=story.case.reference,
        why="The mother rang: he has left with a knife",
    )  # fmt: skip
    reader = Reader(thurrock.chair)
    assert ASKED not in reader.opens(f"/cases/{story.case.reference}").text
    assert reader.answers(story, knows="no", purpose="safety").status_code == 403
    (look,) = reader.looks()
    assert (look.sight, look.purpose, look.had_task) == ("emergency", "emergency", False)


@pytest.mark.requirement("S34")
def test_more_than_twenty_cases_in_ten_minutes_are_each_asked_for(
    essex: Cast, settings: Any
) -> None:
    settings.WAYMARK_LIMITS = Limits(cases=2)
    stories = [Story(essex, surname=f"Name{number}").screened() for number in range(3)]
    reader = Reader(essex.police_officer)
    for story in stories[:2]:
        reader.answers(story, knows="no")
        assert ASKED not in reader.opens(f"/cases/{story.case.reference}").text
    third = f"/cases/{stories[2].case.reference}"
    assert "more than 2 cases in 10 minutes" in reader.opens(third).text
    reader.answers(stories[2], knows="no", purpose="stand_in")
    assert ASKED not in reader.opens(third).text
    assert reader.looks()[-1].purpose == "stand_in"


def test_it_goes_on_to_pages_of_that_case_alone(essex: Cast) -> None:
    story, other = Story(essex).screened(), Story(essex, surname="Birch").screened()
    reader = Reader(essex.police_officer)
    here = f"/cases/{story.case.reference}"
    elsewhere = (
        "https://evil.example/", "//evil.example", f"/cases/{other.case.reference}", "/accounts",
        f"{here}/../x", f"{here}/nothing-there",
    )  # fmt: skip
    for path in elsewhere:
        went = reader.answers(story, to=path, knows="no")
        assert went.headers["Location"] == here, path
    assert reader.opens(f"{here}/before-opening").headers["Location"] == here


@pytest.mark.requirement("S34")
@pytest.mark.lesson("R23")
def test_a_refused_look_is_written_down_and_nobody_refused_can_tell(
    essex: Cast, thurrock: Cast
) -> None:
    story = Story(essex).consented()
    reader = Reader(thurrock.chair)
    hidden = reader.opens(f"/cases/{story.case.reference}")
    absent = reader.opens("/cases/00000000")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert reader.looks() == []
    part = Reader(essex.coordinator)
    assert part.opens(f"/cases/{story.case.reference}/plan").status_code == 403
    assert part.looks() == []
    acting(essex.auditor)
    refused = Look.objects.filter(sight="none", case_id=story.case.pk)
    assert {look.actor for look in refused} == {
        f"user:{thurrock.chair.pk}", f"user:{essex.coordinator.pk}",
    }  # fmt: skip
    acting(essex.administrator)
    assert not Look.objects.exists()


def test_a_paper_is_looked_at_as_a_document(essex: Cast) -> None:
    story = Story(essex).consented()
    reader = Reader(essex.chair)
    reader.answers(story, knows="no", purpose="meeting")
    paper = reader.opens(f"/cases/{story.case.reference}/assessment/paper.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert [look.object_kind for look in reader.looks()] == ["document"]


@pytest.mark.requirement("S33")
@pytest.mark.django_db(transaction=True)
def test_the_look_is_committed_before_the_first_byte(cluster: Any) -> None:
    """Seen from another connection at the moment when the server is told to begin its answer."""
    with transaction.atomic():
        story = Story(Cast("Essex")).consented()
        chair = story.cast.chair
        client = Client()
        acting(chair)
        client.force_login(chair, backend=BACKEND)
        openings.answer(
            story.case, by=chair, purpose="meeting", question=openings.Question(True, True)
        )
    cookies = SimpleCookie({name: one.value for name, one in client.cookies.items()})
    said = cookies.output(header="", sep=";").strip()
    seen: list[int] = []
    words = cluster.superuser.replace(
        "dbname=postgres", f"dbname={connection.settings_dict['NAME']}"
    )
    with psycopg.connect(words, autocommit=True) as other:

        def begins(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            rows = other.execute("SELECT count(*) FROM audit_look WHERE purpose = 'meeting'")
            seen.append(rows.fetchone()[0])  # type: ignore[index]
            return lambda chunk: None

        for path in ("", "/assessment/paper.pdf"):
            environ = {
                "REQUEST_METHOD": "GET", "PATH_INFO": f"/cases/{story.case.reference}{path}",
                "SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(), "HTTP_HOST": "testserver", "HTTP_COOKIE": said,
            }  # fmt: skip
            answer = WSGIHandler()(environ, begins)
            assert b"".join(answer)
    assert seen == [1, 2]
