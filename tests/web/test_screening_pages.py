"""Screening through its pages: every refusal, twice, two at once, and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import FOUR, WHY, Pages, again, decided, hidden, plain, where
from waymark.audit.models import Look
from waymark.cases.models import Case, HoldReason, Stage, Task
from waymark.database import clock
from waymark.directory.models import Role
from waymark.directory.permission import Refused
from waymark.people.models import SamePerson
from waymark.policy.pack import in_force
from waymark.referrals import known, readings, screening, second
from waymark.referrals.decisions import Decision
from waymark.referrals.models import Extract, Receipt, Screening, Subject

OTHERS = ["outsider", "chair", "coordinator", "administrator", "auditor", "partner", "adult_lead"]


@pytest.fixture
def story(essex: Cast) -> Story:
    told = Story(essex).referred()
    assert told.subject.referral.reference  # read while the police may
    return told


@pytest.fixture
def officer(client: Client, essex: Cast) -> Pages:
    return Pages(client, essex.police_officer)


def ended(story: Story, by: Any = None, **said: Any) -> Screening:
    """The story's referral, taken and found not Prevent."""
    officer = by or story.cast.police_officer
    screening.take(story.subject, by=acting(officer))
    said = {"reason": "no_concern", "why": WHY} | said
    return screening.decide(
        story.subject, by=officer, decision=story.decision("not_prevent", **said)
    )


def say_same(subject: Subject, story: Story, *, answer: str = "same") -> None:
    acting(story.cast.police_officer)
    for one in known.unanswered(subject):
        known.say(
            subject, by=story.cast.police_officer, other_id=one.person_id, answer=answer, why=WHY
        )


def repeated(story: Story, *, answer: str = "same") -> Subject:
    """Referred, ended by the officer, referred again; the officer took it and answered."""
    ended(story)
    subject = again(story)
    screening.take(subject, by=acting(story.cast.police_officer))
    say_same(subject, story, answer=answer)
    subject.refresh_from_db()
    return subject


# ---- the queue


@pytest.mark.clause("2.5.6", "2.7.2")
def test_what_is_sent_stands_in_the_queue_with_age_and_date(officer: Pages, story: Story) -> None:
    page = officer.text("referrals")
    assert "Ashdown, Robin" in page and story.subject.referral.reference in page
    assert "Due" in page and "Nobody yet" in page


@pytest.mark.clause("2.5.6")
def test_what_waits_too_long_is_seen_to_by_the_police_lead(
    client: Client, story: Story, essex: Cast
) -> None:
    acting(essex.police_lead)
    task = Task.objects.get(subject_id=story.subject.pk)
    clock.offset.set(timedelta(days=30))
    try:
        clock.set_offset(timedelta(days=30))
        page = Pages(client, essex.police_lead).text("referrals", query="?show=overdue")
    finally:
        clock.set_offset(timedelta())
    assert "working days overdue" in page and "Ashdown, Robin" in page
    acting(essex.police_lead)
    assert Task.objects.get(pk=task.pk).done_at is None


PAGES = (
    ("referrals", 0), ("not_prevent", 0), ("referral", 1), ("referral_referrer", 1),
    ("referral_additions", 1), ("referral_ask", 1), ("screening_take", 2),
    ("screening_known", 2), ("screening_decide", 2), ("screening_confirm", 2),
    ("screening_read", 2), ("screening_release", 2), ("screening_assign", 2),
    ("subject_safeguarding", 2),
)  # fmt: skip


@pytest.mark.parametrize("who", OTHERS)
def test_to_others_nothing_of_it_exists(
    client: Client, story: Story, essex: Cast, who: str
) -> None:
    pages = Pages(client, getattr(essex, who))
    found = {page: pages.get(page, *where(story.subject)[:args]) for page, args in PAGES}
    assert {page: answer.status_code for page, answer in found.items()} == dict.fromkeys(found, 404)


@pytest.mark.requirement("S23")
def test_an_unknown_referral_and_one_not_to_be_seen_look_alike(client: Client, essex: Cast) -> None:
    story = Story(essex).referred(lead_first=True)
    pages = Pages(client, essex.police_officer)
    unseen = pages.get("referral", story.subject.referral.reference)
    absent = pages.get("referral", "00000000")
    assert unseen.status_code == absent.status_code == 404
    assert unseen.content == absent.content


def test_the_queue_pages_by_key_at_a_constant_number_of_queries(
    client: Client, essex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waymark.referrals.queue.A_PAGE", 2)
    stories = [Story(essex, surname=f"Person{number}").referred() for number in range(3)]
    pages = Pages(client, essex.police_officer)
    first = pages.get("referrals")
    following = first.text.split("after=")[1].split('"')[0]
    second_page = pages.get("referrals", query=f"?after={following}")
    shown = [story.surname for story in stories if story.surname in first.text]
    rest = [story.surname for story in stories if story.surname in second_page.text]
    assert (
        len(shown) == 2
        and len(rest) == 1
        and set(shown) | set(rest) == {story.surname for story in stories}
    )
    assert pages.get("referrals", query="?after=nonsense~x").status_code == 200
    monkeypatch.setattr("waymark.referrals.queue.A_PAGE", 25)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            pages.get("referrals")
        return len(asked)

    before = cost()
    Story(essex, surname="Onemore").referred()
    assert cost() == before


# ---- a referral: as it was sent


def test_a_referral_shows_what_was_asked_and_given(officer: Pages, story: Story) -> None:
    page = officer.text("referral", story.subject.referral.reference)
    assert "What happened?" in page and "Words." in page
    assert "Jo Meadow" not in page  # who sent it stands apart


@pytest.mark.requirement("S33")
def test_opening_who_sent_it_is_a_look_of_its_own(
    officer: Pages, story: Story, essex: Cast
) -> None:
    page = officer.text("referral_referrer", story.subject.referral.reference)
    assert "Jo Meadow" in page
    acting(essex.police_officer)
    assert Look.objects.filter(part="referrer", object_id=story.subject.referral_id).count() == 1


def test_titles_and_addresses_never_name_the_person(officer: Pages, story: Story) -> None:
    for page in ("screening_take", "screening_known", "screening_decide"):
        answer = officer.get(page, *where(story.subject))
        title = answer.text.split("<title>")[1].split("</title>")[0]
        assert "Ashdown" not in title and story.subject.referral.reference in title


# ---- taking it


def test_who_takes_it_is_told_to_others_and_no_date_moves(
    client: Client, story: Story, essex: Cast
) -> None:
    acting(essex.police_lead)
    due = Task.objects.get(subject_id=story.subject.pk).due_date
    pages = Pages(client, essex.police_officer)
    assert pages.about(story.subject, "screening_take").status_code == 302
    page = Pages(client, essex.second_officer).text("referrals")
    assert essex.police_officer.name in page
    acting(essex.police_lead)
    task = Task.objects.get(subject_id=story.subject.pk)
    assert (task.user, task.due_date) == (essex.police_officer, due)


def test_of_two_who_take_it_at_once_the_second_is_told(
    client: Client, story: Story, essex: Cast
) -> None:
    second_one = Client()
    late = Pages(second_one, essex.second_officer)
    opened = late.get("screening_take", *where(story.subject))
    Pages(client, essex.police_officer).about(story.subject, "screening_take")
    answer = second_one.post(reverse("screening_take", args=where(story.subject)), hidden(opened))
    assert "was changed while you had the page open" in plain(answer)
    assert essex.police_officer.name in plain(answer)
    acting(essex.police_lead)
    story.subject.refresh_from_db()
    assert story.subject.taken_by == essex.police_officer


@pytest.mark.lesson("R38")
def test_reassigning_a_late_one_leaves_its_age_and_date(
    client: Client, story: Story, essex: Cast
) -> None:
    acting(essex.police_lead)
    before = Task.objects.get(subject_id=story.subject.pk)
    received = story.subject.referral.received_at
    clock.set_offset(timedelta(days=30))
    try:
        lead = Pages(client, essex.police_lead)
        answer = lead.about(story.subject, "screening_assign", to=str(essex.second_officer.pk))
        assert answer.status_code == 302, plain(answer)
        page = lead.text("referrals", query="?show=overdue")
        assert "overdue" in page and essex.second_officer.name in page
        over = Pages(client, essex.police_officer).about(story.subject, "screening_take")
        assert over.status_code == 302
    finally:
        clock.set_offset(timedelta())
    acting(essex.police_lead)
    after = Task.objects.get(pk=before.pk)
    assert (after.due_date, after.made_at) == (before.due_date, before.made_at)
    assert after.user == essex.police_officer
    story.subject.referral.refresh_from_db()
    assert story.subject.referral.received_at == received


@pytest.mark.lesson("R38")
def test_many_are_decided_only_one_by_one_each_with_its_words(client: Client, essex: Cast) -> None:
    stories = [Story(essex, surname=f"Person{number}").referred() for number in range(5)]
    pages = Pages(client, essex.police_officer)
    assert "All (5)" in pages.text("referrals") and "Not taken (5)" in pages.text("referrals")
    assert "<form" not in pages.get("referrals").text.split("<main")[1].split("</main")[0]
    assert "checkbox" not in pages.get("referrals").text
    first = stories[0].subject
    pages.about(first, "screening_take")
    answer = pages.about(first, "screening_outcome", "no-concern", **decided(why=""))
    assert "There is a problem" in plain(answer)
    acting(essex.police_officer)
    assert Screening.objects.count() == 0


def test_only_the_lead_gives_a_referral_to_somebody(officer: Pages, story: Story) -> None:
    page = officer.text("screening_assign", *where(story.subject))
    assert "Only the police lead gives a referral to somebody else (2.5.6)" in page


def test_somebody_elses_referral_is_taken_over_before_it_is_decided(
    client: Client, story: Story, essex: Cast
) -> None:
    story.taken()
    other = Pages(client, essex.second_officer)
    assert "Somebody else has taken this referral" in other.text(
        "screening_decide", *where(story.subject)
    )
    with pytest.raises(Refused, match="Somebody else has taken"):
        screening.decide(story.subject, by=acting(essex.second_officer), decision=story.decision())


# ---- read by the police lead first


@pytest.mark.clause("2.5.6")
def test_what_may_concern_staff_is_read_by_the_lead_first_and_let_go(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).referred(lead_first=True)
    reference = story.subject.referral.reference
    assert "Ashdown" not in Pages(client, essex.police_officer).text("referrals")
    lead = Pages(client, essex.police_lead)
    assert "The police lead reads it first" in lead.text("referrals")
    acting(essex.police_lead)
    due = Task.objects.get(subject_id=story.subject.pk).due_date
    assert lead.about(story.subject, "screening_release").status_code == 302
    assert "Ashdown" in Pages(client, essex.police_officer).text("referral", reference)
    acting(essex.police_officer)
    task = Task.objects.waiting().get(subject_id=story.subject.pk)
    assert (task.kind, task.role, task.due_date) == ("screen", Role.POLICE_OFFICER, due)
    again_page = Pages(client, essex.police_lead).text("screening_release", *where(story.subject))
    assert "The team may read this referral already" in again_page


# ---- who may be known already (R2)


def next_acts(subject: Subject, story: Story) -> list[Decision]:
    return [
        story.decision("new_case"),
        story.decision("joins_case", case_id=1),
        story.decision("reopens_case", case_id=1),
        *(
            story.decision("not_prevent", reason=reason, passed_to="x", duplicate_of="x",
                           motive="x", content_true="x")
            for reason in Screening.Reason.values
        ),
    ]  # fmt: skip


@pytest.mark.lesson("R2")
@pytest.mark.clause("2.5.6")
def test_nothing_is_decided_until_a_person_says_who_is_who(
    officer: Pages, story: Story, essex: Cast
) -> None:
    ended(story)
    subject = again(story)
    officer.about(subject, "screening_take")
    for page, more in [
        ("screening_decide", ()),
        *(("screening_outcome", (code,)) for code in ("new-case", "malicious", "no-concern")),
    ]:
        text = officer.text(page, *where(subject), *more)
        assert "People of the same name and birth date have been referred before (2.5.6)" in text
    for code in ("new-case", "no-concern", "safeguarding", "duplicate"):
        answer = officer.client.post(
            reverse("screening_outcome", args=(*where(subject), code)),
            decided(
                area=str(essex.area.pk), extract="x", suspected="no", passed_to="x",
                duplicate_of="x", version=str(subject.version + 1),
            ),
        )  # fmt: skip
        assert "People of the same name and birth date" in plain(answer), code
    acting(essex.police_officer)
    for decision in next_acts(subject, story):
        with pytest.raises(Refused, match="same name and birth date"):
            screening.decide(subject, by=essex.police_officer, decision=decision)
    assert not Screening.objects.filter(subject=subject).exists()


@pytest.mark.lesson("R2")
def test_each_one_known_stands_beside_this_one_with_its_outcome_first(
    officer: Pages, story: Story, essex: Cast
) -> None:
    ended(story)
    subject = again(story)
    officer.about(subject, "screening_take")
    page = officer.text("screening_known", *where(subject))
    assert "Not Prevent: no concern that is for Prevent" in page and WHY in page
    assert "Other spellings" in page and "are not compared" in page
    other = known.known_before(subject)[0].subject_id
    blank = officer.about(subject, "screening_same", other, answer="same", why=" ")
    assert "Enter why you think so" in plain(blank)
    unsaid = officer.about(subject, "screening_same", other, why=WHY)
    assert "Select whether they are the same person" in plain(unsaid)
    done = officer.about(subject, "screening_same", other, answer="different", why=WHY)
    assert done.status_code == 302
    assert "Different people" in officer.text("screening_known", *where(subject))
    officer.about(subject, "screening_same", other, answer="cannot_tell", why=WHY)  # said anew
    acting(essex.police_officer)
    said = SamePerson.objects.filter(one=subject.person).order_by("at")
    assert [one.answer for one in said] == ["different", "cannot_tell"]
    assert Look.objects.filter(purpose="match").exists()


@pytest.mark.lesson("R2", "R3")
def test_cannot_tell_leaves_two_apart_and_still_asks_for_the_four_texts(
    officer: Pages, story: Story, essex: Cast
) -> None:
    subject = repeated(story, answer="cannot_tell")
    page = officer.text("screening_outcome", *where(subject), "new-case")
    assert "What it shows together" in page
    acting(essex.police_officer)
    with pytest.raises(Refused, match="was referred before"):
        screening.decide(subject, by=essex.police_officer, decision=story.decision())
    assert subject.person_id != story.subject.person_id


def test_without_a_whole_birth_date_the_page_says_that_nobody_was_compared(
    officer: Pages, essex: Cast
) -> None:
    from waymark.referrals.sending import PersonFacts

    one = PersonFacts(forenames="Robin", surname="Ashdown", birth={"year": 2011})
    story = Story(essex).referred(people=(one,))
    page = officer.text("screening_known", *where(story.subject))
    assert "so nobody was compared" in page


@pytest.mark.lesson("R29")
def test_a_mistaken_one_says_so_first_and_counts_as_no_earlier_concern(
    officer: Pages, story: Story, essex: Cast
) -> None:
    ended(story, reason="misunderstanding", why="A word was heard wrongly.")
    subject = again(story)
    officer.about(subject, "screening_take")
    page = officer.text("screening_known", *where(subject))
    assert "Mistaken: it was a misunderstanding" in page
    assert "It does not count as an earlier concern" in page
    say_same(subject, story)
    form = officer.text("screening_outcome", *where(subject), "no-concern")
    assert "What it shows together" not in form
    answer = officer.about(subject, "screening_outcome", "no-concern", **decided(
        area=str(essex.area.pk)))  # fmt: skip
    assert answer.status_code == 302
    acting(essex.police_officer)
    subject.refresh_from_db()
    assert subject.state == Subject.State.SCREENED  # no second person was needed


# ---- repeats (R3, R4)


@pytest.mark.lesson("R3")
@pytest.mark.parametrize("blank", FOUR)
def test_a_repeat_with_one_of_four_texts_blank_is_refused(
    officer: Pages, story: Story, essex: Cast, blank: str
) -> None:
    subject = repeated(story)
    said = decided(**FOUR | {blank: "  "}, area=str(essex.area.pk))
    answer = officer.about(subject, "screening_outcome", "no-concern", **said)
    assert "There is a problem" in plain(answer)
    assert all(text in plain(answer) for name, text in FOUR.items() if name != blank)
    acting(essex.police_officer)
    with pytest.raises(Refused, match="was referred before"):
        screening.decide(
            subject, by=essex.police_officer,
            decision=story.decision("new_case", **FOUR | {blank: " "}),
        )  # fmt: skip
    assert not Screening.objects.filter(subject=subject).exists()


@pytest.mark.lesson("R3")
def test_last_times_text_is_refused(officer: Pages, story: Story, essex: Cast) -> None:
    subject = repeated(story)
    screening.decide(
        subject, by=acting(essex.police_officer),
        decision=story.decision("not_prevent", reason="no_concern", **FOUR),
    )  # fmt: skip
    second.confirm(subject.screenings.get(), by=acting(essex.second_officer), agrees=True, why=WHY)
    third = again(story)
    screening.take(third, by=acting(essex.police_officer))
    say_same(third, story)
    new = {name: f"{text} This time." for name, text in FOUR.items()}
    pasted = new | {"what_is_new": " ".join(FOUR["what_is_new"].upper().split())}
    answer = officer.about(
        third, "screening_outcome", "new-case",
        **decided(**pasted, area=str(essex.area.pk), extract="x", suspected="no"),
    )  # fmt: skip
    assert "the text of an earlier screening (2.5.6)" in plain(answer)
    alike = new | {"what_is_new": new["what_repeats"]}
    answer = officer.about(
        third, "screening_outcome", "new-case",
        **decided(**alike, area=str(essex.area.pk), extract="x", suspected="no"),
    )  # fmt: skip
    assert "not all different" in plain(answer)
    answer = officer.about(
        third, "screening_outcome", "new-case",
        **decided(**new, area=str(essex.area.pk), extract="x", suspected="no"),
    )  # fmt: skip
    assert answer.status_code == 302


@pytest.mark.lesson("R4")
@pytest.mark.clause("2.5.6")
def test_ending_a_repeat_needs_somebody_who_decided_none_of_the_earlier_ones(
    client: Client, story: Story, essex: Cast
) -> None:
    both = essex.appointed(Role.POLICE_OFFICER, Role.POLICE_LEAD, of=essex.police)
    ended(story)  # decided by the officer
    subject = again(story)
    screening.take(subject, by=acting(both))
    say_same(subject, story)
    pages = Pages(client, both)
    answer = pages.about(
        subject, "screening_outcome", "no-concern", **decided(**FOUR, area=str(essex.area.pk))
    )
    assert answer.status_code == 302
    acting(essex.police_lead)
    subject.refresh_from_db()
    assert subject.state == Subject.State.PROPOSED
    assert "You proposed this yourself" in pages.text("screening_confirm", *where(subject))
    earlier = Pages(client, essex.police_officer)
    assert "You decided on this person before" in earlier.text("screening_confirm", *where(subject))
    for who in (both, essex.police_officer):  # by direct call as well, in whichever post
        with pytest.raises(Refused, match=r"You (proposed|decided)"):
            second.confirm(subject.screenings.get(), by=acting(who), agrees=True, why=WHY)
    other = Pages(client, essex.second_officer)
    done = other.about(subject, "screening_confirm", agrees="yes", why="I read all three.")
    assert done.status_code == 302
    acting(essex.police_lead)
    subject.refresh_from_db()
    assert subject.state == Subject.State.SCREENED


@pytest.mark.lesson("R4")
def test_where_nobody_can_confirm_it_stays_open_and_goes_upward(
    client: Client, story: Story, essex: Cast
) -> None:
    ended(story)
    team = [essex.second_officer, essex.police_lead, essex.second_lead]
    for who in team:  # each of them ends one of the repeats, so that all have decided before
        subject = again(story)
        screening.take(subject, by=acting(who))
        say_same(subject, story)
        made = screening.decide(
            subject, by=acting(who),
            decision=story.decision("not_prevent", reason="no_concern", **{
                name: f"{text} {who.pk}" for name, text in FOUR.items()}),
        )  # fmt: skip
    acting(essex.police_lead)
    subject.refresh_from_db()
    assert (subject.state, made.by) == (Subject.State.PROPOSED, essex.second_lead)
    task = Task.objects.waiting().get(subject_id=subject.pk, kind="find_second")
    assert task.role == Role.POLICE_LEAD
    assert "A second person is to be found" in Pages(client, essex.police_lead).text("referrals")
    assert "the police lead finds a colleague" in Pages(client, essex.police_lead).text(
        "referral", subject.referral.reference
    )
    colleague = essex.appointed(Role.POLICE_OFFICER, of=essex.police)
    done = Pages(client, colleague).about(
        subject, "screening_confirm", agrees="no", why="The drawing was never looked at."
    )
    assert done.status_code == 302
    acting(essex.police_lead)
    subject.refresh_from_db()
    assert subject.state == Subject.State.WAITING
    waiting = Task.objects.waiting().filter(subject_id=subject.pk)
    assert [one.kind for one in waiting] == ["screen"]


def test_a_second_answer_and_one_without_a_reason_are_refused(
    client: Client, story: Story, essex: Cast
) -> None:
    subject = repeated(story)
    screening.decide(
        subject, by=acting(essex.police_officer),
        decision=story.decision("not_prevent", reason="no_concern", **FOUR),
    )  # fmt: skip
    pages = Pages(client, essex.second_officer)
    blank = pages.about(subject, "screening_confirm", agrees="yes", why="")
    assert "Enter why" in plain(blank)
    opened = pages.get("screening_confirm", *where(subject))
    sent = hidden(opened) | {"agrees": "yes", "why": WHY}
    address = reverse("screening_confirm", args=where(subject))
    assert client.post(address, sent).status_code == 302
    twice = client.post(address, sent)
    assert "was changed while you had the page open" in plain(twice) and WHY in plain(twice)
    assert "Nothing waits for a second person here" in pages.text(
        "screening_confirm", *where(subject)
    )


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

    from waymark.referrals.sending import PersonFacts

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
        ("new-case", "why", "Enter your reason"),
        ("safeguarding", "passed_to", "Enter an answer to “To whom was it passed on"),
        ("duplicate", "duplicate_of", "Enter an answer to “Which referral does it repeat”"),
        ("malicious", "motive", "Enter an answer to “What is the evidence"),
        ("malicious", "content_true", "Enter an answer to “Apart from the motive"),
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


def test_an_area_without_a_post_of_ones_own_is_refused(
    story: Story, essex: Cast, thurrock: Cast
) -> None:
    story.taken()
    decision = Decision(**story.decision().__dict__ | {"area": thurrock.area})
    with pytest.raises(Refused, match="no police post in Thurrock"):
        screening.decide(story.subject, by=essex.police_officer, decision=decision)


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
    page = officer.get("screening_decide", *where(subject)).text
    assert 'value="joins-case"' in page and 'value="new-case"' not in page
    acting(essex.police_officer)
    with pytest.raises(Refused, match="has an open case"):
        screening.decide(subject, by=essex.police_officer, decision=story.decision(**FOUR))
    answer = officer.about(
        subject, "screening_outcome", "joins-case",
        **decided(**FOUR, area=str(essex.area.pk), extract="More", case=str(story.case.pk)),
    )  # fmt: skip
    assert answer["Location"] == reverse("case", args=[story.case.reference])
    acting(essex.police_officer)
    assert Case.objects.count() == 1
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
        **decided(**FOUR, area=str(essex.area.pk), extract="More", suspected="no",
                  case=str(case.pk)),
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
    assert WHY in listed and "Words." in listed and "Ashdown, Robin" in listed
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
