"""Who has a request, and by when: both sides see it on their pages."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.sharing.steps import ask
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.database.clock import today
from waymark.directory.models import Role
from waymark.sharing.models import Request

WORDS = "“Quiet” words 🌱 — select … from; post\nمرحبا"


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).reviewed())


@pytest.fixture
def made(desk: Desk, essex: Cast) -> Request:
    return ask(desk.story, essex.partner.organisation)[0]


@pytest.mark.lesson("R16")
def test_a_request_is_passed_to_a_colleague_and_both_sides_see_who_has_it(
    desk: Desk, essex: Cast, made: Request
) -> None:
    acting(INSTALLATION)
    colleague = essex.appointed(Role.PARTNER, of=essex.partner.organisation)
    assert "Pass it on to a colleague" in desk.at(essex.partner).text("request", made.pk)
    assert colleague.name in desk.at(essex.partner).text("pass_on", made.pk)
    desk.done(essex.partner, "pass_on", made.pk, to=str(colleague.pk))
    assert "Answer a request" in desk.at(colleague).text("home")
    assert "Answer a request" not in desk.at(essex.partner).text("home")
    passed = f"from {essex.partner.name} to {colleague.name}"
    assert passed in desk.at(colleague).text("request", made.pk)
    page = desk.at(essex.police_officer).text("asked_request", desk.reference, made.pk)
    assert passed in page and "Nothing is answered yet" in page


@pytest.mark.lesson("R16")
def test_passed_to_somebody_without_an_account_the_police_ask_them(
    desk: Desk, essex: Cast, made: Request
) -> None:
    blank = desk.refused(essex.partner, "pass_on", made.pk, to="other", named="")
    assert "Enter who has it from now on" in blank
    desk.done(essex.partner, "pass_on", made.pk, to="other", named="Sam Reed, deputy head")
    checks = desk.at(essex.police_officer).text("partner_checks", desk.reference)
    assert "Sam Reed, deputy head, who has no account here" in checks
    assert "Fetch a reply" in desk.at(essex.police_officer).text("home")


@pytest.mark.lesson("R16")
def test_the_police_write_down_who_has_a_request_now(
    desk: Desk, essex: Cast, made: Request
) -> None:
    where = ("request_passed_on", desk.reference, made.pk)
    blank = desk.refused(essex.police_officer, *where, to="other", named="")
    assert "Enter who has it from now on" in blank
    desk.done(essex.police_officer, *where, to="other", named="Sam Reed, deputy head")
    page = desk.at(essex.police_officer).text("asked_request", desk.reference, made.pk)
    assert "Sam Reed, deputy head" in page and "Nothing is answered yet" in page


@pytest.mark.clause("2.9.3")
def test_the_co_ordinator_moves_the_date_and_both_sides_see_why(
    desk: Desk, essex: Cast, made: Request
) -> None:
    where, later = (desk.reference, made.pk), today() + timedelta(days=30)
    blank = desk.refused(essex.coordinator, "move_date", *where, **day("due_date", later))
    assert "Enter why the date moves" in blank
    said = day("due_date", later) | {"why": WORDS}
    desk.done(essex.coordinator, "move_date", *where, **said)
    for words in (
        desk.at(essex.partner).text("request", made.pk),
        desk.at(essex.police_officer).text("asked_request", *where),
    ):
        assert "The date was moved" in words and "“Quiet” words 🌱" in words
    refused = desk.at(essex.police_officer).text("move_date", *where)
    assert "Moving the date of a request is not yours to do (2.9.3)" in refused
