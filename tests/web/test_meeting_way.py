"""A meeting from its papers to its signed minutes, done through its pages."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.panel import WORDS, Desk, day
from tests.web.police import hidden
from waymark.database.clock import today
from waymark.panels import interim
from waymark.panels.models import (
    Action,
    ActionHeard,
    Attendance,
    Decision,
    Discussion,
    Meeting,
    Minute,
    ProposedCorrection,
)
from waymark.panels.reading import papers
from waymark.sharing import requests
from waymark.ui import words


def words_of(answer: Any) -> str:
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    with pdfplumber.open(BytesIO(answer.content)) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    story = Story(essex)
    story.on_panel()
    return Desk(client, story)


@pytest.mark.clause("2.8.3", "2.8.18")
@pytest.mark.lesson("R13", "R16")
def test_the_papers_are_for_those_invited_and_say_what_is_missing(
    desk: Desk, essex: Cast, thurrock: Cast
) -> None:
    late = Story(essex, surname="Brook").on_panel()
    week = today() + timedelta(days=7)
    interim.take_step(
        desk.case(), by=acting(essex.chair), what="Ring every day.", why="Risk.", until_date=week
    )
    desk.done(essex.coordinator, "panel_call", "essex", when="today")
    third = Story(essex, surname="Cole").on_panel()
    acting(essex.chair)
    meeting = Meeting.objects.get()
    page = desk.at(essex.coordinator).text("meeting", meeting.pk)
    assert "New to the panel" in page and third.case.reference in page
    assert "Came to the panel since the meeting was called" in page
    desk.done(essex.coordinator, "meeting_put_on", meeting.pk)
    desk.done(
        essex.coordinator, "meeting_invite", meeting.pk, who=essex.referrer.pk, body="",
        capacity="Form tutor", item=desk.where(meeting)[1], kind="referrer",
    )  # fmt: skip
    acting(essex.coordinator)
    order = {f"place_{one.pk}": 1 if one.case == third.case else 2 for one in meeting.items.all()}
    desk.done(essex.coordinator, "meeting_order", meeting.pk, **order)
    acting(essex.chair)
    assert meeting.items.get(place=1).case == third.case and meeting.items.count() == 3

    member = desk.at(essex.panel_member)
    front = member.text("meeting_papers", meeting.pk)
    assert "confidential" in front and "Brook, Robin" in front and "New to the panel" in front
    assert "Who has opened them" not in front
    paper = member.text("meeting_paper", *desk.where(meeting))
    assert "Missing: not yet known" in paper and "Why it is here" in paper
    assert "A step for safety was taken between meetings" in paper and "Ring every day." in paper
    assert paper.index("Missing") < paper.index("Found present") < paper.index("Risk to")
    pdf = words_of(member.get("meeting_papers_pdf", meeting.pk))
    copy = f"Copy of {essex.panel_member.name}, {essex.panel_member.organisation.name}"
    assert pdf.count(copy) >= 4 and "Missing: not yet known" in pdf and "Cole, Robin" in pdf

    tutor = desk.at(essex.referrer)
    own = tutor.text("meeting_papers", meeting.pk)
    assert "Ashdown, Robin" in own and "Brook" not in own and "Cole" not in own
    assert "Brook" not in words_of(tutor.get("meeting_papers_pdf", meeting.pk))
    acting(essex.chair)
    brook = meeting.items.get(case=late.case)
    assert tutor.get("meeting_paper", meeting.pk, brook.pk).status_code == 404
    officer = desk.at(essex.police_officer)
    assert "for those who are invited" in officer.text("meeting_papers", meeting.pk)
    assert officer.get("meeting_papers_pdf", meeting.pk).status_code == 302
    assert desk.at(thurrock.chair).get("meeting_papers", meeting.pk).status_code == 404

    acting(essex.panel_member)  # who opened them is told to those who convene alone
    assert all(one.first is None for one in papers.opened_by(meeting))
    opened = desk.at(essex.chair).text("meeting_papers", meeting.pk)
    assert "Who has opened them" in opened and "Not opened yet" in opened
    shown = opened[opened.index("Who has opened them") :]
    body = essex.panel_member.organisation.name
    assert f"{essex.panel_member.name} Organisation {body} First {words.day(today())} at" in shown


@pytest.mark.lesson("R16")
def test_a_check_without_an_answer_is_named_in_papers_and_minute(desk: Desk, essex: Cast) -> None:
    school, case = essex.partner.organisation, desk.case()
    officer = acting(essex.police_officer)
    again = requests.Asking(about="Robin Ashdown", words="To see what has changed", items=["What?"])
    requests.ask(case, by=officer, asking=again, organisations={school: None})
    meeting = desk.open_a_meeting()
    for who in (essex.panel_member, essex.chair):
        paper = desk.at(who).text("meeting_paper", *desk.where(meeting))
        assert f"Not yet answered by {school.name}" in paper
    page = desk.not_decided("deferred", meeting, unanswered="")
    assert "Enter why the panel decides without their answer" in page
    desk.decide("deferred", meeting)
    minutes = desk.at(essex.chair).text("meeting_minutes", meeting.pk)
    assert f"Decided without an answer of: {school.name}: The school has said enough" in minutes


@pytest.mark.clause("2.1.1", "2.5.10", "2.5.11", "2.8.3", "2.8.9", "2.8.19")
@pytest.mark.lesson("R15", "R16")
def test_a_case_is_heard_on_one_page_and_nothing_typed_is_lost(desk: Desk, essex: Cast) -> None:
    other = Story(essex, surname="Brook").on_panel()
    meeting = desk.open_a_meeting()
    assert "Read the confidentiality statement" in desk.at(essex.chair).text("meeting", meeting.pk)
    desk.done(
        essex.coordinator, "meeting_statement", meeting.pk, read_by=essex.chair.pk,
        interests="The lead’s sister teaches at the school",
    )  # fmt: skip
    place = desk.where(meeting)
    page = desk.hearing(meeting)
    assert "Quorate" in page and "of 2 on the agenda" in page
    assert ("Next case" in page) != ("Previous case" in page)

    # what is typed is kept for who typed it, without being sent
    form = desk.at(essex.chair).get("meeting_case", *place)
    typed = hidden(form) | {"information": "Half a sentence 🌱"}
    kept = desk.client.post(reverse("meeting_case", args=place) + "?keep=1", typed)
    assert kept.status_code == 204
    assert "Half a sentence 🌱" in desk.hearing(meeting)
    assert "Half a sentence" not in desk.hearing(meeting, essex.coordinator)
    acting(essex.chair)
    assert not Decision.objects.exists()

    # an interest is declared: they leave, and do not count for this case
    acting(essex.chair)
    lead = Attendance.objects.get(user=essex.families_lead)
    said = {"who": lead.pk, "words": "Knows the family"}
    desk.done(essex.coordinator, "meeting_interest", *place, **said)
    page = desk.hearing(meeting)
    assert "Left because of an interest" in page and "cannot decide" in page
    assert "social care" in page
    discussed = {"words": "The tutor was heard", "why_undecided": ""}
    desk.done(essex.coordinator, "meeting_discussed", *place, **discussed)
    assert "The tutor was heard" in desk.hearing(meeting)
    assert "nobody is there for" in desk.not_decided("deferred", meeting)

    # the other case is decided in full
    desk.story = other
    page = desk.not_decided("deferred", meeting, assessment_is="amended", amended="", more="")
    assert "Enter what is amended" in page and "Select whether members share" in page
    desk.decide(
        "deferred", meeting, assessment_is="amended", amended="Factor E3 is weaker",
        more="something", more_words="Health rings the practice", social_care="yes",
        social_care_by="Families lead, by Friday", told_what="That it goes on",
        action_0="Ring the club", owner_0=essex.panel_member.pk,
        **day("due_0", today() + timedelta(days=7)),
    )  # fmt: skip
    desk.done(
        essex.chair, "meeting_adjourn", meeting.pk, **day("to_date", today() + timedelta(days=3))
    )
    minutes = desk.at(essex.chair).text("meeting_minutes", meeting.pk)
    for said in (
        "read the confidentiality statement", "The lead’s sister teaches", "declared an interest",
        "Discussed, not decided (not quorate: nobody there for", "The tutor was heard",
        "Not decided. Adjourned to", "Factor E3 is weaker", "Health rings the practice",
        "Families lead, by Friday", "That it goes on", "Ring the club",
    ):  # fmt: skip
        assert said in minutes, said
    acting(essex.chair)
    assert Discussion.objects.count() == 1 and Minute.objects.count() == 2


@pytest.mark.clause("2.8.19")
@pytest.mark.lesson("R15")
def test_actions_of_the_last_meeting_come_first_at_the_next(desk: Desk, essex: Cast) -> None:
    owner = essex.panel_member
    given = {f"action_{n}": what for n, what in enumerate(("Ring the club", "Ask the practice"))}
    given |= {f"owner_{n}": owner.pk for n in range(2)}
    given |= day("due_0", today()) | day("due_1", today())
    desk.hold_a_panel("deferred", **given)
    meeting = desk.open_a_meeting()
    page = desk.hearing(meeting)
    assert page.index("Ring the club") < page.index("Risk to the person")
    acting(essex.chair)
    ring, ask = (Action.objects.get(words=said) for said in ("Ring the club", "Ask the practice"))
    refused = desk.not_decided("deferred", meeting)
    assert f"Select what became of what {owner.name} was to do" in refused
    heard = {f"heard_{ring.pk}": "done", f"done_{ring.pk}": "A place is kept"}
    heard |= {f"heard_{ask.pk}": "not_done", f"why_not_{ask.pk}": "The practice was closed"}
    again = today() + timedelta(days=9)
    desk.decide("deferred", meeting, **heard, **day(f"again_{ask.pk}", again))
    minutes = desk.at(essex.chair).text("meeting_minutes", meeting.pk)
    assert "Ring the club: done. A place is kept" in minutes
    assert "not done; now by" in minutes and "The practice was closed" in minutes
    acting(essex.chair)
    assert {one.state for one in ActionHeard.objects.all()} == {"done", "not_done"}
    home = desk.at(owner).text("home")
    assert home.count("Do what the panel gave you") == 1


@pytest.mark.clause("2.8.19")
def test_who_was_there_proposes_corrections_and_the_chair_answers_before_signing(
    desk: Desk, essex: Cast
) -> None:
    meeting = desk.open_a_meeting()
    desk.decide("deferred", meeting, reasons=WORDS)
    desk.done(essex.chair, "meeting_end", meeting.pk)
    acting(essex.chair)
    minute = Minute.objects.get()
    member, coordinator = essex.panel_member, essex.coordinator
    absent = desk.at(coordinator).text("meeting_propose", meeting.pk, minute.pk)
    assert "by those who were there" in absent
    for said in ("The tutor is Ms Green", "The date is wrong"):
        desk.done(member, "meeting_propose", meeting.pk, minute.pk, words=said)
    signing = desk.at(essex.chair).text("meeting_sign", meeting.pk)
    assert "A correction that was proposed has no answer yet (2.8.19)" in signing
    first, second = ProposedCorrection.objects.order_by("at")
    assert "not yours to do" in desk.at(member).text("meeting_proposed", meeting.pk, first.pk)
    desk.done(
        essex.chair, "meeting_proposed", meeting.pk, first.pk, answer="accept",
        minute=f"{minute.words}\n\nThe tutor is Ms Green.",
    )  # fmt: skip
    page = desk.refused(
        essex.chair, "meeting_proposed", meeting.pk, second.pk, answer="refuse", why=""
    )
    assert "Enter why you refuse it" in page
    said = {"answer": "refuse", "why": "It is right in the register"}
    desk.done(essex.chair, "meeting_proposed", meeting.pk, second.pk, **said)
    desk.done(essex.chair, "meeting_sign", meeting.pk)
    read = desk.at(essex.chair).text("meeting_minutes", meeting.pk)
    for said in ("The tutor is Ms Green.", "Refused by", "It is right in the register"):
        assert said in read
    for page, args in (("meeting_minutes_pdf", ()), ("meeting_minute_pdf", (minute.pk,))):
        paper = words_of(desk.at(essex.chair).get(page, meeting.pk, *args))
        assert "The tutor is Ms Green." in paper and f"Signed by {essex.chair.name}" in paper
        assert f"Copy of {essex.chair.name}" in paper
    empty = words_of(desk.at(member).get("meeting_minutes_pdf", meeting.pk))
    assert "Ms Green" not in empty  # nothing after the minutes are signed
