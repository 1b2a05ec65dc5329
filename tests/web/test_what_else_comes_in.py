"""Questions and additions, social care, papers, requests for the form, advice, re-routing."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.police import WHY, Pages, hidden, plain, where
from waymark.cases import safeguarding
from waymark.cases.models import Case, Entry, SafeguardingReferral, Stage, Task
from waymark.cases.stages import locked, move
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Appointment, Role
from waymark.directory.permission import Refused
from waymark.policy.lateness import day_in_words
from waymark.referrals import advice, form_requests, harm, papers
from waymark.referrals.models import Addition, Advice, FormRequest, Paper, Question
from waymark.referrals.writing import receipts
from waymark.web.rows.task_links import LINKS, act_of, address_of

PAPER = {
    "what": "A letter about somebody called R.",
    "told_by": "A neighbour",
    "received_date-day": "20",
    "received_date-month": "11",
    "received_date-year": "2026",
    "original_kept": "Safe 2",
}


@pytest.fixture
def story(essex: Cast) -> Story:
    told = Story(essex).referred()
    assert told.subject.referral.reference  # read while the police may
    return told


@pytest.fixture
def officer(client: Client, essex: Cast) -> Pages:
    return Pages(client, essex.police_officer)


# ---- questions and additions


@pytest.mark.clause("2.5.6")
def test_a_question_names_nobody_and_is_asked_once(
    officer: Pages, story: Story, essex: Cast
) -> None:
    reference = story.subject.referral.reference
    assert "Name nobody" in officer.text("referral_ask", reference)
    blank = officer.send("referral_ask", reference, words=" ")
    assert "There is a problem" in plain(blank)
    opened = officer.get("referral_ask", reference)
    said = hidden(opened) | {"words": "Which day was it?"}
    for _ in range(2):
        sent = officer.client.post(reverse("referral_ask", args=[reference]), said)
        assert sent.status_code == 302
    acting(essex.police_officer)
    assert Question.objects.get().words == "Which day was it?"
    task = Task.objects.waiting().get(kind="await_answer")
    assert task.user == essex.police_officer
    screen = Task.objects.waiting().get(kind="screen")
    assert screen.due_date is not None


def test_what_is_added_is_shown_to_the_officer_and_noted_as_read(
    officer: Pages, story: Story, essex: Cast
) -> None:
    reference = story.subject.referral.reference
    officer.send("referral_ask", reference, words="Which day was it?")
    visitor = receipts.visitors_of(story.sent.code)[0]
    become(visitor)
    receipt = receipts.shown(visitor)
    assert receipt is not None
    receipts.add(
        receipt, by=visitor, kind=Addition.Kind.ANSWER, words="A Tuesday.",
        question=receipt.questions.get(),
    )  # fmt: skip
    assert "To be read" in officer.text("referral", reference)
    assert "A Tuesday." in officer.text("referral_additions", reference)
    acting(essex.police_officer)
    waiting = Task.objects.waiting().get(kind="read_addition")
    assert officer.client.get(address_of(waiting))["Location"] == reverse(
        "referral_additions", args=[reference]
    )
    assert officer.send("referral_additions", reference).status_code == 302
    acting(essex.police_officer)
    kinds = ("read_addition", "await_answer")
    assert not Task.objects.waiting().filter(kind__in=kinds).exists()
    twice = officer.send("referral_additions", reference)
    assert "Nothing waits to be read (2.5.6)" in plain(twice)


def test_nothing_is_asked_once_each_person_has_been_screened(officer: Pages, story: Story) -> None:
    story.screened()
    page = officer.text("referral_ask", story.subject.referral.reference)
    assert "nothing more can be asked (2.5.6)" in page


# ---- social care


@pytest.fixture
def care(essex: Cast) -> Any:
    become(INSTALLATION)
    return essex.organisation("Children’s Services", "children_social_care")


@pytest.mark.clause("2.5.13")
def test_social_care_is_told_while_it_is_screened_and_its_acceptance_is_seen(
    officer: Pages, story: Story, essex: Cast, care: Any
) -> None:
    blank = officer.about(story.subject, "subject_safeguarding", to="", about="", why="")
    for words in ("Select the social care", "Enter whom it is about", "Enter what harm"):
        assert words in plain(blank)
    said = {"to": str(care.pk), "about": "A younger sister", "why": WHY}
    assert officer.about(story.subject, "subject_safeguarding", **said).status_code == 302
    page = officer.text("referral", story.subject.referral.reference)
    assert f"To {care.name}" in page and "not accepted yet" in page
    twice = officer.about(story.subject, "subject_safeguarding", **said)
    assert "referred to Essex Children’s Services already" in plain(twice)
    acting(essex.police_officer)
    made = SafeguardingReferral.objects.get()
    task = Task.objects.waiting().get(kind="chase_safeguarding")
    assert (task.user, address_of(task)) == (essex.police_officer, f"/safeguarding/{made.pk}")
    assert "Enter who accepted it" in plain(officer.send("safeguarding", made.pk, post=""))
    done = officer.send("safeguarding", made.pk, post="Duty manager")
    assert done.status_code == 302
    page = officer.text("referral", story.subject.referral.reference)
    assert "accepted on" in page and "Duty manager" in page
    assert "has been accepted already (2.5.13)" in officer.text("safeguarding", made.pk)
    acting(essex.police_officer)
    assert not Task.objects.waiting().filter(kind="chase_safeguarding").exists()


@pytest.mark.parametrize("who", ["outsider", "chair", "auditor", "partner"])
def test_a_safeguarding_referral_is_unknown_to_others(
    client: Client, story: Story, essex: Cast, care: Any, who: str
) -> None:
    made = harm.refer(
        story.subject, by=acting(essex.police_officer), to=care, about="A child", why=WHY
    )
    pages = Pages(client, getattr(essex, who))
    assert pages.get("safeguarding", made.pk).status_code == 404


def test_only_social_care_can_be_referred_to(story: Story, essex: Cast) -> None:
    with pytest.raises(Refused, match="is not social care"):
        harm.refer(
            story.subject, by=acting(essex.police_officer), to=essex.council, about="x", why=WHY
        )
    with pytest.raises(Refused, match="No social care is chosen"):
        harm.refer(story.subject, by=essex.police_officer, to=None, about="x", why=WHY)
    assert safeguarding.SOCIAL_CARE


# ---- papers that fit no case


@pytest.mark.lesson("R8")
@pytest.mark.clause("2.5.6")
def test_a_paper_that_fits_no_case_stands_on_a_list_with_a_name_to_it(
    client: Client, essex: Cast
) -> None:
    pages = Pages(client, essex.coordinator)
    said = PAPER | {"area": str(essex.area.pk), "held_by": str(essex.police_officer.pk)}
    opened = pages.get("paper_note")
    for _ in range(2):  # sent twice, it stands there once
        sent = client.post(reverse("paper_note"), hidden(opened) | said)
        assert sent.status_code == 302, plain(sent)
    page = pages.text("papers")
    assert "A letter about somebody" in page and essex.police_officer.name in page
    assert "20 November 2026" in page and day_in_words(today()) in page
    acting(essex.police_officer)
    paper = Paper.objects.get()
    task = Task.objects.waiting().get(kind="settle_paper")
    assert (task.user, address_of(task)) == (essex.police_officer, f"/papers/{paper.pk}")
    assert "Somebody else has this paper in hand" in Pages(client, essex.coordinator).text(
        "paper", paper.pk
    )


@pytest.mark.lesson("R8")
def test_a_paper_is_filed_on_its_case_with_both_dates(
    officer: Pages, story: Story, essex: Cast
) -> None:
    story.screened()
    paper = papers.note(
        by=acting(essex.police_officer), area=essex.area, what="A letter", told_by="A neighbour",
        received_date=date(2026, 11, 2), original_kept="Safe 2", held_by=essex.police_officer,
    )  # fmt: skip
    wrong = officer.send("paper", paper.pk, how="It belongs to it", case_reference="NOSUCH00")
    assert "no case of that reference that you can see" in plain(wrong)
    assert "It belongs to it" in plain(wrong)
    blank = officer.send("paper", paper.pk, how=" ", case_reference="")
    assert "Enter what became of it" in plain(blank)
    done = officer.send(
        "paper", paper.pk, how="It belongs to it", case_reference=story.case.reference.lower()
    )
    assert done.status_code == 302
    acting(essex.police_officer)
    entry = Entry.objects.get(case=story.case)
    assert (entry.happened_date, entry.told_by) == (date(2026, 11, 2), "A neighbour")
    assert entry.at.date() != entry.happened_date
    assert not Task.objects.waiting().filter(kind="settle_paper").exists()
    assert "has been settled already" in officer.text("paper", paper.pk)
    with pytest.raises(Refused, match="settled already"):
        papers.settle(paper, by=essex.police_officer, how="Again")


def test_another_name_to_a_paper_moves_no_date(officer: Pages, essex: Cast) -> None:
    paper = papers.note(
        by=acting(essex.police_officer), area=essex.area, what="A letter", told_by="A neighbour",
        received_date=date(2026, 11, 2), original_kept="Safe 2", held_by=essex.police_officer,
    )  # fmt: skip
    due = Task.objects.get(kind="settle_paper").due_date
    blank = officer.send("paper_hand_over", paper.pk, held_by="")
    assert "Select who has it in hand" in plain(blank)
    done = officer.send("paper_hand_over", paper.pk, held_by=str(essex.coordinator.pk))
    assert done.status_code == 302
    acting(essex.police_officer)
    task = Task.objects.get(kind="settle_paper")
    assert (task.user, task.due_date) == (essex.coordinator, due)
    settled = Pages(officer.client, essex.coordinator).send(
        "paper", paper.pk, how="An advertisement", case_reference=""
    )
    assert settled.status_code == 302


@pytest.mark.parametrize("page", ["papers", "paper_note", "form_requests", "note_form_request"])
@pytest.mark.parametrize("who", ["outsider", "chair", "partner", "auditor"])
def test_lists_of_what_comes_in_are_not_for_others(
    client: Client, essex: Cast, who: str, page: str
) -> None:
    assert Pages(client, getattr(essex, who)).get(page).status_code == 404


def test_the_lists_of_another_area_are_unknown(client: Client, essex: Cast, thurrock: Cast) -> None:
    paper = papers.note(
        by=acting(essex.police_officer), area=essex.area, what="A letter", told_by="A neighbour",
        received_date=date(2026, 11, 2), original_kept="Safe 2", held_by=essex.police_officer,
    )  # fmt: skip
    pages = Pages(client, thurrock.coordinator)
    assert pages.get("paper", paper.pk).status_code == 404
    assert "A letter" not in pages.text("papers")
    with pytest.raises(Refused, match="keep no papers in this area"):
        papers.note(
            by=acting(thurrock.coordinator), area=essex.area, what="x", told_by="x",
            received_date=date(2026, 11, 2), original_kept="x", held_by=essex.police_officer,
        )  # fmt: skip


# ---- requests for the form


@pytest.mark.clause("2.5.15", "2.4.9")
def test_a_request_for_the_form_stays_in_view_until_it_is_answered(
    client: Client, essex: Cast
) -> None:
    pages = Pages(client, essex.coordinator)
    page = pages.text("note_form_request")
    assert "Tell them first, before any form" in page and "(2.4.9)" in page
    said = {"asked_how": "email", "answer_to": "head@school.example", "area": str(essex.area.pk)}
    opened = pages.get("note_form_request")
    for _ in range(2):
        assert client.post(
            reverse("note_form_request"), hidden(opened) | said
        ).status_code == 302  # fmt: skip
    listed = pages.text("form_requests")
    assert "head@school.example" in listed and "Due" in listed
    acting(essex.coordinator)
    asked = FormRequest.objects.get()
    task = Task.objects.waiting().get(kind="answer_form_request")
    assert address_of(task) == reverse("answer_form_request", args=[asked.pk])
    opened = pages.text("answer_form_request", asked.pk)
    assert "the blank forms to print or send" in opened
    unsaid = pages.send("answer_form_request", asked.pk)
    assert "Select how you sent the form" in plain(unsaid)
    assert pages.send("answer_form_request", asked.pk, how="letter").status_code == 302
    assert "By letter" in pages.text("form_requests")
    assert "No request waits to be answered" in pages.text("form_requests")
    assert "has been answered already (2.5.15)" in pages.text("answer_form_request", asked.pk)
    acting(essex.coordinator)
    assert not Task.objects.waiting().filter(kind="answer_form_request").exists()
    with pytest.raises(Refused, match="answered already"):
        form_requests.answer(asked, by=essex.coordinator, how="email")


@pytest.mark.parametrize("page", ["papers", "form_requests", "advice"])
def test_the_lists_lead_back_to_where_one_comes_from(
    client: Client, essex: Cast, page: str
) -> None:
    assert "Referrals to screen" in Pages(client, essex.police_officer).text(page)
    assert "Referrals to screen" not in Pages(client, essex.coordinator).text(page)


def test_a_request_is_not_noted_without_an_address(client: Client, essex: Cast) -> None:
    pages = Pages(client, essex.police_officer)
    answer = pages.send("note_form_request", asked_how="email", answer_to="")
    assert "Enter where the answer goes" in plain(answer)
    assert "Select the area" in plain(answer)


# ---- advice


@pytest.mark.clause("2.4.8")
def test_a_practitioner_in_doubt_sees_whom_to_ask_and_notes_the_advice(
    client: Client, essex: Cast
) -> None:
    pages = Pages(client, essex.referrer)
    page = pages.text("advice")
    assert "line manager or Prevent Lead" in page and "Information Governance Team" in page
    said = {
        "asked_by_kind": "school", "asked_of": "The information governance team",
        "asked": "May I tell the college?", "advised": "Ask the family first.", "area": "essex",
    }  # fmt: skip
    blank = pages.send("advice_note", **said | {"advised": ""})
    assert "Enter what was advised" in plain(blank) and "May I tell the college?" in plain(blank)
    opened = pages.get("advice_note")
    for _ in range(2):
        assert client.post(reverse("advice_note"), hidden(opened) | said).status_code == 302
    assert "Ask the family first." in pages.text("advice")
    assert "Ask the family first." in Pages(client, essex.coordinator).text("advice")
    assert "Ask the family first." not in Pages(client, essex.outsider).text("advice")
    acting(essex.referrer)
    assert Advice.objects.get().asked_of == "The information governance team"
    with pytest.raises(Refused, match="which post was asked"):
        advice.note(
            by=essex.referrer, area=essex.area, asked_by_kind="school", asked_of=" ",
            asked="x", advised="y",
        )  # fmt: skip


# ---- re-routing before opening


def of_both(essex: Cast, thurrock: Cast) -> Any:
    both = essex.appointed(Role.POLICE_OFFICER, of=essex.police)
    Appointment.objects.create(
        user=both, role=Role.POLICE_OFFICER, area=thurrock.area, from_date=date(2026, 1, 1)
    )
    return both


def test_before_it_opens_the_officer_re_routes_a_case_with_a_reason(
    client: Client, story: Story, essex: Cast, thurrock: Cast
) -> None:
    story.screened()
    both = of_both(essex, thurrock)
    pages = Pages(client, both)
    acting(both)
    due = story.case.tasks.waiting().get(kind="gather").due_date
    blank = pages.send("reroute", story.case.reference, to=str(thurrock.area.pk), why="")
    assert "Enter why it is for that area" in plain(blank)
    done = pages.send("reroute", story.case.reference, to=str(thurrock.area.pk), why="Lives there")
    assert done.status_code == 302
    acting(both)
    case = Case.objects.get(pk=story.case.pk)
    task = case.tasks.waiting().get(kind="gather")
    assert (case.area, task.area, task.due_date) == (thurrock.area, thurrock.area, due)
    assert "Lives there" in case.entries.get().words


def test_once_opened_a_case_is_not_re_routed(client: Client, story: Story, essex: Cast) -> None:
    story.screened()
    acting(essex.police_officer)
    case = locked(story.case)
    case.led_by = "families_lead"
    for stage, act in ((Stage.FIRST_RISK, "gather"), (Stage.LEAD_REVIEW, "assess_risk")):
        move(case, stage, act=act, by=essex.police_officer, why="x")
    page = Pages(client, essex.police_officer).text("reroute", case.reference)
    assert "This case has been opened to Essex (2.6.1)" in page


# ---- where tasks lead


def test_each_kind_of_task_of_screening_has_an_address_and_words(
    officer: Pages, story: Story, essex: Cast
) -> None:
    acting(essex.police_officer)
    kinds = ("screen", "read_first", "confirm_screening", "find_second", "read_not_prevent")
    for kind in kinds:
        task = Task(kind=kind, subject_id=story.subject.pk)
        assert address_of(task) == f"/referrals/next/{story.subject.pk}"
        assert act_of(task) == LINKS[kind].act
    assert act_of(Task(kind="screen")) == "Screen a referral"
    led = officer.client.get(f"/referrals/next/{story.subject.pk}")
    assert led["Location"] == reverse("referral", args=[story.subject.referral.reference])
    officer.about(story.subject, "screening_take")
    led = officer.client.get(f"/referrals/next/{story.subject.pk}")
    assert led["Location"] == reverse("screening_decide", args=where(story.subject))
    assert officer.client.get("/referrals/next/5").status_code == 404


def test_an_unknown_kind_leads_to_its_case(story: Story, essex: Cast) -> None:
    story.screened()
    task = Task(kind="nosuch_thing", case=story.case)
    assert address_of(task) == reverse("case", args=[story.case.reference])
    assert act_of(task) == "Nosuch thing"
    assert address_of(Task(kind="nosuch_thing")) == "/"
