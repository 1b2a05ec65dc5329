"""The steps of a story from the next step to the reviews after an exit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from tests.cast import Cast, acting
from tests.retold import steps
from tests.words import FOUND, SUMMED_UP
from waymark.assessments import signing, writing
from waymark.assessments.models import Assessment
from waymark.cases.endings import told
from waymark.cases.endings.ending import record_end_checks
from waymark.cases.models import Case, SupportConsent
from waymark.database import clock
from waymark.database.clock import today
from waymark.panels import actions, decisions, next_steps
from waymark.panels.endings import exits, reviews
from waymark.panels.endings.reviews import Looked
from waymark.panels.meeting import attendance, meetings, minutes
from waymark.panels.models import AgendaItem, EndProposal, Meeting
from waymark.panels.next_steps import Opinion
from waymark.panels.proposals import ActionSaid, HeardSaid, PositionSaid, Proposal
from waymark.panels.quorum import members_present
from waymark.support import needs, pieces, plans, sessions
from waymark.support.consent import asking, consents, withdrawals
from waymark.support.consent.answers import last_asked
from waymark.support.models import Piece, Plan
from waymark.support.plan_checks import NeedSaid, PieceSaid, PlanSaid
from waymark.support.vetting import checks

WEIGHED: dict[str, Any] = {
    "information": "The police's and the school's, and the signed assessment",
    "reasons": "Support to belong elsewhere would help",
    "risk_to_person": "Is drawn in further by older friends",
    "risk_to_society": "None known beyond words",
    "changed": "Nothing new was heard since",
    "health_social_care": "Considered: nothing of theirs is needed",
    "referrer_asked": "The tutor sees a settled pupil",
    "unanswered": "The school has said enough by telephone",
    "more_information": "Asked: nothing further",
    "assessment_is": "confirmed",
    "signposted": "The school’s pastoral lead",
    "told_what": "What was decided, and why",
    "told_by": "The lead",
    "chair_confirms": True,
    "remains": "Little: the family knows whom to ring",
}

MANAGED: dict[str, Any] = {
    "why": "The risk is managed", "left_open": "Known, weighed, and looked to by the school",
}  # fmt: skip
LOOKED: dict[str, Any] = {
    "asked": "Police, school", "words": "Nothing new is known",
    "engagement": "Speaks of it no more",
    "intent": "None is seen", "capability": "None is seen",
    "referrer_told": "That all is well",
}  # fmt: skip


@contextmanager
def clock_moved(days: int) -> Iterator[None]:
    """Real time and so many days: whoever acts meanwhile is told of it by `acting`."""
    token = clock.offset.set(clock.offset.get() + timedelta(days=days))
    try:
        yield
    finally:
        clock.offset.reset(token)


@steps
class PanelSteps:
    """Each step acts as the person whose step it is, and leads there from wherever it starts."""

    cast: Cast
    case: Case
    assessment: Assessment
    meeting: Meeting
    plan: Plan
    proposal: EndProposal

    def second_risk(self, **differs: Any) -> Any:
        raise NotImplementedError

    def seen_again(self) -> Any:
        raise NotImplementedError

    # ---- next step

    def opinion(self, outcome: str = "panel", **differs: Any) -> Opinion:
        said: dict[str, Any] = {"outcome": outcome, "why": "Partners' answers point there"}
        if outcome == "panel":
            said |= {"grounds": "What the school saw", "stated_by": "Inspector Hill"}
        elif outcome != "no_further_action":
            said["again_date"] = today() + timedelta(days=14)
        return Opinion(**said | differs)

    def at_next_step(self) -> Any:
        if not hasattr(self, "case") or self.case.stage != "next_step":
            self.second_risk()
        return self

    def next_step_agreed(self, outcome: str = "panel", **differs: Any) -> Any:
        """Chair and police say the same, each without seeing the other's."""
        self.at_next_step()
        if outcome == "no_further_action":
            self.end_settled()
        for user in (self.cast.chair, self.cast.police_lead):
            said = self.opinion(outcome, **differs)
            next_steps.give_opinion(self.case, by=acting(user), said=said)
        return self.seen_again()

    # ---- the panel

    def on_panel(self) -> Any:
        """The case stands at the panel."""
        return self.next_step_agreed()

    def reassessed(self, found: Any = FOUND) -> Any:
        """The police assess the factors again and sign."""
        officer = acting(self.cast.police_officer)
        begun = writing.start(self.case, by=officer)
        summed = SUMMED_UP | {"changes": "A little calmer since"}
        saved = writing.save(begun, by=officer, written=writing.Written(found, summed))
        self.assessment = signing.sign(saved, by=officer)
        return self.seen_again()

    def planned(self, **differs: Any) -> Any:
        """The families or adult lead writes the next version of the plan."""
        if not hasattr(self, "case") or self.case.stage not in ("panel", "supported"):
            self.on_panel()
        self.provider_checked()
        lead = acting(getattr(self.cast, self.case.led_by))
        self.plan = plans.write(self.case, by=lead, said=self.plan_said(**differs))
        return self

    def provider_checked(self, **differs: Any) -> None:
        said: dict[str, Any] = {
            "passed": True,
            "dbs_date": today() - timedelta(days=60),
            "valid_until_date": today() + timedelta(days=700),
            "credible_how": "Known and trusted by young people",
            "local_understanding_how": "Has worked in the town for years",
            "reliable_how": "Kept every session of two others",
            "shared_values_how": "Signed and lived up to",
            "suitable_how": "References and supervision seen",
        }
        chair = acting(self.cast.chair)
        body = self.cast.provider.organisation
        checks.check(body, by=chair, area=self.cast.area, **said | differs)

    def piece_said(self, **differs: Any) -> PieceSaid:
        said: dict[str, Any] = {
            "kind": "mentoring",
            "need": 0,
            "aim": "“Somebody who listens”",
            "locally": "A boxing club two streets away",
            "works_how": "He goes there by himself, and the school sees him laugh",
            "risk_done": "The first session is held at the club",
            "answers_how": "Someone older to trust answers the pull of older friends",
            "brief": "Meet weekly, listen, find a club to join",
            "lead": self.cast.support_lead,
            "provider": self.cast.provider.organisation,
            "provider_user": self.cast.provider,
            "from_date": today(),
            "until_date": today() + timedelta(days=60),
            "rhythm": "weekly",
            "sessions": 3,
            "risk_to_worker": "None known",
            "safe_contact": "Through the school's office",
        }
        return PieceSaid(**said | differs)

    def plan_said(self, **differs: Any) -> PlanSaid:
        said: dict[str, Any] = {
            "level": "targeted",
            "level_why": "A club alone was tried and did not hold",
            "risks_to_providers": "None known",
            "ask_how": "At home, with the mother, in plain words",
            "ask_by_date": today() + timedelta(days=20),
            "asker": getattr(self.cast, self.case.led_by),
            "case_lead": getattr(self.cast, self.case.led_by),
            "needs": [NeedSaid("need", "To belong somewhere", factor="E3")],
            "pieces": [self.piece_said()],
            "own_words": "“Not at school, please”",
            "heard_by": "The families lead",
        }
        return PlanSaid(**said | differs)

    def meeting_open(self) -> AgendaItem:
        """A meeting is held today; all members come."""
        chair = acting(self.cast.chair)
        self.meeting = meetings.call(self.cast.area, by=chair, on_date=today())
        meetings.open_meeting(self.meeting, by=chair)
        self.meeting.refresh_from_db()
        for invited in self.meeting.attendances.all():
            attendance.attended(invited, by=chair, came=True)
        return self.item()

    def item(self) -> AgendaItem:
        items = self.meeting.items.select_related("case__area", "meeting__area")
        return items.get(case=self.case)

    def proposed(self, item: AgendaItem, kind: str, **differs: Any) -> Proposal:
        """What is put to the panel: all agree."""
        acting(self.cast.chair)
        said = WEIGHED | {"kind": kind, "next_review_date": today() + timedelta(days=28)}
        said["positions"] = [PositionSaid(each, "agrees") for each in members_present(item)]
        said["heard"] = [
            HeardSaid(each.pk, "not_done", "No answer yet", today() + timedelta(days=14))
            for each in actions.still_open(item)
        ]
        return Proposal(**said | differs)

    def decided(self, kind: str, **differs: Any) -> Any:
        """A panel is held today, decides on the case, ends, and its minutes are signed."""
        item = self.meeting_open()
        said = self.proposed(item, kind, **differs)
        decisions.decide(item, by=acting(self.cast.chair), said=said)
        chair = acting(self.cast.chair)
        for other in meetings.unheard(self.meeting):
            kind = {"panel": "deferred", "supported": "goes_on"}.get(other.case.stage, "noted")
            decisions.decide(other, by=chair, said=self.proposed(other, kind))
        meetings.end_meeting(self.meeting, by=chair)
        minutes.sign(self.meeting, by=chair)
        return self.seen_again()

    def plan_agreed(self, **differs: Any) -> Any:
        self.planned(**differs)
        return self.decided("plan_agreed", plan=self.plan)

    def action(self) -> ActionSaid:
        return ActionSaid("Ring the club", self.cast.panel_member, today() + timedelta(days=7))

    # ---- consent and support

    def asking_said(self, **differs: Any) -> asking.AskingSaid:
        said: dict[str, Any] = {
            "asker": getattr(self.cast, self.case.led_by),
            "along": "The youth worker",
            "place": "At home",
            "interpreter": "None is needed",
            "visit_risk": "None known; the office knows when",
            "how": "In plain words, with the notice",
            "planned_date": today(),
        }
        return asking.AskingSaid(**said | differs)

    def asked(self, **differs: Any) -> Any:
        """The lead visits, and asks with the notice."""
        lead = acting(getattr(self.cast, self.case.led_by))
        visit = asking.arrange(self.case, by=lead, said=self.asking_said(**differs))
        asking.say_asked(
            visit, by=lead, asked_date=today(), with_them="Her mother", parent_knew="yes"
        )
        return self

    def answered(self, kind: str, state: str, name: str = "", **differs: Any) -> consents.State:
        """Somebody who may answer does, once they were asked."""
        acting(getattr(self.cast, self.case.led_by))
        if last_asked(self.case) is None:
            self.asked()
        said: dict[str, Any] = {
            "evidence": "birth_certificate" if kind == "parent" else "",
            "capacity_steps": "Pictures, and time" if state == "capacity_lacking" else "",
            "authority": "Parental responsibility" if kind == "parent" else "The person",
            "how": "At home, with the notice read aloud",
            "answered_date": today(),
        }
        asker = acting(getattr(self.cast, self.case.led_by))
        return consents.answer(
            self.case, by=asker, kind=kind, state=state, name=name, **said | differs
        )

    def consented(self) -> Any:
        """All who answer say yes, and the provider starts."""
        if not hasattr(self, "case") or self.case.stage != "seeking_consent":
            self.plan_agreed()
        if self.case.led_by == "families_lead":
            self.answered("parent", SupportConsent.State.GIVEN, "Alex Ashdown")
        self.answered("person", SupportConsent.State.GIVEN)
        pieces.accept_brief(self.piece(), by=acting(self.cast.provider))
        return self.seen_again()

    def piece(self) -> Piece:
        acting(self.cast.provider)
        mine = Piece.objects.alive().filter(provider_user=self.cast.provider)
        return mine.get(case_id=self.case.pk)

    def withdrawn(self, kind: str = "person", by: Any = None) -> Any:
        withdrawals.withdraw(
            self.case, by=acting(by or self.cast.chair), kind=kind, authority="The person",
            how="Rang the lead and said stop", answered_date=today(),
        )  # fmt: skip
        return self.seen_again()

    def sessions_held(self) -> Any:
        """Every session ordered is entered by the provider."""
        piece = self.piece()
        for _ in range(piece.sessions_ordered):
            self.session(piece)
        return self

    def session(self, piece: Piece | None = None, **differs: Any) -> Any:
        said: dict[str, Any] = {"state": "held", "happened_date": today(), "another": True}
        said |= {"words": "Talked of the club"} | differs
        found = piece or self.piece()
        return sessions.log(found, by=acting(self.cast.provider), **said)

    # ---- the exit and after

    def needs_disposed(self) -> Any:
        lead = acting(getattr(self.cast, self.case.led_by))
        for need in needs.still_open(self.case):
            needs.dispose(need, by=lead, outcome="met", words="Has a club and two friends")
        return self

    def end_settled(self) -> Any:
        """Harm considered, signposted, told or not: all that must be before an end."""
        chair = acting(self.cast.chair)
        record_end_checks(
            self.case, by=chair, harm_suspected=False, harm_considered="None is suspected",
            signposted="The school's pastoral lead", unanswered="Nothing more is needed",
        )  # fmt: skip
        told.tell(self.case, by=chair, words="What was decided, and why", by_whom="The lead")
        return self

    def exit_recommended(self) -> Any:
        """Sessions reconciled, needs disposed of: the panel recommends exit."""
        if not hasattr(self, "case") or self.case.stage != "supported":
            self.consented()
        self.sessions_held().needs_disposed()
        self.decided("exit_recommended")
        self.end_settled()
        self.proposal = EndProposal.objects.get(case=self.case, closed_at=None)
        return self.seen_again()

    def exited(self) -> Any:
        """The vice-chair, since the chair wrote it, and the police lead endorse."""
        if not hasattr(self, "proposal"):
            self.exit_recommended()
        for user in (self.cast.vice_chair, self.cast.police_lead):
            exits.endorse(self.proposal, by=acting(user), **MANAGED)
        return self.seen_again()

    def reviewed_after_exit(self, result: str = "nothing_new", **differs: Any) -> Any:
        """The next review is held on its day."""
        if not hasattr(self, "case") or self.case.stage != "exited":
            self.exited()
        chair = acting(self.cast.chair)
        review = reviews.waiting_reviews(self.case)[0]
        with clock_moved((review.due_date - today()).days):
            said = Looked(result=result, **LOOKED | differs)
            reviews.hold_review(review, by=acting(chair), said=said)
        acting(chair)
        return self.seen_again()
