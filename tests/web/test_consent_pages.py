"""Consent and support through their pages: asked with care, nothing before yes, no stops all."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Stage, SupportConsent
from waymark.database import clock
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Role
from waymark.policy.pack import in_force
from waymark.support.models import Piece, Session

SAID = "“No thank you” – select … from; post 🌱"


@pytest.fixture
def asking(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).plan_agreed())


@pytest.fixture
def supported(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).consented())


@pytest.mark.clause("1.1.4", "2.8.4", "2.10.4")
def test_the_notice_is_shown_and_child_and_parent_are_both_asked(asking: Desk, essex: Cast) -> None:
    page = asking.at(essex.families_lead).text("consent", asking.reference)
    notice = in_force().consent.notice
    assert all(point in page for point in notice.points)
    assert "a parent or guardian answers, and the young person is asked too" in page
    assert "Consent: Not asked" in page
    lead = essex.families_lead
    asking.ask_for_consent()
    asking.done(lead, "consent", asking.reference, **asking.consent_said("parent"))
    assert asking.stage() == Stage.SEEKING_CONSENT
    asking.done(lead, "consent", asking.reference, **asking.consent_said("person"))
    assert asking.stage() == Stage.SUPPORTED
    assert "Consent: Given" in asking.at(lead).text("case", asking.reference)
    acting(lead)
    kept = SupportConsent.objects.first()
    assert kept is not None and kept.notice == notice.edition


@pytest.mark.clause("1.1.4", "2.10.4")
def test_two_who_disagree_open_nothing(asking: Desk, essex: Cast) -> None:
    lead = essex.families_lead
    asking.ask_for_consent()
    asking.done(lead, "consent", asking.reference, **asking.consent_said("parent"))
    no = asking.consent_said("person", "refused", how=SAID)
    asking.done(lead, "consent", asking.reference, **no)
    assert asking.stage() == Stage.PANEL
    page = asking.at(lead).text("consent", asking.reference)
    assert "Consent: In conflict" in page and "Refused" in page
    assert "Consent is not asked while the case stands at “Panel” (2.10.4)" in page
    assert asking.at(essex.provider).text("support").count("You lead or give no support now")


@pytest.mark.clause("2.10.4")
def test_no_support_starts_before_consent(asking: Desk, essex: Cast) -> None:
    acting(essex.chair)
    piece = Piece.objects.get()
    for page in ("piece", "piece_accept", "piece_log"):
        assert asking.at(essex.provider).get(page, piece.pk).status_code == 404
    plan = asking.at(essex.chair).text("plan", asking.reference)
    assert "Planned" in plan and "0 of 3 held" in plan


def test_an_answer_names_who_how_and_when_and_keeps_what_is_typed(
    asking: Desk, essex: Cast
) -> None:
    said = asking.consent_said("parent", how=SAID, name="", authority="")
    page = asking.refused(essex.families_lead, "consent", asking.reference, **said)
    assert "Enter the name of the parent or guardian" in page
    assert "Enter how we know that they may answer" in page and SAID in page
    asking.ask_for_consent()
    late = asking.consent_said("person", **day("answered_date", today() - timedelta(days=3)))
    page = asking.refused(essex.families_lead, "consent", asking.reference, **late)
    assert "before the plan was agreed (2.10.4)" in page
    officer = asking.at(essex.police_officer).text("consent", asking.reference)
    assert "This is not yours to write down (2.10.4)" in officer


def test_silence_is_not_consent(asking: Desk, essex: Cast) -> None:
    page = asking.refused(essex.chair, "consent_unanswered", asking.reference, why=SAID)
    assert "There is still time to answer (2.10.4)" in page and SAID in page
    clock.set_offset(timedelta(days=30))
    try:
        asking.done(essex.chair, "consent_unanswered", asking.reference, why=SAID)
    finally:
        clock.set_offset(timedelta())
    assert asking.stage() == Stage.PANEL


@pytest.mark.clause("1.1.4")
def test_a_withdrawal_shows_what_falls_and_stops_it_at_once(supported: Desk, essex: Cast) -> None:
    page = supported.at(essex.chair).text("withdraw_consent", supported.reference)
    assert "What stops with it, at once" in page and "Essex Mentoring" in page
    assert essex.provider.name in page and "goes back to the panel" in page
    # one key opens the page from the case, one sends it as it stands: nobody has to say why
    assert 'accesskey="w"' in supported.at(essex.chair).get("case", supported.reference).text
    html = supported.at(essex.chair).get("withdraw_consent", supported.reference).text
    assert 'accesskey="s"' in html and html.count(" checked") == 3
    said = {"kind": "person", "state": "withdrawn", "doubt": "no", **day("answered_date", today())}
    supported.done(essex.chair, "withdraw_consent", supported.reference, **said)
    assert supported.stage() == Stage.PANEL
    piece = supported.piece()
    mine = supported.at(essex.provider).text("piece", piece.pk)
    assert "Held" in mine and "You are told here when it goes on" in mine
    refused = supported.at(essex.provider).text("piece_log", piece.pk)
    assert "This support does not run now (2.10.4)" in refused
    assert "Stop support" in supported.at(essex.provider).text("home")
    again = supported.at(essex.chair).text("withdraw_consent", supported.reference)
    assert "There is no consent in force to withdraw: it is withdrawn (1.1.4)" in again


@pytest.mark.clause("2.8.20", "2.9.4")
def test_a_provider_sees_its_own_piece_and_nothing_of_the_case(
    supported: Desk, essex: Cast
) -> None:
    piece = supported.piece()
    seen = supported.at(essex.provider)
    for page, args in (("support", ()), ("piece", (piece.pk,)), ("piece_log", (piece.pk,))):
        html = seen.get(page, *args).text
        assert "Ashdown" not in html and supported.reference not in html
    page = seen.text("piece", piece.pk)
    assert "Meet weekly, listen, find a club to join" in page and "0 of 3 held" in page
    assert in_force().text("signs_and_engaging").paragraphs[0] in page
    for name in ("case", "plan", "consent", "withdraw_consent", "case_panel"):
        assert seen.get(name, supported.reference).status_code == 404
    supported.done(essex.provider, "piece_log", piece.pk, **supported.session_said())
    assert "1 of 3 held" in supported.at(essex.chair).text("plan", supported.reference)


def test_for_another_provider_and_for_outsiders_a_piece_does_not_exist(
    supported: Desk, essex: Cast
) -> None:
    piece = supported.piece()
    become(INSTALLATION)
    sports = essex.organisation("Sports", "voluntary")
    other = essex.appointed(Role.PROVIDER, of=sports)
    colleague = essex.appointed(Role.PROVIDER, of=essex.provider.organisation)
    for user in (other, colleague, essex.outsider, essex.administrator):
        for page in ("piece", "piece_accept", "piece_log", "piece_stop"):
            assert supported.at(user).get(page, piece.pk).status_code == 404
    assert supported.at(essex.chair).get("piece", piece.pk).status_code == 302


@pytest.mark.lesson("R18")
def test_ordered_is_not_held_and_silence_is_seen_by_the_panel(supported: Desk, essex: Cast) -> None:
    piece, provider = supported.piece(), essex.provider
    supported.done(provider, "piece_log", piece.pk, **supported.session_said())
    clock.set_offset(timedelta(days=40))
    try:
        with clock_moved(40):
            meeting = supported.open_a_meeting()
            papers = supported.at(essex.chair).text("case_panel", supported.reference)
            page = supported.hearing(meeting)
    finally:
        clock.set_offset(timedelta())
    assert f"{piece.reference}: a session is overdue" in papers
    assert f"1 of 3 sessions held of {piece.reference} (2.9.4)" in page
    assert f"Say why sessions of support {piece.reference} are missing" in page


@pytest.mark.clause("2.9.4")
def test_missing_sessions_are_explained_in_words(supported: Desk, essex: Cast) -> None:
    where = ("reconcile", supported.reference, supported.piece().pk)
    assert "Select" not in supported.at(essex.families_lead).text(*where)
    blank = supported.refused(essex.families_lead, *where, words=" ")
    assert "0 of 3 sessions were held" in blank and "Enter" in blank
    supported.done(essex.families_lead, *where, words="The mentor was ill for a month")
    assert "ill for a month" in supported.at(essex.chair).text("plan", supported.reference)


def test_who_gives_support_stops_when_the_person_asks(supported: Desk, essex: Cast) -> None:
    piece = supported.piece()
    supported.done(essex.provider, "piece_stop", piece.pk)
    assert "Held" in supported.at(essex.provider).text("support")
    home = supported.at(essex.chair).text("home")
    assert "Ask what somebody who asked to stop wants" in home


def test_a_session_needs_a_day_in_the_past_and_words(supported: Desk, essex: Cast) -> None:
    piece = supported.piece()
    wrong = supported.session_said(words="", **day("happened_date", today() + timedelta(days=1)))
    page = supported.refused(essex.provider, "piece_log", piece.pk, **wrong)
    assert "The day of the session must be today or in the past" in page
    assert "Enter what was done, or what happened" in page
    early = supported.session_said(words=SAID, **day("happened_date", today() - timedelta(days=9)))
    page = supported.refused(essex.provider, "piece_log", piece.pk, **early)
    assert "That was before this support started (2.10.4)" in page and SAID in page
    acting(essex.provider)
    assert not Session.objects.exists()
