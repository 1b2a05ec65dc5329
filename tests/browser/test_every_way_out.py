"""Each way of the table of stages is gone in a browser: a new way without a walk fails here.

What comes before is told through use cases. What decides, a person fills in and presses.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.person import Person
from tests.browser.test_journey import day
from tests.browser.within import House, site
from tests.cast import Cast, acting
from tests.panel_steps import MANAGED
from tests.story import Story
from tests.web.panel import days_later
from tests.web.police import again, where
from tests.web.screening_steps import say_same
from tests.words import GATHERED
from waymark.cases import held, positions
from waymark.cases.endings import early_end, leaving, told
from waymark.cases.endings.ending import record_end_checks
from waymark.cases.models import Move, Stage
from waymark.cases.transfers import Asked
from waymark.cases.ways import WAYS, Way
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.panels import next_steps, transfers, transfers_out
from waymark.panels.endings import exits
from waymark.panels.meeting import meetings, minutes
from waymark.panels.models import EndProposal, ReviewAfterExit
from waymark.referrals.deciding import screening
from waymark.support import winding_down

pytestmark = [pytest.mark.browser, pytest.mark.slow]

S = Stage
WORDS = "What was seen and said points there."


class Walk:
    """One way: the people of the story, each at a browser, and the pages of its case."""

    last: Person  # who acted

    def __init__(self, house: House, story: Story):
        self.house, self.story, self.cast = house, story, story.cast
        self.posts = {user.pk: post for post, user in vars(story.cast).items() if is_user(user)}

    def as_(self, user: User) -> Person:
        self.last = self.house.as_(user, self.posts[user.pk])
        return self.last

    def does(self, user: User, page: str, **given: Any) -> Person:
        """Goes to a page of the case, and answers what it asks."""
        address = f"/cases/{self.story.case.reference}/{page}"
        return self.as_(user).goes_to(address).answers(**given)

    def sees(self, stage: Stage) -> None:
        """On the case's page: whoever acted last was sent on to it, or the police lead opens it."""
        address = f"/cases/{self.story.case.reference}"
        if not self.last.page.url.endswith(address):
            self.as_(self.cast.police_lead).goes_to(address)
        self.last.reads_above(stage.label)


def is_user(found: object) -> bool:
    return isinstance(found, User)


# ---- how a story comes to where a way begins


def settled(story: Story, by: User) -> None:
    """All that must be before an end, said by somebody who sees the case."""
    acting(by)
    record_end_checks(
        story.case, by=by, harm_suspected=False, harm_considered="None is suspected",
        signposted="The school’s pastoral lead", unanswered="Nothing more is needed",
    )  # fmt: skip
    told.tell(story.case, by=by, words="What was decided, and why", by_whom="The lead")


def held_by_the_police(story: Story) -> None:
    officer = acting(story.cast.police_officer)
    held.hold(
        story.case, by=officer, why=WORDS, look_again_date=today() + timedelta(days=5)
    )  # fmt: skip
    story.seen_again()


def leaves_proposed(story: Story) -> Any:
    settled(story, story.cast.police_officer)
    return leaving.propose_leaving(
        story.case, by=acting(story.cast.police_officer), why="Charged"
    )  # fmt: skip


def end_proposed(story: Story) -> Any:
    """By the officer; once the area sees the case, by its chair."""
    opened = story.case.opened_to_area_at is not None
    one = story.cast.chair if opened else story.cast.police_officer
    settled(story, one)
    return early_end.propose_end(story.case, by=acting(one), reason="moved_abroad", why=WORDS)


def accepted_elsewhere(story: Story) -> Any:
    settled(story, story.cast.chair)
    chair = acting(story.cast.chair)
    asked = Asked(
        outside="Panel of Kent", receiver="Dee Marsh, chair", why=WORDS, about=WORDS,
        goes_along=WORDS,
    )  # fmt: skip
    asked_for = transfers.ask(story.case, by=chair, asked=asked)
    transfers_out.hand_out(asked_for, by=chair, parts="The course", digest="0" * 64)
    transfers_out.write_receipt(
        asked_for, by=chair, name="Dee Marsh", accepted_date=today(), words=WORDS
    )
    return asked_for


def left_channel(story: Story) -> None:
    held_by_the_police(story)
    proposal = leaves_proposed(story)
    winding_down.decide_leaving(proposal, by=acting(story.cast.police_lead), agrees=True)


def no_longer_possible(story: Story) -> None:
    proposal = end_proposed(story)
    winding_down.decide_early_end(proposal, by=acting(story.cast.police_lead), agrees=True)


def transferred_out(story: Story) -> None:
    asked = accepted_elsewhere(story)
    transfers_out.agree_out(asked, by=acting(story.cast.police_lead), agrees=True, why=WORDS)


def declined(story: Story) -> None:
    story.answered("parent", "refused", "Alex Ashdown")
    story.seen_again().decided("declined").end_settled()
    proposal = EndProposal.objects.get(case=story.case, closed_at=None)
    for user in (story.cast.vice_chair, story.cast.police_lead):
        exits.endorse(proposal, by=acting(user), **MANAGED)


# Each stage by one step from the one before: what was told is handed on from way to way.
ALONG: dict[Stage, Callable[[Story], Any]] = {
    S.GATHERING: Story.screened,
    S.FIRST_RISK: Story.gathered,
    S.LEAD_REVIEW: Story.risk_assessed,
    S.PARTNER_CHECKS: Story.partners_asked,
    S.SECOND_RISK: Story.assessed,
    S.NEXT_STEP: Story.at_next_step,
    S.PANEL: Story.planned,
    S.SEEKING_CONSENT: lambda story: story.decided("plan_agreed", plan=story.plan),
    S.SUPPORTED: Story.consented,
    S.EXIT_RECOMMENDED: Story.exit_recommended,
    S.EXITED: Story.exited,
}
ENDED: dict[Stage, tuple[Stage, Callable[[Story], Any]]] = {  # from which stage, and how
    S.LEFT_CHANNEL: (S.GATHERING, left_channel),
    S.NO_LONGER_POSSIBLE: (S.GATHERING, no_longer_possible),
    S.TRANSFERRED_OUT: (S.LEAD_REVIEW, transferred_out),
    S.NO_FURTHER_ACTION: (S.NEXT_STEP, lambda it: it.next_step_agreed("no_further_action")),
    S.OTHER_SUPPORT: (S.PANEL, lambda it: it.end_settled().decided("other_support")),
    S.NOT_APPROPRIATE: (S.PANEL, lambda it: it.end_settled().decided("not_appropriate")),
    S.DECLINED: (S.SEEKING_CONSENT, declined),
}


def comes_to(story: Story, stage: Stage) -> None:
    if stage in ENDED:
        before, end = ENDED[stage]
        comes_to(story, before)
        end(story)
        return
    for one, step in ALONG.items():
        step(story)
        if one == stage:
            return


def begin(story: Story, way: Way) -> None:
    """A hold is released to where the case was held from."""
    if way.start == S.POLICE_HELD:
        comes_to(story, way.to if way.act == "release" else S.GATHERING)
        held_by_the_police(story)
    else:
        comes_to(story, way.start)
    assert story.seen_again().case.stage == way.start


# ---- to the next step


def gather(walk: Walk, way: Way) -> None:
    walk.does(walk.cast.police_officer, "gathering", **GATHERED)


def assess_risk(walk: Walk, way: Way) -> None:
    walk.does(walk.cast.police_officer, "risk", conflict="no", major_risk="no")


def found_major(walk: Walk, way: Way) -> None:
    """The police find a major risk, or conflict, as they assess."""
    walk.does(
        walk.cast.police_officer, "risk", conflict="no", major_risk="yes",
        **day("check_again_date", 5),
    )  # fmt: skip


def review(walk: Walk, way: Way) -> None:
    lead, school = walk.cast.families_lead, str(walk.cast.partner.organisation_id)
    to_ask = "nobody"
    if way.to == S.PARTNER_CHECKS:
        acting(lead)
        positions.decide(walk.story.case, by=lead, state="agreed", ground=WORDS)
        to_ask = school
    walk.does(lead, "review", harm_suspected="no", to_ask=[to_ask])


def finish_checks(walk: Walk, way: Way) -> None:
    walk.does(walk.cast.police_officer, "checks/finish")


def next_step(walk: Walk, way: Way) -> None:
    """The chair has said the same; the police do not see it before they have said theirs."""
    outcome = "safeguarding" if way.to == S.NEXT_STEP else way.to
    if outcome == S.NO_FURTHER_ACTION:
        settled(walk.story, walk.cast.chair)
    said = walk.story.opinion(outcome)
    next_steps.give_opinion(walk.story.case, by=acting(walk.cast.chair), said=said)
    walk.does(walk.cast.police_lead, f"next-step/{outcome}")


# ---- panel, consent, exit


def refused_by_a_parent(story: Story) -> None:
    story.decided("plan_agreed", plan=story.plan).answered("parent", "refused", "Alex Ashdown")


def decide(walk: Walk, way: Way) -> None:
    kinds = {
        S.SEEKING_CONSENT: "plan_agreed", S.SUPPORTED: "goes_on",
        S.PANEL: "new_plan" if way.start == S.SUPPORTED else "deferred",
    }  # fmt: skip
    kind = kinds.get(way.to, str(way.to))
    story, chair = walk.story, walk.cast.chair
    if kind == S.DECLINED:
        refused_by_a_parent(story)
    if way.to == S.EXIT_RECOMMENDED:
        story.sessions_held().needs_disposed()
    if kind in (S.OTHER_SUPPORT, S.NOT_APPROPRIATE, S.DECLINED):
        settled(story, chair)
    item = story.seen_again().meeting_open()
    said: dict[str, Any] = {"agreed": "all", "more": "nothing", "assessment_is": "confirmed"}
    said |= {f"confirm_{kind}": ["yes"]}
    walk.as_(chair).goes_to(f"/panels/{story.meeting.pk}/cases/{item.pk}").answers(
        kind=kind, social_care="no", actions="", **said
    )
    if kind == S.DECLINED:  # once support was agreed, each of two agrees besides
        meetings.end_meeting(story.meeting, by=acting(chair))
        minutes.sign(story.meeting, by=chair)
        story.proposal = EndProposal.objects.get(case=story.case, closed_at=None)
        exits.endorse(story.proposal, by=acting(walk.cast.vice_chair), **MANAGED)
        walk.does(walk.cast.police_lead, "exit", decision="endorse")


def answer_consent(walk: Walk, way: Way) -> None:
    walk.story.asked()
    state = "given" if way.to == S.SUPPORTED else "refused"
    if state == "given":
        walk.story.answered("parent", "given", "Alex Ashdown")
    said = {"kind": "person", "state": state, "doubt": "no"} | day("answered_date", 0)
    walk.does(walk.story.lead, "consent", **said)


def withdraw_consent(walk: Walk, way: Way) -> None:
    said = {"kind": "person", "state": "withdrawn", "doubt": "no"} | day("answered_date", 0)
    walk.does(walk.cast.chair, "consent/withdraw", **said)


def both_endorse(walk: Walk, way: Way) -> None:
    exits.endorse(walk.story.proposal, by=acting(walk.cast.vice_chair), **MANAGED)
    walk.does(walk.cast.police_lead, "exit", decision="endorse")


def one_refuses(walk: Walk, way: Way) -> None:
    walk.does(walk.cast.police_lead, "exit", decision="refuse")


def review_exit(walk: Walk, way: Way) -> None:
    acting(walk.cast.chair)
    first = ReviewAfterExit.objects.order_by("number")[0]
    with days_later((first.due_date - today()).days):
        walk.does(walk.cast.chair, "review-after-exit", result="reopen")


# ---- from anywhere


def hold(walk: Walk, way: Way) -> None:
    walk.does(walk.cast.police_officer, "hold", **day("look_again_date", 5))


def release(walk: Walk, way: Way) -> None:
    walk.does(walk.cast.police_officer, "hold/again", becomes="goes_on")


def leave(walk: Walk, way: Way) -> None:
    leaves_proposed(walk.story)
    walk.does(walk.cast.police_lead, "hold/leaving", agrees="yes")


def end_early(walk: Walk, way: Way) -> None:
    end_proposed(walk.story)
    walk.does(walk.cast.police_lead, "no-longer-possible", agrees="yes")


def transfer_out(walk: Walk, way: Way) -> None:
    accepted_elsewhere(walk.story)
    walk.does(walk.cast.police_lead, "transfer/out", decision="yes")


def reopen(walk: Walk, way: Way) -> None:
    officer = walk.cast.police_officer
    subject = again(walk.story)
    screening.take(subject, by=acting(officer))
    say_same(subject, walk.story)
    reference, number = where(subject)
    page = f"/referrals/{reference}/{number}/decide/reopens-case"
    walk.as_(officer).goes_to(page).answers(case=str(walk.story.case.pk), suspected="no")


WALKS: dict[str, Callable[[Walk, Way], None]] = {
    "gather": gather, "assess_risk": assess_risk, "review": review,
    "finish_checks": finish_checks, "next_step": next_step, "decide": decide,
    "answer_consent": answer_consent, "withdraw_consent": withdraw_consent,
    "review_exit": review_exit, "release": release, "leave": leave, "end_early": end_early,
    "transfer_out": transfer_out, "reopen": reopen,
}  # fmt: skip


def walk_of(way: Way) -> Callable[[Walk, Way], None]:
    if way.act == "hold":
        return found_major if way.start in (S.FIRST_RISK, S.SECOND_RISK) else hold
    if way.act == "endorse_exit":
        return both_endorse if way.to == S.EXITED else one_refuses
    assert way.act in WALKS, f"Nobody goes {way} by hand yet"
    return WALKS[way.act]


@pytest.fixture(scope="module")
def whole_house(browser: Browser) -> Iterator[House]:
    with site() as address:
        house = House(browser, address)
        yield house
        for page in house.pages.values():
            page.context.close()


@pytest.fixture
def house(whole_house: House) -> Iterator[House]:
    whole_house.opens()
    yield whole_house
    assert not whole_house.complaints


@pytest.mark.clause("2.1.6", "2.5.6", "2.6.1", "2.7.11", "2.8.5", "2.8.9", "2.8.16", "2.8.17")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.start}-{way.to}-{way.act}")
def test_every_way_of_the_table_is_gone_by_hand(essex: Cast, house: House, way: Way) -> None:
    script = walk_of(way)
    story = Story(essex)
    begin(story, way)
    walk = Walk(house, story)
    script(walk, way)
    walk.sees(way.to)
    acting(essex.police_lead)
    moves = Move.objects.filter(case=story.case, start=way.start, to=way.to)
    assert moves.filter(clause=way.clause).exists()
