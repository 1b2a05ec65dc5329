"""From the next step to the reviews after an exit, done through pages as each person would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.test import Client

from tests.cast import acting
from tests.panel_steps import LOOKED, MANAGED
from tests.story import Story
from tests.web.police import Pages, plain
from waymark.cases.models import Case
from waymark.database import clock
from waymark.database.clock import today
from waymark.panels.models import Meeting
from waymark.panels.proposals import NO_SUPPORT
from waymark.policy.pack import in_force
from waymark.support.models import Piece, Plan

WORDS = "What was seen and said points there."


@contextmanager
def days_later(days: int) -> Iterator[None]:
    """So many days from now, for pages too: whoever acts meanwhile is told of it by `acting`."""
    clock.set_offset(timedelta(days=days))
    try:
        yield
    finally:
        clock.set_offset(timedelta())


def day(name: str, on: date) -> dict[str, str]:
    """The three boxes of a date."""
    parts = {"day": on.day, "month": on.month, "year": on.year}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


class Desk:
    """Each step opens the page, reads what it hides, sends it, and expects to be sent on."""

    def __init__(self, client: Client, story: Story):
        self.client, self.story, self.cast = client, story, story.cast
        self.reference = story.case.reference

    def at(self, user: Any) -> Pages:
        return Pages(self.client, user)

    def done(self, user: Any, page: str, *args: object, **said: Any) -> Any:
        """Send it, and fail with what the page says where it does not go on."""
        answer = self.at(user).send(page, *args, **said)
        assert answer.status_code == 302, plain(answer)
        return answer

    def refused(self, user: Any, page: str, *args: object, **said: Any) -> str:
        """The words of the page that comes back."""
        answer = self.at(user).send(page, *args, **said)
        assert answer.status_code == 200, answer.headers
        return plain(answer)

    def case(self) -> Case:
        self.story.seen_again()
        return self.story.case

    def stage(self) -> str:
        return self.case().stage

    # ---- the next step

    def say_next_step(self, user: Any, outcome: str = "panel", **said: Any) -> Any:
        given: dict[str, Any] = {"why": WORDS}
        if outcome == "panel":
            given |= {"grounds": "What the school saw", "stated_by": "Inspector Hill"}
        elif outcome != "no_further_action":
            given |= day("again_date", today() + timedelta(days=14))
        return self.done(user, "next_step_said", self.reference, outcome, **given | said)

    def agree_on_a_panel(self) -> None:
        self.say_next_step(self.cast.chair)
        self.say_next_step(self.cast.police_lead)

    # ---- the plan

    def check_the_provider(self) -> None:
        body = self.cast.provider.organisation
        established = ("credible", "local_understanding", "reliable", "shared_values", "suitable")
        said: dict[str, Any] = {f"{name}_how": WORDS for name in established} | {"passed": "yes"}
        said |= {"works_with": ["children", "adults"], "dbs_level": "enhanced_barred"}
        said |= {"kinds": [kind.code for kind in in_force().support_kinds]}
        said |= day("dbs_date", today() - timedelta(days=60))
        said |= day("valid_until_date", today() + timedelta(days=700))
        self.done(self.cast.chair, "provider", self.cast.area.code, body.pk, **said)

    def plan_said(self, **differs: Any) -> dict[str, Any]:
        lead = getattr(self.cast, self.case().led_by)
        said: dict[str, Any] = {
            "level": "targeted", "level_why": "A club alone did not hold",
            "risks_to_providers": "None known", "case_lead": lead.pk, "asker": lead.pk,
            "own_words": "“Not at school, please”", "heard_by": "The lead",
            "ask_how": "At home, in plain words", "found_0": "To belong somewhere",
            "own_0_kind": "need", "own_1_kind": "need",
        }  # fmt: skip
        said |= day("ask_by_date", today() + timedelta(days=20))
        return said | self.piece_said(0) | differs

    def piece_said(self, number: int) -> dict[str, Any]:
        piece: dict[str, Any] = {
            "kind": "mentoring", "need": "found_0", "answers_how": "Somebody older to trust",
            "aim": "“Somebody who listens”", "locally": "A club two streets away",
            "works_how": "Goes there by himself", "whole_family": "no",
            "risk_done": "The first session is at the club",
            "brief": "Meet weekly and listen", "lead": self.cast.support_lead.pk,
            "provider": self.cast.provider.organisation.pk, "worker": self.cast.provider.pk,
            "rhythm": "weekly", "sessions": 2, "risk_to_worker": "None known",
            "safe_contact": "Through the school’s office",
        }  # fmt: skip
        piece |= day("from_date", today()) | day("until_date", today() + timedelta(days=60))
        return {f"p{number}_{name}": value for name, value in piece.items()}

    def write_the_plan(self, **differs: Any) -> None:
        lead = getattr(self.cast, self.case().led_by)
        self.done(lead, "plan_write", self.reference, **self.plan_said(**differs))

    # ---- the panel

    def open_a_meeting(self, *, absent: tuple[Any, ...] = ()) -> Meeting:
        chair = self.cast.chair
        self.done(chair, "panel_call", self.cast.area.code, when="today")
        acting(chair)
        meeting = Meeting.objects.order_by("called_at").last()
        assert meeting is not None
        self.done(chair, "meeting_open", meeting.pk)
        acting(chair)
        said = {}
        for each in meeting.attendances.all():
            away = each.user in absent
            said[f"came_{each.pk}"] = "no" if away else "yes"
            said[f"reason_{each.pk}"] = "On leave" if away else ""
        self.done(chair, "meeting_register", meeting.pk, **said)
        return meeting

    def decision_said(self, meeting: Meeting, **differs: Any) -> dict[str, Any]:
        said: dict[str, Any] = {
            "information": "The police’s and the school’s",
            "risk_to_person": "Is drawn in further by older friends",
            "risk_to_society": "None known beyond words",
            "changed": "A little calmer since", "reasons": WORDS,
            "changed_at_exit": "Has a club and two friends",
            "unanswered": "The school has said enough", "more": "nothing",
            "assessment_is": "confirmed", "social_care": "no", "told_what": "What was decided",
            "told_by": "The lead, this week", "agreed": "apart",
            "remains": "Little: the family knows whom to ring",
        }  # fmt: skip
        for kind in NO_SUPPORT:
            said |= {f"considered_{kind.value}": "Considered", f"confirm_{kind.value}": "yes"}
            said[f"pointed_{kind.value}"] = "The school’s pastoral lead"
        said |= day("next_review_date", today() + timedelta(days=28))
        acting(self.cast.chair)
        for each in meeting.attendances.filter(came=True, member=True):
            said[f"stance_{each.pk}"] = "agrees"
        return said | differs

    def where(self, meeting: Meeting) -> tuple[int, int]:
        """What the address of the case at a meeting is made of."""
        acting(self.cast.chair)
        return meeting.pk, meeting.items.get(case=self.story.case).pk

    def decide(self, kind: str, meeting: Meeting, **differs: Any) -> None:
        said = self.decision_said(meeting, kind=kind, **differs)
        self.done(self.cast.chair, "meeting_case", *self.where(meeting), **said)

    def not_decided(self, kind: str, meeting: Meeting, **differs: Any) -> str:
        """The words of the page that comes back."""
        said = self.decision_said(meeting, kind=kind, **differs)
        return self.refused(self.cast.chair, "meeting_case", *self.where(meeting), **said)

    def hearing(self, meeting: Meeting, user: Any = None) -> str:
        """The page of the case at a meeting."""
        place = self.where(meeting)
        return self.at(user or self.cast.chair).text("meeting_case", *place)

    def hold_a_panel(self, kind: str, **differs: Any) -> Meeting:
        meeting = self.open_a_meeting()
        self.decide(kind, meeting, **differs)
        self.done(self.cast.chair, "meeting_end", meeting.pk)
        self.done(self.cast.chair, "meeting_sign", meeting.pk)
        return meeting

    # ---- consent and support

    def consent_said(self, kind: str, state: str = "given", **differs: Any) -> dict[str, Any]:
        said: dict[str, Any] = {
            "kind": kind, "state": state, "how": "At home, the notice read aloud",
            "name": "Alex Ashdown" if kind == "parent" else "",
            "authority": "Parental responsibility" if kind == "parent" else "The person",
            "evidence": "birth_certificate" if kind == "parent" else "",
        }  # fmt: skip
        return said | day("answered_date", today()) | differs

    def ask_for_consent(self, by: Any = None, **differs: Any) -> None:
        """Arranged on one page, and said to be made on the next."""
        lead = by or getattr(self.cast, self.case().led_by)
        said: dict[str, Any] = {
            "asker": lead.pk, "along": "The youth worker", "place": "At home",
            "interpreter": "None is needed", "visit_risk": "None known; the office knows when",
            "how": "In plain words",
        }  # fmt: skip
        said |= day("planned_date", today()) | differs
        self.done(lead, "consent_arrange", self.reference, **said)
        made: dict[str, Any] = {"with_them": "Her mother", "parent_knew": "yes"}
        made |= day("asked_date", today())
        self.done(lead, "consent_asked", self.reference, **made)

    def record_consent(self) -> None:
        self.ask_for_consent()
        lead = getattr(self.cast, self.case().led_by)
        for kind in ("parent", "person"):
            self.done(lead, "consent", self.reference, **self.consent_said(kind))

    def piece(self) -> Piece:
        acting(self.cast.provider)
        return Piece.objects.get(provider_user=self.cast.provider)

    def give_the_support(self) -> None:
        piece, provider = self.piece(), self.cast.provider
        self.done(provider, "piece_accept", piece.pk)
        for _ in range(piece.sessions_ordered):
            self.done(provider, "piece_log", piece.pk, **self.session_said())

    def session_said(self, **differs: Any) -> dict[str, Any]:
        said = {"state": "held", "words": "Talked of the club", "another": "yes"}
        return said | day("happened_date", today()) | differs

    def dispose_of_the_needs(self) -> None:
        acting(self.cast.chair)
        plan = Plan.objects.get(case=self.story.case)
        for need in list(plan.needs.all()):
            self.done(self.cast.chair, "need", self.reference, need.pk, outcome="met", words=WORDS)

    # ---- the end

    def settle_the_end(
        self, user: Any = None, *, signposted: str = "The school’s pastoral lead"
    ) -> None:
        chair = user or self.cast.chair
        self.done(
            chair, "before_an_end", self.reference, harm_suspected="no",
            harm_considered="None is suspected", signposted=signposted,
            unanswered="Nothing more is needed",
        )  # fmt: skip
        self.done(chair, "told", self.reference, told="yes", words=WORDS, by_whom="The lead")

    def endorse(self, user: Any, decision: str = "endorse") -> None:
        self.done(user, "exit", self.reference, decision=decision, **MANAGED)

    def review_after(self, *, days: int, result: str = "nothing_new", **said: Any) -> None:
        with days_later(days):
            self.done(
                self.cast.chair, "review_after_exit", self.reference, result=result,
                **LOOKED | said,
            )  # fmt: skip
