"""The day of a panel with eight cases, by hand, in a browser, from its papers to its minutes."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pdfplumber
import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests.browser.cast import cast_of
from tests.browser.keys import Keys
from tests.browser.person import Person
from tests.browser.test_journey import Journey, day
from tests.cast import Cast, acting
from tests.story import Story
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.panels.models import Attendance, Meeting
from waymark.sharing import requests
from waymark.ui import words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Person]
GROWN_UP = date(today().year - 34, 2, 3)
BEFORE = ("Abbott", "Brook", "Carr", "Dale", "Elm", "Gale", "Hart")
LATE = "Ford"
KEYS = 21  # of one plain case, from its page to the next one's, beside the letters of the words
HALF = "The school, and half a sentence"
INTEREST = "Her brother goes to the same club"
DISSENT = "A plan first: another month is lost"
REFUSED = "The register says nine days"
LATER = today() + timedelta(days=6)


class MeetingDay(Journey):
    """The people of a panel, each at a browser of their own, and what is on its agenda."""

    def __init__(self, come: Come):
        super().__init__(come)
        self.stories: dict[str, Story] = {}
        for surname in BEFORE:
            self.comes_to_the_panel(surname)

    def comes_to_the_panel(self, surname: str) -> None:
        born = GROWN_UP if surname == "Dale" else date(2011, 5, 4)
        with transaction.atomic():
            story = Story(self.cast, surname=surname, born=born).on_panel()
            self.stories[surname] = story

    def is_asked_again(self, surname: str) -> None:
        """The school, which does not answer before the meeting."""
        case, school = self.stories[surname].case, self.cast.partner.organisation
        asking = requests.Asking(about="Robin", words="What is new", items=["What is new?"])
        with transaction.atomic():
            officer = acting(self.cast.police_officer)
            requests.ask(case, by=officer, asking=asking, organisations={school: None})

    def reference_of(self, surname: str) -> str:
        return str(self.stories[surname].case.reference)

    def find_agenda(self) -> None:
        def find() -> None:
            meeting = Meeting.objects.get(state__in=("planned", "open"))
            self.meeting, self.room = meeting, f"/panels/{meeting.pk}"
            items = {item.case_id: item.pk for item in meeting.items.all()}
            self.item = {
                name: items[story.case.pk]
                for name, story in self.stories.items()
                if story.case.pk in items
            }

        self.seen(self.cast.chair, find)

    def seat(self, user: User) -> Attendance:
        def find() -> Attendance:
            return self.meeting.attendances.get(user=user)

        return self.seen(self.cast.chair, find)  # type: ignore[no-any-return]

    def at(self, user: User, page: str = "") -> Person:
        return self.as_(user).goes_to(f"{self.room}{page}")

    def case(self, surname: str) -> str:
        return f"/cases/{self.item[surname]}"

    def status(self, user: User, address: str) -> int:
        return self.as_(user).page.request.get(address).status

    def pdf(self, user: User, page: str) -> str:
        """The words of a paper, as `user` gets it."""
        answer = self.as_(user).page.request.get(f"{self.room}{page}")
        assert answer.headers["content-type"] == "application/pdf"
        with pdfplumber.open(BytesIO(answer.body())) as paper:
            return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


@pytest.mark.clause("2.5.9", "2.8.3", "2.8.18", "2.8.19")
@pytest.mark.lesson("R14", "R15", "R16")
def test_a_meeting_of_eight_cases_from_its_papers_to_its_signed_minutes(person: Come) -> None:
    journey = MeetingDay(person)
    other = cast_of("Thurrock")
    called(journey)
    papers_read(journey)
    begun(journey)
    plain_case(journey)
    without_the_line(journey)
    with_dissent(journey)
    with_an_interest(journey)
    not_quorate(journey)
    goes_to_another_panel(journey, other)
    adjourned(journey)
    put_right_and_signed(journey)
    seen_no_longer(journey)


def called(journey: MeetingDay) -> None:
    """The co-ordinator calls it, invites the teacher for one case, and puts it in order."""
    cast, area = journey.cast, journey.cast.area.code
    clerk = journey.as_(cast.coordinator).goes_to(f"/panels/areas/{area}/call")
    clerk.answers(when="today", at_time="10:00", remote="Room 3", extraordinary="no")
    journey.comes_to_the_panel(LATE)
    journey.is_asked_again("Brook")
    journey.find_agenda()
    came = journey.at(cast.coordinator)
    came.reads("Came to the panel since the meeting was called", journey.reference_of(LATE))
    came.follows("Put them on the agenda now").presses("Put these cases on the agenda")
    journey.find_agenda()
    journey.at(cast.coordinator, "/invite").answers(
        who=str(cast.referrer.pk), body="", kind="agency", capacity="Form tutor",
        item=str(journey.item["Abbott"]),
    )  # fmt: skip
    places = ("Abbott", "Hart", "Gale", "Brook", "Carr", "Dale", "Elm", "Ford")
    order = {f"place_{journey.item[name]}": str(n) for n, name in enumerate(places, start=1)}
    journey.at(cast.coordinator, "/agenda").fills(**order).presses("Save this order")


def papers_read(journey: MeetingDay) -> None:
    """Those invited answer and read; the teacher reads of one case alone."""
    cast, area = journey.cast, journey.cast.area.code
    member = journey.as_(cast.panel_member).goes_to("/").follows(words.day(today()))
    member.follows("Answer your invitation").pictured("answer-an-invitation").answers(kind="comes")
    member.goes_to(f"/panels/confidentiality/{area}").answers()
    journey.at(cast.families_lead, "/answer").answers(kind="comes")
    journey.at(cast.police_lead, "/answer").answers(kind="comes")
    front = journey.at(cast.panel_member, "/papers").reads("Abbott, Robin", "Ford, Robin")
    front.pictured("papers").follows("Brook, Robin").reads("Not yet answered by Essex Academy")
    Keys(front).opens("n")
    front.reads("5 of 8 on the agenda")
    pdf = journey.pdf(cast.panel_member, "/papers/pdf")
    assert f"Copy of {cast.panel_member.name}" in pdf and "Gale, Robin" in pdf
    teacher = journey.at(cast.referrer, "/papers").reads("Abbott, Robin")
    assert not any(name in teacher.page.content() for name in (*BEFORE[1:], LATE))
    teacher.follows("Abbott, Robin").reads("1 of 1 on the agenda")
    brook = f"{journey.room}/papers/{journey.item['Brook']}"
    assert journey.status(cast.referrer, brook) == 404
    opened = journey.at(cast.chair, "/papers").reads("Who has opened them").page
    for user, told in ((cast.panel_member, words.day(today())), (cast.adult_lead, "Not opened")):
        row = opened.locator("main table tr", has_text=user.name)
        expect(row).to_contain_text(told)


def begun(journey: MeetingDay) -> None:
    """Who came is written down, then that the statement was read."""
    cast = journey.cast
    journey.at(cast.chair).reads("Form tutor").presses("Open the meeting")
    away = journey.seat(cast.adult_lead).pk
    journey.at(cast.chair, "/who-came").answers(
        **{f"came_{away}": "no", f"reason_{away}": "On leave"}
    )
    chair = journey.at(cast.chair).follows("Read the confidentiality statement")
    chair.answers(read_by=str(cast.chair.pk), interests="None for all")
    for name, on_it in (("Abbott", "Form tutor"), ("Hart", "Person")):
        journey.at(cast.coordinator, f"/who-came/{journey.item[name]}").reads(on_it, "Came")
    journey.at(cast.chair).pictured("meeting")


def decided_by_keys(keys: Keys, **said: str) -> None:
    """One case, from its page on: all agree, nothing further is shared."""
    keys.access("d")
    keys.writes(**{"information": "The school and the police"} | said)
    keys.chooses(more="nothing", assessment_is="confirmed")
    keys.writes(risk_to_person="Drawn in by older friends", risk_to_society="None known")
    keys.chooses(kind="deferred")
    keys.writes(reasons="The plan is not ready")
    keys.chooses(agreed="all", social_care="no")
    keys.writes(told_what="That it is looked at again", told_by="The lead, this week")
    keys.opens("Enter")


def plain_case(journey: MeetingDay) -> None:
    """With keys alone: how many, the guide of the chair says."""
    chair = journey.at(journey.cast.chair).follows("Hear the next case").reads("1 of 8")
    keys = Keys(chair)
    decided_by_keys(keys)
    chair.reads("2 of 8")
    print(f"One plain case: {keys.pressed} keys beside the words")
    assert keys.pressed == KEYS
    keys.opens("p")
    chair.reads("1 of 8", "Decided at this meeting")
    keys.opens("n")
    decided_by_keys(keys)
    chair.reads("3 of 8")


def without_the_line(journey: MeetingDay) -> None:
    """What is typed while nothing goes out stays, and is kept as soon as the line is back."""
    chair = journey.at(journey.cast.chair, journey.case("Gale"))
    status = chair.page.locator("[data-autosave-status]")
    with chair.loses_the_line():
        chair.fills(information=HALF)
        expect(status).to_contain_text("Not saved yet")
        chair.page.get_by_role("button", name="Record this decision").click()
        expect(status).to_contain_text("There is no connection")
        expect(chair.page.locator("[name=information]")).to_have_value(HALF)
    expect(status).to_contain_text("It is not sent: send it again")
    journey.at(journey.cast.chair, journey.case("Gale"))
    expect(chair.page.locator("[name=information]")).to_have_value(HALF)
    decided_by_keys(Keys(chair), information=f"{HALF}, and its end")
    chair.reads("4 of 8")


def with_dissent(journey: MeetingDay) -> None:
    """Two for it, three against: the chair decides, and a missing answer is named."""
    cast = journey.cast
    chair = journey.at(cast.chair, journey.case("Brook"))
    chair.reads("Members were asked what else they share", "Not yet answered by: Essex Academy")
    stances = {cast.chair: "agrees", cast.police_lead: "agrees", cast.second_lead: "abstains",
               cast.vice_chair: "disagrees", cast.families_lead: "disagrees",
               cast.panel_member: "disagrees"}  # fmt: skip
    said = {"agreed": "apart", "dissent": "", "unanswered": "They are on holiday"}
    for user, stance in stances.items():
        key = journey.seat(user).pk
        said |= {f"stance_{key}": stance}
        said |= {f"words_{key}": DISSENT if stance == "disagrees" else ""}
    said |= {"action_0": "Ring the club", "owner_0": str(cast.panel_member.pk)} | day("due_0", 9)
    for n in (1, 2):
        said |= {f"action_{n}": "", f"owner_{n}": ""}
        said |= {f"due_{n}-{part}": "" for part in ("day", "month", "year")}
    said |= {"more": "something", "more_words": "Health rings the practice", "kind": "deferred"}
    chair.pictured("hear-a-case").answers(assessment_is="confirmed", social_care="no", **said)


def with_an_interest(journey: MeetingDay) -> None:
    """Who knows the family leaves; the others decide."""
    chair = journey.at(journey.cast.chair, journey.case("Carr"))
    chair.follows("Somebody has an interest in this case").answers(
        who=str(journey.seat(journey.cast.panel_member).pk), words=INTEREST
    )
    chair.reads("Left because of an interest", "Quorate")
    decided_by_keys(Keys(chair))


def not_quorate(journey: MeetingDay) -> None:
    """Nobody is there for an adult’s social care: talked of, not decided."""
    cast = journey.cast
    journey.at(cast.chair, journey.case("Dale")).reads("The panel cannot decide now", "(2.1.3)")
    clerk = journey.at(cast.coordinator, journey.case("Dale"))
    clerk.follows("It is talked of, and not decided")
    clerk.answers(words="Both know him", why_undecided="")
    clerk.reads("Discussed, not decided: not quorate")


def goes_to_another_panel(journey: MeetingDay, other: Cast) -> None:
    """The family has moved: asked from the meeting, accepted by the other chair."""
    page = f"/cases/{journey.reference_of('Elm')}/transfer"
    chair = journey.as_(journey.cast.chair).goes_to(page)
    chair.answers(to=str(other.area.pk), length="lasting")
    answers = journey.as_(other.chair).goes_to("/").follows("Answer another panel").page
    assert "Elm" not in answers.content()
    journey.as_(other.chair).goes_to(page).answers(decision="yes", why="They live here now")
    assert journey.status(journey.cast.chair, page) == 404
    journey.as_(journey.cast.chair).goes_to("/transfers").reads("They live here now")


def adjourned(journey: MeetingDay) -> None:
    """It cannot end while cases are unheard: those go to a day."""
    cast = journey.cast
    chair = journey.at(cast.chair, "/end").reads(
        "Cases are still to be heard", journey.reference_of("Dale"), journey.reference_of("Ford")
    )
    assert journey.reference_of("Elm") not in chair.page.content()
    journey.at(cast.chair, "/adjourn").answers(**day("to_date", 6))
    chair.reads("Dale, Robin", "Ford, Robin", words.day(LATER))
    assert "Abbott" not in chair.page.locator("main").inner_text()


def put_right_and_signed(journey: MeetingDay) -> None:
    """A member proposes, the chair refuses with a reason, and signs."""
    cast = journey.cast
    member = journey.at(cast.panel_member, "/minutes")
    member.follows("Propose a correction").answers(words="It was ten days")
    journey.at(cast.chair, "/sign").reads("A correction that was proposed has no answer yet")
    chair = journey.at(cast.chair, "/minutes").follows("Answer this correction")
    chair.answers(answer="refuse", why=REFUSED)
    chair.reads(REFUSED).pictured("minutes").follows("Sign the minutes").presses("Sign the minutes")
    journey.at(cast.chair, "/minutes").reads("They do not change")
    pdf = journey.pdf(cast.chair, "/minutes/pdf")
    for said in (
        "The chair decided", DISSENT, "disagrees", "Ring the club", INTEREST, HALF,
        "Essex Academy: They are on holiday", "Health rings the practice", "Both know him",
        "not quorate", "Not decided. Adjourned to", REFUSED, f"Signed by {cast.chair.name}",
    ):  # fmt: skip
        assert said in pdf, said


def seen_no_longer(journey: MeetingDay) -> None:
    """With the signature the papers are gone, for the teacher and for who was a member."""
    cast = journey.cast
    for page in ("", "/papers", "/minutes", "/papers/pdf", "/minutes/pdf"):
        assert journey.status(cast.referrer, f"{journey.room}{page}") == 404, page
    front = journey.at(cast.panel_member, "/papers").page.locator("main").inner_text()
    assert "Abbott" not in front
