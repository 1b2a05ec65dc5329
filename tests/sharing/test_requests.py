"""Asking partners and what they answer: each sees its own request and reply, and not the case."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import INSTALLATION, Cast, acting
from tests.sharing.steps import ASKING, NOTHING, ask
from tests.story import Story
from waymark.cases.models import Case, Grant, Stage, Task
from waymark.database.clock import now, today
from waymark.database.guard import become
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.directory.permission import Changed, Refused
from waymark.sharing import checks, replies, requests
from waymark.sharing.models import ItemAnswered, ItemAsked, Reply, Request, WithoutAnswer
from waymark.sharing.replies import Answer, Answering, Route


def become_installation() -> None:
    become(INSTALLATION)


# ---- asking


def test_several_organisations_are_asked_in_one_go(story: Story, essex: Cast, clinic: User) -> None:
    school = essex.partner.organisation
    made = ask(story, school, clinic.organisation)
    assert [one.asked_of for one in made] == [essex.partner, clinic]
    assert {one.due_date for one in made} == {made[0].due_date}
    waiting = Task.objects.waiting().filter(kind="answer_request")
    assert {task.user for task in waiting} == {essex.partner, clinic}
    assert Grant.objects.filter(part=Part.REQUEST).count() == 2


def test_each_partner_sees_its_own_request_and_nothing_of_the_case(
    story: Story, essex: Cast, clinic: User
) -> None:
    ours, theirs = ask(story, essex.partner.organisation, clinic.organisation)
    replies.answer(theirs, by=acting(clinic), answering=NOTHING)
    acting(essex.partner)
    assert list(Request.objects.all()) == list(Request.objects.of(essex.partner)) == [ours]
    assert {item.request_id for item in ItemAsked.objects.all()} == {ours.pk}
    assert not Reply.objects.exists()
    assert not Case.objects.exists()
    assert {task.object_id for task in Task.objects.all()} == {ours.pk}
    acting(clinic)
    assert [one.request_id for one in Reply.objects.all()] == [theirs.pk]


def test_another_contact_of_the_organisation_answers_too(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    deputy = essex.appointed(Role.PARTNER, of=essex.partner.organisation)
    replies.answer(made, by=acting(deputy), answering=NOTHING)
    acting(essex.police_officer)
    assert not Task.objects.waiting().filter(kind="answer_request").exists()


@pytest.mark.parametrize("who", ["outsider", "referrer", "provider", "panel_member", "adult_lead"])
def test_others_see_no_request(story: Story, essex: Cast, who: str) -> None:
    ask(story, essex.partner.organisation)
    acting(getattr(essex, who))
    for table in (Request, ItemAsked, Reply, ItemAnswered, WithoutAnswer):
        assert not table._default_manager.exists(), table


def test_a_partner_of_another_area_sees_nothing(story: Story, essex: Cast, thurrock: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    acting(thurrock.partner)
    assert not Request.objects.exists()
    with pytest.raises(Request.DoesNotExist):
        replies.answer(made, by=thurrock.partner, answering=NOTHING)


@pytest.mark.parametrize(
    "differs, why",
    [
        ({"about": " "}, "whom to look for"),
        ({"words": ""}, "what the answers are for"),
        ({"items": ["", " "]}, "Nothing is asked"),
        ({"due_date": today() - timedelta(days=1)}, "date to answer by"),
    ],
)
def test_a_request_says_who_what_why_and_by_when(
    story: Story, essex: Cast, differs: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        ask(story, essex.partner.organisation, **differs)
    assert not Request.objects.exists()


def test_one_answer_of_an_organisation_is_awaited_at_a_time(story: Story, essex: Cast) -> None:
    ask(story, essex.partner.organisation)
    with pytest.raises(Refused, match="has been asked already"):
        ask(story, essex.partner.organisation)
    with pytest.raises(Refused, match="No partner is chosen"):
        ask(story)


def test_only_a_contact_of_the_organisation_is_asked_for_it(
    story: Story, essex: Cast, clinic: User
) -> None:
    with pytest.raises(Refused, match="does not answer for Essex Academy"):
        requests.ask(
            story.case, by=acting(essex.police_officer), asking=ASKING,
            organisations={essex.partner.organisation: clinic},
        )  # fmt: skip


def test_only_the_police_ask_and_only_at_their_stage(essex: Cast) -> None:
    story = Story(essex).risk_assessed()
    with pytest.raises(Refused, match="stands at “Lead review”"):
        ask(story, essex.partner.organisation)
    story.reviewed()
    with pytest.raises(Refused, match="not yours to do"):
        requests.ask(
            story.case, by=acting(essex.families_lead), asking=ASKING,
            organisations={essex.partner.organisation: None},
        )  # fmt: skip


# ---- answering


def test_an_answer_is_followed_and_never_edited(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    item = made.items.get()
    partner = acting(essex.partner)
    part = Answering("part", False, items=[Answer(item, "Some", "The register")])
    replies.answer(made, by=partner, answering=part)
    assert Request.objects.get(pk=made.pk).answered_at is None
    whole = Answering("information", False, items=[Answer(item, "All of it", "The register")])
    replies.answer(made, by=partner, answering=whole)
    assert [one.state for one in Reply.objects.all()] == ["part", "information"]
    stands = replies.latest_of(made)
    assert stands is not None and stands.state == "information"
    assert not Task.objects.waiting().exists()
    with pytest.raises(Exception, match="append|permission denied"), transaction.atomic():
        ItemAnswered.objects.update(words="Altered")


@pytest.mark.parametrize(
    "answering, why",
    [
        (Answering("", False), "what the answer is"),
        (Answering("nothing_known", None), "whether anything is held back"),
        (Answering("nothing_known", True), "who decided to hold back"),
        (Answering("declined", False), "needs its words"),
        (Answering("passed_on", False, words="A colleague"), "what the answer is"),
        (Answering("information", False), "No question is answered"),
    ],
)
def test_an_answer_says_all_that_it_must(
    story: Story, essex: Cast, answering: Answering, why: str
) -> None:
    (made,) = ask(story, essex.partner.organisation)
    with pytest.raises(Refused, match=why):
        replies.answer(made, by=acting(essex.partner), answering=answering)
    assert not Reply.objects.exists()


def test_each_item_has_words_and_a_source_and_is_of_this_request(
    story: Story, essex: Cast, clinic: User
) -> None:
    made, other = ask(story, essex.partner.organisation, clinic.organisation)
    mine, not_mine = made.items.get(), other.items.get()
    for state, item, why in (
        ("information", Answer(mine, "", "The register"), "Question 1 has no answer"),
        ("information", Answer(mine, "Nine days", " "), "names no source"),
        ("information", Answer(not_mine, "Nine days", "The register"), "another request"),
        ("nothing_known", Answer(mine, "Nine days", "The register"), "nothing is given"),
    ):
        with pytest.raises(Refused, match=why):
            replies.answer(
                made, by=acting(essex.partner), answering=Answering(state, False, items=[item])
            )


@pytest.mark.lesson("R16")
def test_held_back_names_who_decided_so(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    said = Answering("nothing_known", True, "The head teacher")
    made_reply = replies.answer(made, by=acting(essex.partner), answering=said)
    assert (made_reply.held_back, made_reply.held_back_decided_by) == (True, "The head teacher")
    with pytest.raises(IntegrityError, match="held_back_by_whose_decision"), transaction.atomic():
        Reply.objects.create(
            case_id=made.case_id, request=made, state="nothing_known", held_back=True,
            came_by="here", given_by="x", by=essex.partner, at=now(),
        )  # fmt: skip


def test_the_second_of_two_who_answer_is_told(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    partner = acting(essex.partner)
    replies.answer(made, by=partner, answering=NOTHING, version=made.version)
    with pytest.raises(Changed, match="answered while you had the page open"):
        replies.answer(made, by=partner, answering=NOTHING, version=made.version)
    assert Reply.objects.count() == 1


def test_the_police_do_not_answer_for_a_partner_but_write_down_what_came(
    story: Story, essex: Cast
) -> None:
    (made,) = ask(story, essex.partner.organisation)
    officer = acting(essex.police_officer)
    with pytest.raises(Refused, match="answered by the organisation"):
        replies.answer(made, by=officer, answering=NOTHING)
    for route, why in (
        (Route("here", "The head"), "secure route"),
        (Route("post", "The head"), "secure route"),
        (Route("telephone", " ", read_back=True), "who gave the answer"),
        (Route("telephone", "The head"), "not read back"),
        (Route("secure_email", "The head"), "where the e-mail is kept"),
    ):
        with pytest.raises(Refused, match=why):
            replies.enter_reply(made, by=officer, answering=NOTHING, route=route)
    kept = replies.enter_reply(
        made, by=officer, answering=NOTHING, route=Route("telephone", "The head", read_back=True)
    )
    assert (kept.by, kept.came_by, kept.given_by) == (officer, "telephone", "The head")
    with pytest.raises(Refused, match="not yours to do"):
        replies.enter_reply(
            made, by=acting(essex.families_lead), answering=NOTHING,
            route=Route("secure_email", "The head", "Mailbox"),
        )  # fmt: skip


def test_where_nobody_has_an_account_the_police_fetch_the_answer(story: Story, essex: Cast) -> None:
    become_installation()
    club = essex.organisation("Club", "voluntary")
    (made,) = ask(story, club)
    assert made.asked_of is None
    assert Task.objects.waiting().get(kind="fetch_reply").role == Role.POLICE_OFFICER
    assert not Grant.objects.filter(object_id=made.pk).exists()


# ---- finishing the checks


def finish(story: Story, **said: Any) -> None:
    words: dict[str, Any] = {
        "why": "Absence has grown", "without_answer": {}, "unmarked_why": "Weighed next",
    }  # fmt: skip
    checks.finish_checks(story.case, by=acting(story.cast.police_officer), **words | said)


@pytest.mark.lesson("R16")
def test_an_unanswered_request_is_never_taken_for_nothing_known(
    story: Story, essex: Cast, clinic: User
) -> None:
    school = essex.partner.organisation
    ask(story, school, clinic.organisation)
    made = story.case.requests.get(organisation=clinic.organisation)
    replies.answer(made, by=acting(clinic), answering=NOTHING)
    acting(essex.police_officer)
    assert checks.still_without_answer(story.case) == [school]
    with pytest.raises(Refused, match=r"Essex Academy has not answered \(2\.9\.3\)"):
        finish(story)
    finish(story, without_answer={school: "Closed for the holidays; asked again in January"})
    assert story.seen_again().case.stage == Stage.SECOND_RISK
    left = WithoutAnswer.objects.get()
    assert (left.organisation, Reply.objects.filter(request=left.request).count()) == (school, 0)
    assert Task.objects.waiting().get(kind="chase_reply").object_id == left.request_id


def test_whom_the_lead_named_is_asked_or_named_with_words(
    story: Story, essex: Cast, clinic: User
) -> None:
    ask(story, clinic.organisation)
    made = story.case.requests.get()
    replies.answer(made, by=acting(clinic), answering=NOTHING)
    with pytest.raises(Refused, match="Essex Academy has not answered"):
        finish(story)


def test_checks_are_not_finished_before_anybody_was_asked(story: Story) -> None:
    with pytest.raises(Refused, match=r"No partner has been asked yet \(2\.7\.8\)"):
        finish(story)
    with pytest.raises(Refused, match="what the checks showed"):
        ask(story, story.cast.partner.organisation)
        finish(story, why="", without_answer={story.cast.partner.organisation: "Closed"})


def test_who_has_answered_sees_the_request_no_more_and_a_late_answer_still_comes(
    story: Story, essex: Cast, clinic: User
) -> None:
    ask(story, essex.partner.organisation, clinic.organisation)
    ours = story.case.requests.get(organisation=clinic.organisation)
    late = story.case.requests.get(organisation=essex.partner.organisation)
    replies.answer(ours, by=acting(clinic), answering=NOTHING)
    finish(story, without_answer={essex.partner.organisation: "Closed for the holidays"})
    acting(clinic)
    assert not Request.objects.exists()
    with pytest.raises(Refused, match="still not answered"):
        checks.read_answer(late, by=acting(essex.police_officer))
    replies.answer(late, by=acting(essex.partner), answering=NOTHING)
    acting(essex.police_officer)
    assert Task.objects.waiting().filter(kind="chase_reply").count() == 1
    checks.read_answer(late, by=essex.police_officer)
    assert not Task.objects.waiting().filter(kind="chase_reply").exists()
    acting(essex.partner)
    assert not Request.objects.exists()


def test_an_answer_is_late_from_the_day_after_its_date(story: Story, essex: Cast) -> None:
    (made,) = ask(story, essex.partner.organisation)
    assert not made.is_late(made.due_date)
    assert made.is_late(made.due_date + timedelta(days=1))


# ---- two at once


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_the_end_of_the_checks_take_turns() -> None:
    with transaction.atomic():
        cast = Cast("Southend")
        story = Story(cast).partners_asked()
    together, failed = Barrier(2), list[str]()

    def at_once(by: User, what: Any) -> None:
        try:
            together.wait()
            with transaction.atomic():
                become(by)
                what()
        except Exception as problem:  # the test tells what went wrong in the thread
            failed.append(f"{type(problem).__name__}: {problem}")
        finally:
            connection.close()

    def answer() -> None:
        replies.answer(story.request, by=cast.partner, answering=NOTHING)

    def end() -> None:
        checks.finish_checks(
            story.case, by=cast.police_officer, why="Enough is known",
            without_answer={cast.partner.organisation: "Not by the date"},
        )  # fmt: skip

    pairs = ((cast.partner, answer), (cast.police_officer, end))
    threads = [Thread(target=at_once, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with transaction.atomic():
        assert story.seen_again().case.stage == Stage.SECOND_RISK
        assert Reply.objects.count() == 1
