"""Who may be known already, looked for by hand, and referred once more (R2, R3, R4)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, acting
from tests.story import Story
from tests.web.police import FOUR, WHY, Pages, again, decided, hidden, plain, where
from tests.web.screening_steps import ended, referred, repeated, say_same
from waymark.audit.models import Look
from waymark.cases.models import Exclusion, Task
from waymark.database.clock import now
from waymark.directory.models import Role
from waymark.directory.permission import Refused
from waymark.people.models import SamePerson
from waymark.referrals.deciding import known, screening, second
from waymark.referrals.deciding.decisions import Decision
from waymark.referrals.models import Screening, Subject


@pytest.fixture
def story(essex: Cast) -> Story:
    return referred(essex)


@pytest.fixture
def officer(client: Client, essex: Cast) -> Pages:
    return Pages(client, essex.police_officer)


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
    from waymark.referrals.writing.sending import PersonFacts

    one = PersonFacts(forenames="Robin", surname="Ashdown", birth={"year": 2011})
    story = Story(essex).referred(people=(one,))
    page = officer.text("screening_known", *where(story.subject))
    assert "so nobody was compared" in page


# ---- looking for somebody by hand


def born(**said: int) -> dict[str, str]:
    return {f"born-{part}": str(value) for part, value in said.items()}


@pytest.mark.lesson("R2")
def test_somebody_of_another_spelling_is_looked_for_and_put_beside(
    officer: Pages, story: Story, essex: Cast
) -> None:
    ended(story)
    other = Story(essex, surname="Ashdowne").referred()
    officer.about(other.subject, "screening_take")
    there = where(other.subject)
    known_page = officer.get("screening_known", *there)
    assert "Nobody of the same name and birth date" in plain(known_page)
    assert f'href="{reverse("screening_look_for", args=there)}"' in known_page.text
    found = officer.about(
        other.subject, "screening_look_for", surname="ashdown", **born(day=4, month=5, year=2011)
    )
    assert story.subject.referral.reference in plain(found)
    assert "Not Prevent: no concern" in plain(found)
    acting(essex.police_officer)
    assert Look.objects.filter(purpose="match", object_id=story.subject.pk).exists()
    say = ("screening_same", *there, story.subject.pk)
    assert officer.send(*say, answer="same", why=WHY).status_code == 302
    assert story.subject.referral.reference in officer.text("screening_known", *there)
    acting(essex.police_officer)
    assert known.counts_as_repeat(other.subject)
    assert known.deciders_before(other.subject) == {essex.police_officer.pk}


@pytest.mark.parametrize(
    ("sought", "fits"),
    [
        ({"surname": "Ashdown", "forenames": "Robin", "year": "2011"}, True),
        ({"surname": "Ashdown", "forenames": "Rob", "year": "2011"}, False),
        ({"surname": "Ashd%", "forenames": "Robin", "year": "2011"}, False),
        ({"surname": "Ashdown"}, None),
        ({"forenames": "Robin", "year": "2011"}, None),
        ({}, None),
    ],
)
def test_only_who_fits_exactly_is_shown_and_a_surname_alone_is_too_little(
    officer: Pages, story: Story, essex: Cast, sought: dict[str, str], fits: bool | None
) -> None:
    reference = story.subject.referral.reference
    other = Story(essex, surname="Birch").referred()
    page = plain(officer.about(other.subject, "screening_look_for", **sought))
    assert (reference in page) is bool(fits)
    assert ("Nobody fits exactly" in page) is (fits is False)
    assert ("Too little is written" in page) is (fits is None)


def test_somebody_is_found_by_reference_and_never_as_a_list(
    officer: Pages, story: Story, essex: Cast
) -> None:
    for _ in range(12):
        Story(essex, surname="Birch").referred()
    reference = story.subject.referral.reference
    page = plain(officer.about(story.subject, "screening_look_for", reference=reference))
    assert "Nobody fits exactly" in page  # it is the referral itself
    birch = officer.about(
        story.subject, "screening_look_for", surname="Birch", **born(day=4, month=5, year=2011)
    )
    assert birch.text.count("Say whether they are the same") == 10
    acting(essex.police_lead)
    other = Subject.objects.exclude(pk=story.subject.pk).select_related("referral")[0]
    said = other.referral.reference
    assert said in plain(officer.about(story.subject, "screening_look_for", reference=said))


def test_what_the_lead_reads_first_is_not_found_by_an_officer(
    client: Client, story: Story, essex: Cast
) -> None:
    first = Story(essex, surname="Birch").referred(lead_first=True)
    reference = first.subject.referral.reference  # read as the lead may
    sought = {"surname": "Birch"} | born(day=4, month=5, year=2011)
    for user, seen in ((essex.police_officer, False), (essex.police_lead, True)):
        page = Pages(client, user).about(story.subject, "screening_look_for", **sought)
        assert (reference in plain(page)) is seen


def test_who_is_excluded_from_a_case_finds_nothing_of_it(client: Client, essex: Cast) -> None:
    earlier = Story(essex).screened()
    later = Story(essex).referred()
    acting(essex.police_lead)
    Exclusion.objects.create(
        case=earlier.case, user=essex.police_officer, why="A neighbour of the family",
        set_by=essex.police_lead, from_at=now() - timedelta(minutes=1),
    )  # fmt: skip
    subject = Subject.objects.select_related("referral", "area").get(pk=later.subject.pk)
    reference = earlier.subject.referral.reference
    sought = {"surname": "Ashdown"} | born(day=4, month=5, year=2011)
    for user, seen in ((essex.police_officer, False), (essex.police_lead, True)):
        acting(user)
        assert bool(known.known_before(subject)) is seen
        page = plain(Pages(client, user).about(subject, "screening_look_for", **sought))
        assert (reference in page) is seen
        assert (earlier.case.reference in page) is seen


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
