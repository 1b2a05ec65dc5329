"""Deciding through its pages: every outcome, every refusal, and the lead who reads it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import INSTALLATION, Cast, acting
from tests.story import HAPPENED, Story
from tests.web.police import FOUR, WHY, Pages, again, decided, hidden, plain, where
from tests.web.screening_steps import ended, referred, say_same
from waymark.cases.models import Case, HoldReason, Stage, Task
from waymark.database.guard import become
from waymark.directory.models import Appointment, Area, Role
from waymark.directory.permission import Refused
from waymark.policy.pack import in_force
from waymark.referrals.deciding import readings, screening
from waymark.referrals.deciding.decisions import Decision
from waymark.referrals.models import Extract, Receipt, Screening, Subject


@pytest.fixture
def story(essex: Cast) -> Story:
    return referred(essex)


@pytest.fixture
def officer(client: Client, essex: Cast) -> Pages:
    return Pages(client, essex.police_officer)


# ---- type of concern (R5)


@pytest.mark.lesson("R5")
def test_type_of_concern_changes_no_act_no_question_and_no_date(
    client: Client, essex: Cast
) -> None:
    import re

    pages = Pages(client, essex.police_officer)
    seen: set[Any] = set()
    kinds = [kind.code for kind in in_force().types_of_concern]
    for number, kind in enumerate(kinds):
        story = Story(essex, surname=f"Person{number}").referred(
            document=[
                {"topic": "meaning", "code": "type_of_concern", "question": "Which?",
                 "answer": kind, "value": kind, "person": None}
            ]
        )  # fmt: skip
        subject = story.subject
        pages.about(subject, "screening_take")
        offered = pages.get("screening_decide", *where(subject)).text
        acts = re.findall(r'type="radio" value="([\w-]+)"', offered)
        forms = [pages.get("screening_outcome", *where(subject), code).text for code in acts]
        fields = [re.findall(r' name="([\w-]+)"', form) for form in forms]
        assert len(acts) >= 6 and all("why" in names for names in fields)
        blank = pages.about(subject, "screening_outcome", "new-case", why="")
        wanted = re.findall(r'href="#([\w-]+)"', blank.text.split("govuk-error-summary")[1])
        done = pages.about(subject, "screening_outcome", "new-case", **decided(
            area=str(essex.area.pk), extract="x", suspected="no", concern_type=kind))  # fmt: skip
        assert done.status_code == 302
        case = Case.objects.get(subjects=subject)
        tasks = tuple(case.tasks.values_list("kind", "due_date"))
        seen.add((tuple(acts), tuple(map(tuple, fields)), tuple(wanted), case.stage, tasks))
        assert subject.screenings.get().concern_type == kind
    assert len(kinds) >= 8 and len(seen) == 1


# ---- outcomes


@pytest.mark.clause("2.5.6", "2.7.2")
def test_a_new_case_is_opened_with_an_extract_and_held_by_the_screener(
    officer: Pages, story: Story, essex: Cast
) -> None:
    officer.about(story.subject, "screening_take")
    said = decided(area=str(essex.area.pk), extract="A drawing.", suspected="no")
    answer = officer.about(story.subject, "screening_outcome", "new-case", **said)
    case = Case.objects.get(subjects=story.subject)
    assert answer["Location"] == reverse("case", args=[case.reference])
    assert Extract.objects.get(subject=story.subject).words == "A drawing."
    assert case.holders.get(until_at=None).user == essex.police_officer


def test_sent_twice_makes_one_case(officer: Pages, story: Story, essex: Cast) -> None:
    officer.about(story.subject, "screening_take")
    address = reverse("screening_outcome", args=(*where(story.subject), "new-case"))
    said = hidden(officer.client.get(address)) | decided(
        area=str(essex.area.pk), extract="A drawing.", suspected="no"
    )
    assert officer.client.post(address, said).status_code == 302
    twice = officer.client.post(address, said)
    assert "It now stands at: Screened" in plain(twice) and "A drawing." in plain(twice)
    acting(essex.police_officer)
    assert Case.objects.count() == 1
    assert "This referral has been screened" in officer.text(
        "screening_decide", *where(story.subject)
    )


def test_the_extract_begins_with_what_is_about_this_person_alone(
    officer: Pages, essex: Cast
) -> None:
    def row(code: str, answer: str, person: int | None = None) -> dict[str, Any]:
        return {"topic": "t", "code": code, "question": code, "answer": answer, "person": person}

    document = [
        row("exact_words", "He drew a map."), row("household", "His sister Ivy is ill."),
        row("school", "The grammar school", 0),
    ]  # fmt: skip
    story = Story(essex).referred(document=document)
    officer.about(story.subject, "screening_take")
    form = officer.get("screening_outcome", *where(story.subject), "new-case").text
    box = form.split('name="extract"')[1].split("</textarea>")[0]
    assert "He drew a map." in box and "The grammar school" in box and "Ivy" not in box

    from waymark.referrals.writing.sending import PersonFacts

    two = tuple(
        PersonFacts(forenames=name, surname="Birch", birth={"year": 2010, "month": 1, "day": day})
        for name, day in (("Alex", 1), ("Sam", 2))
    )
    both = Story(essex).referred(document=document, people=two)
    officer.about(both.subject, "screening_take")
    form = officer.get("screening_outcome", *where(both.subject), "new-case").text
    box = form.split('name="extract"')[1].split("</textarea>")[0]
    assert "He drew a map." not in box and "The grammar school" in box


@pytest.mark.parametrize(
    ("code", "left_out", "words"),
    [
        ("new-case", "extract", "Enter what of the referral is about this person"),
        ("new-case", "area_basis", "Select why it is for that area"),
        ("new-case", "why", "Enter why you open a case"),
        ("safeguarding", "passed_to", "Enter to whom it was passed on"),
        ("duplicate", "duplicate_of", "Enter the reference of the referral that it repeats"),
        ("malicious", "motive", "Enter the evidence that it was made to do harm"),
        ("malicious", "content_true", "Enter whether what was said is true"),
    ],
)
def test_each_outcome_asks_for_what_it_rests_on(
    officer: Pages, story: Story, essex: Cast, code: str, left_out: str, words: str
) -> None:
    officer.about(story.subject, "screening_take")
    said = decided(
        area=str(essex.area.pk), extract="x", suspected="no", passed_to="Social care",
        duplicate_of="AAAA", motive="A letter", content_true="Not true",
    )  # fmt: skip
    answer = officer.about(story.subject, "screening_outcome", code, **said | {left_out: ""})
    assert words in plain(answer)
    assert f'href="#id_{left_out}' in answer.text
    acting(essex.police_officer)
    assert not Screening.objects.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"outcome": "nonsense"}, "No outcome is chosen"),
        ({"why": " "}, "No reason is given"),
        ({"area": None}, "which area answers"),
        ({"extract": " "}, "is about this person"),
        ({"outcome": "not_prevent"}, "why this is not for Prevent"),
        ({"outcome": "not_prevent", "reason": "duplicate"}, "duplicate of"),
        ({"outcome": "joins_case"}, "Select the case"),
        ({"outcome": "reopens_case", "case_id": 5}, "Only a case of somebody"),
    ],
)
def test_the_use_case_refuses_what_the_page_would(
    story: Story, essex: Cast, words: dict[str, Any], why: str
) -> None:
    story.taken()
    decision = Decision(**story.decision().__dict__ | words)
    with pytest.raises(Refused, match=why):
        screening.decide(story.subject, by=essex.police_officer, decision=decision)


def test_a_case_that_is_joined_keeps_its_area_whatever_is_said(
    story: Story, essex: Cast, thurrock: Cast
) -> None:
    story.screened()
    subject = again(story)
    screening.take(subject, by=acting(essex.police_officer))
    say_same(subject, story)
    joins = story.decision("joins_case", **FOUR, area=thurrock.area, case_id=story.case.pk)
    screening.decide(subject, by=essex.police_officer, decision=joins)
    subject.refresh_from_db()
    assert subject.area == essex.area


def test_an_area_without_a_post_of_ones_own_is_refused(
    story: Story, essex: Cast, thurrock: Cast
) -> None:
    story.taken()
    decision = Decision(**story.decision().__dict__ | {"area": thurrock.area})
    with pytest.raises(Refused, match="no police post in Thurrock"):
        screening.decide(story.subject, by=essex.police_officer, decision=decision)


@pytest.mark.parametrize("chosen", ["essex", "thurrock", "southend"])
def test_an_officer_of_several_areas_decides_for_each_of_them(
    officer: Pages, story: Story, essex: Cast, thurrock: Cast, chosen: str
) -> None:
    become(INSTALLATION)
    third = Area.objects.create(code="southend", name="Southend")
    areas = {"essex": essex.area, "thurrock": thurrock.area, "southend": third}
    for area in (thurrock.area, third):
        Appointment.objects.create(
            user=essex.police_officer, role=Role.POLICE_OFFICER, area=area,
            from_date=date(2026, 1, 1),
        )  # fmt: skip
    officer.about(story.subject, "screening_take")
    answer = officer.about(
        story.subject, "screening_outcome", "new-case",
        **decided(area=str(areas[chosen].pk), extract="x", suspected="no"),
    )  # fmt: skip
    assert answer.status_code == 302, plain(answer)
    acting(essex.police_officer)
    assert Case.objects.get(subjects=story.subject).area == areas[chosen]


def test_deciding_without_a_choice_says_what_to_select(officer: Pages, story: Story) -> None:
    officer.about(story.subject, "screening_take")
    there = where(story.subject)
    assert "Select what becomes of it" not in officer.text("screening_decide", *there)
    assert "Select what becomes of it" in officer.text(
        "screening_decide", *there, query="?answered=yes"
    )
    assert 'name="answered" value="yes"' in officer.get("screening_decide", *there).text


@pytest.mark.lesson("R30")
def test_malicious_needs_motive_a_finding_of_its_own_and_a_second_person(
    client: Client, story: Story, essex: Cast
) -> None:
    pages = Pages(client, essex.police_officer)
    pages.about(story.subject, "screening_take")
    area = str(essex.area.pk)
    alone = pages.about(story.subject, "screening_outcome", "malicious", **decided(area=area))
    assert "There is a problem" in plain(alone)
    for missing in ("motive", "content_true"):
        words = {"motive": "Letters", "content_true": "Not true: seen on camera"} | {missing: " "}
        with pytest.raises(Refused, match="evidence of the motive"):
            screening.decide(
                story.subject, by=acting(essex.police_officer),
                decision=story.decision("not_prevent", reason="malicious", **words),
            )  # fmt: skip
    done = pages.about(
        story.subject, "screening_outcome", "malicious",
        **decided(area=area, motive="Letters", content_true="Not true: seen on camera"),
    )  # fmt: skip
    assert done.status_code == 302
    acting(essex.police_lead)
    story.subject.refresh_from_db()
    assert story.subject.state == Subject.State.PROPOSED
    assert "You proposed this yourself" in pages.text("screening_confirm", *where(story.subject))
    lead = Pages(client, essex.police_lead)
    page = lead.text("screening_confirm", *where(story.subject))
    assert "Evidence of the motive" in page and "Whether what was said is true" in page
    lead.about(story.subject, "screening_confirm", agrees="yes", why="I read the letters.")
    acting(essex.police_lead)
    story.subject.refresh_from_db()
    assert story.subject.state == Subject.State.SCREENED
    shown = Pages(client, essex.police_officer).text("referral", story.subject.referral.reference)
    read = Pages(client, essex.second_lead).text("screening_read", *where(story.subject))
    for page in (shown, read):
        assert "Confirmed by a second person" in page and essex.police_lead.name in page
        assert "I read the letters." in page and "Not Prevent: malicious" in page


@pytest.mark.clause("1.3.7")
def test_somebody_suspected_of_a_crime_goes_to_the_police_at_once(
    officer: Pages, story: Story, essex: Cast
) -> None:
    officer.about(story.subject, "screening_take")
    page = officer.text("screening_outcome", *where(story.subject), "new-case")
    assert "the police must deal with it (1.3.7)" in page
    said = decided(area=str(essex.area.pk), extract="x", suspected="yes")
    blank = officer.about(story.subject, "screening_outcome", "new-case", **said)
    assert "Enter what is suspected" in plain(blank)
    officer.about(
        story.subject, "screening_outcome", "new-case", **said, held_why="Passed to detectives"
    )
    acting(essex.police_officer)
    case = Case.objects.get(subjects=story.subject)
    assert (case.stage, case.held_from) == (Stage.POLICE_HELD, Stage.GATHERING)
    assert HoldReason.objects.get(case=case).why == "Passed to detectives"
    ending = story.decision("not_prevent", reason="no_concern", held_why="x")
    other = Story(essex, surname="Birch").referred().taken()
    with pytest.raises(Refused, match=r"referred to the police \(1\.3\.7\)"):
        screening.decide(other.subject, by=essex.police_officer, decision=ending)


def test_an_open_case_is_joined_and_not_opened_twice(
    officer: Pages, story: Story, essex: Cast
) -> None:
    story.screened()
    subject = again(story)
    officer.about(subject, "screening_take")
    say_same(subject, story)
    known_page = officer.get("screening_known", *where(subject)).text
    assert f'href="/cases/{story.case.reference}"' in known_page
    form = officer.get("screening_outcome", *where(subject), "joins-case").text
    assert "Which area is it for?" not in form and "Why that area?" not in form
    page = officer.get("screening_decide", *where(subject)).text
    assert 'value="joins-case"' in page and 'value="new-case"' not in page
    acting(essex.police_officer)
    with pytest.raises(Refused, match="has an open case"):
        screening.decide(subject, by=essex.police_officer, decision=story.decision(**FOUR))
    answer = officer.about(
        subject, "screening_outcome", "joins-case",
        **decided(**FOUR, extract="More", case=str(story.case.pk)),
    )  # fmt: skip
    assert answer["Location"] == reverse("case", args=[story.case.reference])
    acting(essex.police_officer)
    assert Case.objects.count() == 1
    subject.refresh_from_db()
    assert subject.area == story.case.area
    assert story.case.tasks.waiting().filter(kind="read_new_concern").exists()


@pytest.mark.clause("2.5.6")
def test_what_is_learnt_about_an_ended_case_comes_through_screening(
    officer: Pages, story: Story, essex: Cast
) -> None:
    from waymark.cases.stages import move

    story.screened()
    case = Case.objects.get(pk=story.case.pk)
    move(case, Stage.NO_LONGER_POSSIBLE, act="end_early", by=essex.police_officer, why="Moved")
    subject = again(story)
    officer.about(subject, "screening_take")
    say_same(subject, story)
    answer = officer.about(
        subject, "screening_outcome", "reopens-case",
        **decided(**FOUR, extract="More", suspected="no", case=str(case.pk)),
    )  # fmt: skip
    assert answer["Location"] == reverse("case", args=[case.reference])
    acting(essex.police_officer)
    assert Case.objects.get(pk=case.pk).stage == Stage.GATHERING


def test_two_referrals_of_one_person_that_wait_at_once_know_of_each_other(
    essex: Cast, story: Story
) -> None:
    later = again(story)
    screening.take(later, by=acting(essex.police_officer))
    say_same(later, story)
    screening.decide(later, by=essex.police_officer, decision=story.decision(**FOUR))
    screening.take(story.subject, by=essex.police_officer)
    with pytest.raises(Refused, match="same name and birth date"):
        screening.decide(story.subject, by=essex.police_officer, decision=story.decision())


# ---- read by the police lead


@pytest.mark.clause("2.5.6")
def test_the_lead_reads_the_referrers_words_beside_the_reason_and_sends_one_back(
    client: Client, story: Story, essex: Cast
) -> None:
    acting(essex.police_lead)
    due = Task.objects.get(subject_id=story.subject.pk).due_date
    ended(story)
    lead = Pages(client, essex.police_lead)
    listed = lead.text("not_prevent")
    assert WHY in listed and HAPPENED in listed and "Ashdown, Robin" in listed
    blank = lead.about(story.subject, "screening_read", decision="back", why="")
    assert "Enter what is to be looked at again" in plain(blank)
    done = lead.about(story.subject, "screening_read", decision="back", why="Ask the school.")
    assert done.status_code == 302
    acting(essex.police_officer)
    story.subject.refresh_from_db()
    assert story.subject.state == Subject.State.WAITING
    task = Task.objects.waiting().get(subject_id=story.subject.pk)
    assert (task.kind, task.user, task.due_date) == ("screen", essex.police_officer, due)
    assert story.subject.referral.receipt.state == Receipt.State.LOOKED_AT
    there = where(story.subject)
    officer = Pages(client, essex.police_officer)
    for page in (
        officer.text("referral", there[0]), officer.text("screening_decide", *there),
        officer.text("screening_outcome", *there, "new-case"),
    ):  # fmt: skip
        assert f"Sent back by {essex.police_lead.name}" in page
        assert "Ask the school." in page and WHY in page
    assert "Nothing waits to be read." in Pages(client, essex.police_lead).text("not_prevent")


def test_what_stands_is_read_once_and_not_by_who_decided_it(
    client: Client, story: Story, essex: Cast
) -> None:
    made = ended(story, by=essex.police_lead)
    own = Pages(client, essex.police_lead).text("screening_read", *where(story.subject))
    assert "You decided this yourself" in own
    officer = Pages(client, essex.police_officer).text("screening_read", *where(story.subject))
    assert "Only the police lead reads" in officer
    acting(essex.police_lead)
    story.subject.refresh_from_db()
    assert story.subject.police_until_date is None  # it cannot go out of sight unread
    other = Pages(client, essex.second_lead)
    assert other.about(story.subject, "screening_read", decision="stand").status_code == 302
    assert "Nothing waits to be read here" in other.text("screening_read", *where(story.subject))
    with pytest.raises(Refused, match="has read this already"):
        readings.read(made, by=acting(essex.second_lead), sent_back=False, why="")
    story.subject.refresh_from_db()
    assert story.subject.police_until_date is not None
