"""From a member of the public’s worry to an exit and its first review, by hand, in a browser."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.browser.test_refer import refers
from tests.cast import acting
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.panels.models import Meeting
from waymark.support.models import Need, Piece

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Come = Callable[..., Person]


def day(name: str, days: int) -> dict[str, str]:
    on: date = today() + timedelta(days=days)
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


class Journey:
    """The people of one area, each with a browser of their own, and the case they work on."""

    reference = ""

    def __init__(self, come: Come):
        self.come, self.cast = come, cast_of("Essex")
        self.here: dict[int, Person] = {}

    def as_(self, user: User) -> Person:
        if user.pk not in self.here:
            self.here[user.pk] = self.come().signs_in(user)
        return self.here[user.pk]

    def does(self, user: User, page: str, picture: str = "", **given: Any) -> Person:
        """Goes to a page of the case, and answers what it asks. `picture`: of it, for a guide."""
        who = self.as_(user).goes_to(f"/cases/{self.reference}/{page}")
        return (who.pictured(picture) if picture else who).answers(**given)

    def stands_at(self, stage: str) -> None:
        page = self.as_(self.cast.police_lead).goes_to(f"/cases/{self.reference}")
        page.reads_above(stage)

    def seen(self, user: User, find: Callable[[], Any]) -> Any:
        """Something whose address the test needs, as `user` sees it."""
        with transaction.atomic():
            acting(user)
            return find()


def screened(journey: Journey) -> None:
    officer = journey.as_(journey.cast.police_officer)
    officer.goes_to("/").reads("Screen a referral").follows("Screen a referral")
    officer.presses("Take this referral")
    officer.follows("Decide what becomes of it").chooses(outcome="new-case").presses("Continue")
    officer.answers()
    officer.goes_to("/cases").follows("Ashdown, Robin")
    journey.reference = officer.page.url.rsplit("/", 1)[-1]


def made_ready(journey: Journey, *, lead: User | None = None) -> None:
    """Gathering, risk, review, partner checks, assessment, risk again."""
    cast, officer = journey.cast, journey.cast.police_officer
    lead = lead or cast.families_lead
    journey.does(officer, "gathering")
    journey.does(officer, "risk", conflict="no", major_risk="no")
    journey.stands_at("Lead review")
    school = str(cast.partner.organisation_id)
    journey.does(lead, "sharing", state="agreed")
    said = {f"why_{school}": "How he does at school, and who his friends are"}
    journey.does(
        lead, "review", picture="lead-review", harm_suspected="no", to_ask=[school], **said
    )
    journey.stands_at("Partner checks")
    whom = f"checks/ask?organisations={school}"
    own = {f"items_{school}": "", f"words_{school}": ""}
    journey.does(officer, whom, items="How does he do at school?", **own)
    answered(journey)
    journey.as_(officer).goes_to(f"/cases/{journey.reference}/checks").pictured("partner-checks")
    journey.does(officer, "checks/finish")
    journey.does(officer, "assessment/begin")
    journey.does(officer, "assessment/whole")
    journey.does(officer, "assessment/sign")
    journey.does(officer, "risk", conflict="no", major_risk="no")


def answered(journey: Journey) -> None:
    """The school answers on its own page, and sees nothing of the case."""
    school = journey.as_(journey.cast.partner).goes_to("/requests")
    school.page.locator("main table a").first.click()
    nothing = {f"1_date-{part}": "" for part in ("day", "month", "year")}
    said = {"state": "information", "held_back": "no", "1_source": "The register"}
    school.looks().pictured("answer-a-request").answers(**said | nothing)
    assert journey.reference not in school.page.content()


def decided_on(journey: Journey) -> None:
    """Chair and police agree on a panel; it meets, agrees a plan, and consent is given."""
    cast = journey.cast
    journey.does(cast.chair, "next-step/panel")
    journey.does(cast.police_lead, "next-step/panel")
    journey.stands_at("Panel")
    provider_checked(journey)
    plan_written(journey)
    meeting_held(journey, "plan_agreed")
    journey.stands_at("Seeking consent")
    lead = str(cast.families_lead.pk)
    uninvited = {"police_why": "", "invited": ""}
    journey.does(
        cast.families_lead, "consent/arrange", asker=lead, **uninvited, **day("planned_date", 0)
    )
    journey.does(cast.families_lead, "consent/asked", parent_knew="yes", **day("asked_date", 0))
    for who in ("parent", "person"):
        said = day("answered_date", 0) | {
            "name": "Alex Ashdown", "evidence": "birth_certificate", "doubt": "no"
        }  # fmt: skip
        journey.does(cast.families_lead, "consent", kind=who, state="given", **said)
    journey.stands_at("Supported")


def provider_checked(journey: Journey) -> None:
    cast, chair = journey.cast, journey.as_(journey.cast.chair)
    chair.goes_to(
        f"/panels/areas/{cast.area.code}/providers/{cast.provider.organisation_id}"
    ).answers(passed="yes", **day("dbs_date", -60), **day("valid_until_date", 700))


def plan_written(journey: Journey) -> None:
    cast, lead = journey.cast, str(journey.cast.families_lead.pk)
    nothing = {"own_0_not": ""} | {f"own_{n}{end}": "" for n in range(1, 9) for end in ("", "_not")}
    journey.does(
        cast.families_lead, "plan/write", level="targeted", case_lead=lead, asker=lead,
        own_0="To belong somewhere", own_0_kind="need", **nothing,
        p0_kind="mentoring", p0_need="own_0", p0_lead=str(cast.support_lead.pk),
        p0_level="", p0_level_why="", p0_whole_family="no", no_words_why="",
        p0_provider=str(cast.provider.organisation_id), p0_worker=str(cast.provider.pk),
        p0_rhythm="weekly", p0_sessions="1", **day("ask_by_date", 20), **day("p0_from_date", 0),
        **day("p0_until_date", 60),
    )  # fmt: skip


def meeting_held(journey: Journey, kind: str) -> None:
    """A panel today: everybody comes, it decides on the case, and the minutes are signed."""
    chair, area = journey.as_(journey.cast.chair), journey.cast.area.code
    chair.goes_to(f"/panels/areas/{area}/call").answers(when="today", at_time="10:00")
    meeting = journey.seen(journey.cast.chair, lambda: Meeting.objects.order_by("called_at").last())
    here = f"/panels/{meeting.pk}"
    chair.goes_to(f"{here}/open").answers()
    chair.goes_to(f"{here}/who-came").answers()
    item = journey.seen(journey.cast.chair, lambda: meeting.items.get())
    nothing = {"agreed": "all", "more": "nothing", "assessment_is": "confirmed"}
    chair.goes_to(f"{here}/cases/{item.pk}").answers(
        kind=kind, social_care="no", actions="", **nothing
    )
    chair.goes_to(f"{here}/end").answers()
    chair.goes_to(f"{here}/sign").answers()


def supported(journey: Journey) -> None:
    """The mentor accepts and comes; what was needed is disposed of."""
    cast, mentor = journey.cast, journey.as_(journey.cast.provider)
    piece = journey.seen(cast.provider, lambda: Piece.objects.get(provider_user=cast.provider))
    mentor.goes_to(f"/support/{piece.pk}/accept").answers()
    mentor.goes_to(f"/support/{piece.pk}/log").answers(state="held", **day("happened_date", 0))
    assert journey.reference not in mentor.page.content()
    for need in journey.seen(cast.chair, lambda: list(Need.objects.all())):
        journey.does(cast.chair, f"plan/needs/{need.pk}", outcome="met")


def ended(journey: Journey) -> None:
    cast = journey.cast
    meeting_held(journey, "exit_recommended")
    journey.stands_at("Exit recommended")
    journey.does(cast.chair, "before-an-end", harm_suspected="no")
    journey.does(cast.chair, "told", told="yes", promised="", **day("on_date", 0))
    journey.does(cast.vice_chair, "exit", decision="endorse")
    journey.stands_at("Exit recommended")
    journey.does(cast.police_lead, "exit", decision="endorse")
    journey.stands_at("Exited")


@pytest.mark.clause("2.5.1", "2.5.6", "2.7.2", "2.7.3", "2.7.8", "2.7.11", "2.8.15", "2.10.4")
def test_from_the_first_worry_to_an_exit_and_its_first_review(person: Come) -> None:
    journey = Journey(person)
    assert len(refers(person()).replace(" ", "")) == 28
    screened(journey)
    made_ready(journey)
    decided_on(journey)
    supported(journey)
    ended(journey)
    chair = journey.as_(journey.cast.chair)
    chair.goes_to("/demonstration/clock").answers(days="175")
    journey.does(journey.cast.chair, "review-after-exit", result="nothing_new")
    chair.reads("Review after")
