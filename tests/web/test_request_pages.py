"""Partners asked, answering and heard through pages: each sees its own, never the case."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import INSTALLATION, Cast, acting
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import hidden, plain
from waymark.audit.models import Look
from waymark.cases.models import Stage
from waymark.database import clock
from waymark.database.clock import today
from waymark.directory.models import Role, User
from waymark.sharing.models import Reply, Request, WithoutAnswer

WORDS = "“Quiet” words 🌱 — select … from; post\nمرحبا"
ASKED = {
    "about": "Robin Ashdown, born 4 May 2011",
    "words": "To see what helps; no more than is asked",
    "items": "Attendance this term\n\nFriends who worry you\n",
}
OTHERS = ["outsider", "administrator", "auditor", "panel_member", "provider", "referrer"]


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).reviewed())


@pytest.fixture
def clinic(essex: Cast) -> User:
    acting(INSTALLATION)
    return essex.appointed(Role.PARTNER, of=essex.organisation("Clinic", "health"))


@pytest.fixture
def hall(essex: Cast) -> Any:
    """An organisation where nobody has an account."""
    acting(INSTALLATION)
    return essex.organisation("Hall", "housing")


def ask(desk: Desk, *bodies: Any, **differs: Any) -> dict[int, Request]:
    chosen = [str(one.pk) for one in bodies]
    said = ASKED | day("due_date", today() + timedelta(days=14)) | differs
    officer = desk.cast.police_officer
    desk.done(officer, "ask_partners", desk.reference, organisations=chosen, **said)
    acting(officer)
    return {one.organisation_id: one for one in Request.objects.all()}


def answering(state: str = "information", **differs: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"state": state, "held_back": "no"}
    if state in ("information", "part"):
        said |= {"1_words": "Nine days missed", "1_source": "The register"}
        said |= day("1_date", today() - timedelta(days=5))
    return said | differs


def late(days: int) -> None:
    clock.set_offset(timedelta(days=days))


@pytest.fixture(autouse=True)
def in_time(db: None) -> Any:
    yield
    clock.set_offset(timedelta())


# ---- asking


@pytest.mark.clause("2.7.8", "2.9.3")
def test_whom_the_lead_named_is_chosen_and_several_are_asked_in_one_go(
    desk: Desk, essex: Cast, clinic: User
) -> None:
    school = essex.partner.organisation
    there = desk.at(essex.police_officer)
    opened = there.get("ask_partners", desk.reference)
    assert f'value="{school.pk}" checked' in opened.text
    assert f'value="{clinic.organisation.pk}" checked' not in opened.text
    assert "Named by the lead: Absence and friends" in plain(opened)
    both = f"?organisations={school.pk}&organisations={clinic.organisation_id}"
    second = there.get("ask_partners", desk.reference, query=both)
    assert "Robin Ashdown, born 4 May 2011, of Essex Academy" in second.text  # as gathered
    assert f'value="{clinic.organisation.pk}" checked' in second.text
    assert "Only for Essex Academy" in second.text and "Only for Essex Clinic" in second.text
    made = ask(desk, school, clinic.organisation)
    assert set(made) == {school.pk, clinic.organisation_id}
    page = desk.at(essex.police_officer).text("partner_checks", desk.reference)
    assert "Essex Academy" in page and "Essex Clinic" in page and "Not answered yet" in page


@pytest.mark.clause("1.3.3")
def test_each_is_asked_what_is_its_own_and_all_of_it_stays_when_something_lacks(
    desk: Desk, essex: Cast, clinic: User
) -> None:
    school, health = essex.partner.organisation, clinic.organisation
    said = ASKED | day("due_date", today() + timedelta(days=14))
    said |= {"organisations": [str(school.pk), str(health.pk)], f"words_{health.pk}": WORDS}
    said |= {f"items_{health.pk}": "Is he under treatment?\nSince when?"}
    page = desk.refused(
        essex.police_officer, "ask_partners", desk.reference, **said | {"about": ""}
    )
    assert "Enter what they need to find the person" in page
    assert "“Quiet” words 🌱" in page and "Since when?" in page
    desk.done(essex.police_officer, "ask_partners", desk.reference, **said)
    acting(clinic)
    theirs = Request.objects.get()
    assert (theirs.words, theirs.items.count()) == (WORDS, 4)
    acting(essex.partner)
    assert Request.objects.get().items.count() == 2


def test_nobody_chosen_says_so_before_anything_is_typed(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.police_officer).text("ask_partners", desk.reference, query="?chosen=yes")
    assert "Select at least one organisation to ask" in page and "Only for" not in page


def test_a_partner_is_not_asked_twice_in_one_round(desk: Desk, essex: Cast, clinic: User) -> None:
    ask(desk, essex.partner.organisation)
    again = desk.at(essex.police_officer).get("ask_partners", desk.reference).text
    assert f'value="{clinic.organisation_id}"' in again
    assert f'value="{essex.partner.organisation_id}"' not in again


def test_all_that_is_typed_stays_when_nobody_is_chosen(desk: Desk, essex: Cast) -> None:
    said = ASKED | day("due_date", today() + timedelta(days=14)) | {"words": WORDS}
    page = desk.refused(essex.police_officer, "ask_partners", desk.reference, **said)
    assert "Select at least one organisation to ask" in page
    assert "“Quiet” words 🌱" in page and "Friends who worry you" in page


@pytest.mark.clause("1.3.3")
def test_what_it_is_for_and_why_so_much_is_written_before_asking(desk: Desk, essex: Cast) -> None:
    said = ASKED | {"words": " ", "organisations": [str(essex.partner.organisation_id)]}
    said |= day("due_date", today() + timedelta(days=14))
    page = desk.refused(essex.police_officer, "ask_partners", desk.reference, **said)
    assert "Enter what it is for" in page


@pytest.mark.clause("2.4.5")
def test_without_a_position_on_sharing_nobody_is_asked_and_the_page_says_where(
    desk: Desk, essex: Cast
) -> None:
    said = {"state": "refused", "ground": "Serious harm", "balance": "A threat was made"}
    desk.done(essex.police_officer, "sharing_position", desk.reference, **said)
    late(120)
    page = desk.at(essex.police_officer).get("partner_checks", desk.reference)
    assert "was to be looked at again and has not been (2.4.5)" in plain(page)
    assert f'href="/cases/{desk.reference}/sharing"' in page.text
    refused = desk.at(essex.police_officer).text("ask_partners", desk.reference)
    assert "This cannot be done now" in refused and "(2.4.5)" in refused


def test_asking_is_the_polices(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.families_lead).text("ask_partners", desk.reference)
    assert "This cannot be done now" in page


# ---- the organisation's own page


@pytest.mark.clause("2.7.9", "2.9.3")
def test_a_partner_reads_what_is_asked_by_when_and_answers(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    home = desk.at(essex.partner).get("home").text
    assert f'href="/requests/{made.pk}"' in home and 'href="/requests"' in home
    assert made.reference in desk.at(essex.partner).text("requests")
    page = desk.at(essex.partner).text("request", made.pk)
    for words in ("Robin Ashdown", "Attendance this term", "no more than is asked", "Due"):
        assert words in page
    assert essex.police_officer.name in page and "Both sides see this date" in page
    assert desk.reference not in page
    desk.done(essex.partner, "request", made.pk, **answering(words=WORDS))
    acting(essex.police_officer)
    reply = Reply.objects.get()
    assert (reply.state, reply.words, reply.came_by) == ("information", WORDS, "here")
    beside = desk.at(essex.police_officer).text("partner_checks", desk.reference)
    assert "Nine days missed" in beside and "The register" in beside
    assert "Answered" in desk.at(essex.partner).text("requests")


@pytest.mark.lesson("R16")
def test_what_is_held_back_is_told_with_who_decided_so(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    unsaid = desk.refused(essex.partner, "request", made.pk, **answering(held_back=""))
    assert "Select whether anything is held back" in unsaid and "Nine days missed" in unsaid
    nobody = desk.refused(essex.partner, "request", made.pk, **answering(held_back="yes"))
    assert "Enter who decided to hold it back" in nobody
    said = answering(held_back="yes", held_back_decided_by="The head teacher")
    desk.done(essex.partner, "request", made.pk, **said)
    page = desk.at(essex.police_officer).text("asked_request", desk.reference, made.pk)
    assert "Yes. Decided by The head teacher" in page
    beside = desk.at(essex.police_officer).text("partner_checks", desk.reference)
    assert "Something is held back. Decided by The head teacher" in beside


def test_an_answer_that_gives_nothing_says_why(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    page = desk.refused(essex.partner, "request", made.pk, **answering("declined"))
    assert "Say why it is declined" in page and "(2.9.3)" in page
    desk.done(essex.partner, "request", made.pk, **answering("declined", words="The trust knows"))


def test_a_part_leaves_the_rest_to_come_and_both_answers_stay(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    desk.done(essex.partner, "request", made.pk, **answering("part"))
    assert "Part is answered" in desk.at(essex.partner).text("requests")
    more = {"2_words": "One older friend", "2_source": "The tutor"}
    desk.done(essex.partner, "request", made.pk, **answering(**more))
    page = desk.at(essex.partner).text("request", made.pk)
    assert "Part of it is given" in page and "One older friend" in page
    acting(essex.partner)
    assert Reply.objects.count() == 2


@pytest.mark.clause("2.3.5")
def test_an_answer_without_its_source_comes_back_with_its_words(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    said = answering(**{"1_words": WORDS, "1_source": ""})
    page = desk.refused(essex.partner, "request", made.pk, **said)
    assert "Enter where answer 1 comes from" in page and "“Quiet” words 🌱" in page


def test_a_colleague_who_was_quicker_is_told_and_nothing_is_lost(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    opened = desk.at(essex.partner).get("request", made.pk)
    desk.done(essex.partner, "request", made.pk, **answering("nothing_known"))
    late_one = desk.client.post(f"/requests/{made.pk}", hidden(opened) | answering(words=WORDS))
    assert "was answered while you had the page open" in plain(late_one)
    assert "“Quiet” words 🌱" in late_one.text


def test_a_partner_sees_only_its_own_request(desk: Desk, essex: Cast, clinic: User) -> None:
    made = ask(desk, essex.partner.organisation, clinic.organisation)
    theirs = made[clinic.organisation_id]
    desk.done(clinic, "request", theirs.pk, **answering("nothing_known"))
    assert theirs.reference not in desk.at(essex.partner).text("requests")
    unseen = desk.at(essex.partner).get("request", theirs.pk)
    absent = desk.at(essex.partner).get("request", 4711)
    assert unseen.status_code == absent.status_code == 404
    assert unseen.content == absent.content
    for page in ("case", "partner_checks", "assessment"):
        assert desk.at(essex.partner).get(page, desk.reference).status_code == 404


@pytest.mark.requirement("S33")
def test_the_look_of_a_partner_is_written_down(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    desk.at(essex.partner).get("request", made.pk)
    acting(essex.partner)
    look = Look.objects.get(part="request", object_kind="request")
    assert (look.object_id, look.purpose) == (made.pk, "own_task")


@pytest.mark.parametrize("who", OTHERS)
def test_for_others_a_request_does_not_exist(desk: Desk, essex: Cast, who: str) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    there = desk.at(getattr(essex, who))
    assert there.get("request", made.pk).status_code == 404
    assert there.get("requests").status_code == 404
    assert there.get("partner_checks", desk.reference).status_code == 404


def test_who_sees_the_case_reads_the_request_there(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    sent_on = desk.at(essex.police_officer).get("request", made.pk)
    assert sent_on.headers["Location"] == f"/cases/{desk.reference}/checks/{made.pk}"
    page = desk.at(essex.chair).text("asked_request", desk.reference, made.pk)
    assert "That does not mean that nothing is known" in page
    other = Story(essex, surname="Brook").partners_asked()
    reference = other.case.reference
    assert desk.at(essex.chair).get("asked_request", reference, made.pk).status_code == 404


def test_the_co_ordinator_sees_the_state_of_requests_and_no_answer(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    desk.done(essex.partner, "request", made.pk, **answering())
    page = desk.at(essex.coordinator).text("partner_checks", desk.reference)
    assert "Information is given" in page and "Nine days missed" not in page
    whole = desk.at(essex.coordinator).text("asked_request", desk.reference, made.pk)
    assert "Information is given" in whole and "Nine days missed" not in whole


@pytest.mark.clause("2.7.9", "1.3.3")
def test_the_co_ordinator_writes_an_answer_down_and_reads_that_it_came(
    desk: Desk, essex: Cast, hall: Any
) -> None:
    (made,) = ask(desk, hall).values()
    where = (desk.reference, made.pk)
    said = answering(came_by="telephone", given_by="The warden", read_back="yes", words=WORDS)
    assert "and not what it says" in desk.at(essex.coordinator).text("enter_reply", *where)
    desk.done(essex.coordinator, "enter_reply", *where, **said)
    page = desk.at(essex.coordinator).text("asked_request", *where)
    assert "Telephone, from The warden" in page
    assert "Nine days missed" not in page and "“Quiet” words" not in page
    read = desk.at(essex.police_officer).text("asked_request", *where)
    assert "Nine days missed" in read and "“Quiet” words 🌱" in read


# ---- by secure e-mail or telephone


@pytest.mark.clause("2.7.9")
def test_the_police_write_down_an_answer_and_the_route_it_came_by(
    desk: Desk, essex: Cast, hall: Any
) -> None:
    (made,) = ask(desk, hall).values()
    home = desk.at(essex.police_officer).get("home").text
    assert "Fetch a reply" in home and f'href="/cases/{desk.reference}/checks"' in home
    where = (desk.reference, made.pk)
    said = answering(came_by="telephone", given_by="The warden", read_back="no")
    unread = desk.refused(essex.police_officer, "enter_reply", *where, **said)
    assert "The answer was not read back to whoever gave it (2.7.9)" in unread
    assert "Nine days missed" in unread
    nothing = desk.refused(essex.police_officer, "enter_reply", *where)
    assert nothing.index("Select how the answer came") < nothing.index("Select what the answer is")
    unkept = said | {"came_by": "secure_email"}
    assert "Enter where the e-mail is kept" in desk.refused(
        essex.police_officer, "enter_reply", *where, **unkept
    )
    desk.done(essex.police_officer, "enter_reply", *where, **said | {"read_back": "yes"})
    page = desk.at(essex.police_officer).text("asked_request", *where)
    assert "Telephone, from The warden" in page


def test_writing_an_answer_down_is_the_polices(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    page = desk.at(essex.families_lead).text("enter_reply", desk.reference, made.pk)
    assert "Writing down a partner’s answer is not yours to do (2.7.9)" in page


# ---- late, and finishing


@pytest.mark.clause("2.9.3")
def test_a_late_answer_stands_out_on_both_sides(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    late(21)
    for user in (essex.police_officer, essex.chair):
        page = desk.at(user).text("partner_checks", desk.reference)
        assert "Overdue" in page and "working days overdue" in page
    assert "working days overdue" in desk.at(essex.partner).text("request", made.pk)


@pytest.mark.lesson("R16")
@pytest.mark.clause("2.9.3", "2.7.10")
def test_checks_are_finished_with_words_for_each_missing_answer(
    desk: Desk, essex: Cast, clinic: User
) -> None:
    made = ask(desk, essex.partner.organisation, clinic.organisation)
    school = essex.partner.organisation_id
    desk.done(clinic, "request", made[clinic.organisation_id].pk, **answering("nothing_known"))
    said = {"why": WORDS, f"without_{school}": ""}
    missing = desk.refused(essex.police_officer, "finish_checks", desk.reference, **said)
    assert "Enter what is done without Essex Academy" in missing and "“Quiet” words 🌱" in missing
    assert f"without_{clinic.organisation_id}" not in missing
    said = {"why": WORDS, f"without_{school}": "Closed for the holidays; chased"}
    desk.done(essex.police_officer, "finish_checks", desk.reference, **said)
    assert desk.stage() == Stage.SECOND_RISK
    acting(essex.police_officer)
    assert WithoutAnswer.objects.get().organisation_id == school
    page = desk.at(essex.police_officer).text("partner_checks", desk.reference)
    assert "Gone on without an answer" in page and "Closed for the holidays; chased" in page
    silent = page[page.index("Essex Academy") :]
    assert "Nothing is known here" not in silent[: silent.index("Essex Clinic")]


@pytest.mark.clause("2.9.3")
def test_an_answer_that_came_late_is_read_and_chased_no_more(desk: Desk, essex: Cast) -> None:
    (made,) = ask(desk, essex.partner.organisation).values()
    said = {"why": WORDS, f"without_{essex.partner.organisation_id}": "Closed; chased"}
    desk.done(essex.police_officer, "finish_checks", desk.reference, **said)
    assert "Chase a reply" in desk.at(essex.police_officer).text("home")
    desk.done(essex.partner, "request", made.pk, **answering())
    where = (desk.reference, made.pk)
    assert "Read this answer" in desk.at(essex.police_officer).text("asked_request", *where)
    page = desk.at(essex.police_officer).text("read_answer", *where)
    assert "Nine days missed" in page
    desk.done(essex.police_officer, "read_answer", *where)
    assert "Chase a reply" not in desk.at(essex.police_officer).text("home")
    assert desk.at(essex.partner).get("request", made.pk).status_code == 404


def test_checks_are_not_finished_before_anybody_was_asked(desk: Desk, essex: Cast) -> None:
    page = desk.at(essex.police_officer).text("finish_checks", desk.reference)
    assert "No partner has been asked yet (2.7.8)" in page
