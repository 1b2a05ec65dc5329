"""A case's way from the panel to its end and the reviews after it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from waymark.assessments import signing, writing
from waymark.assessments.sources import sources_of
from waymark.cases.known import risk
from waymark.cases.known.needs import code_of, open_needs
from waymark.cases.models import Stage
from waymark.database.clock import today
from waymark.panels.endings import exits, reviews
from waymark.panels.models import EndProposal
from waymark.project.demonstration.asked import ask_for_consent
from waymark.project.demonstration.early import Early
from waymark.project.demonstration.telling import acting
from waymark.project.demonstration.words import THEM_AND_US
from waymark.support import needs, pieces, plans, reports, sessions
from waymark.support.consent import consents
from waymark.support.models import Piece, Plan, Session
from waymark.support.plan_checks import NeedSaid, PieceSaid, PlanSaid

NOTES = (
    "First talk: careful on both sides, then a laugh.",
    "Walked by the water and talked of what a good week would be.",
    "Talked of people who are listened to, and why.",
    "Brought a question of their own; we looked for the answer together.",
    "Went to see the activity that was found; stayed to the end.",
    "Told of a quarrel which was settled without anger.",
    "Looked back on the weeks and at what comes next.",
)
OPEN = "What is open is known, weighed, and looked to by the family and the school."
UNTIL_FIRST_SESSION = 14  # days after the plan is written


@dataclass(frozen=True)
class Heard:
    """What the panel decides of a case at one meeting, and what follows so many days later."""

    kind: str
    then: tuple[tuple[int, Callable[[], Any]], ...] = ()
    is_told: bool = True  # it belongs to the story, and is not what happens where nothing else is


DECIDED_AT = {
    Stage.PANEL: ("plan_agreed", "deferred", "other_support", "not_appropriate", "declined"),
    Stage.SUPPORTED: ("goes_on", "exit_recommended", "new_plan"),
}


class Later(Early):
    """The story of a case that a panel hears."""

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.panels: deque[Heard] = deque()
        self.thinks_of_them_and_us = False  # as it was found last
        self.given_in = self.area  # where whoever gives the support works, wherever the case goes
        self.plan: Plan | None = None
        self.ready: Heard | None = None  # what was prepared for the coming meeting
        self.sessions = 6  # ordered
        self.goes_silent_after = 99  # the provider enters so many sessions, then none

    # ---- plan and consent

    def planned(self) -> None:
        """The lead whose case it is writes the plan, the day before it is put to the panel."""
        self.plan = plans.write(self.case, by=acting(self.lead), said=self.plan_said())

    def plan_said(self) -> PlanSaid:
        worry = self.worry
        return PlanSaid(
            level="targeted", level_why="A club alone was tried and did not hold.",
            risks_to_providers="None is known; the first session is held where others are near.",
            ask_how="At home or wherever they feel at ease, with the notice read together.",
            ask_by_date=today() + timedelta(days=21), asker=self.lead, case_lead=self.lead,
            needs=[NeedSaid("need", worry.need, factor=worry.factor), *self.further_needs()],
            pieces=[self.piece_said()], heard_by=self.lead.name,
            own_words="I would like that, if it is not at school.",
        )  # fmt: skip

    def further_needs(self) -> list[NeedSaid]:
        """The needs beside the factors: others see to them already."""
        why = "The council’s own services see to it already, and tell the panel."
        found = [
            NeedSaid("need", one.words, code_of(one.need), why) for one in open_needs(self.case)
        ]
        if self.thinks_of_them_and_us:
            same = "The same support sees to it: it brings people together."
            found.append(NeedSaid("behaviour", "Speaks of “them” and “us”.", THEM_AND_US, same))
        return found

    def piece_said(self) -> PieceSaid:
        mentor = self.cast.of("mentor", self.given_in)
        starts = today() + timedelta(days=UNTIL_FIRST_SESSION)
        return PieceSaid(
            kind=self.worry.support, need=0, lead=self.cast.of("support", self.area),
            aim=f"“I want to try {self.worry.activity}.”",
            answers_how=f"It answers {self.worry.draws} with something better.",
            locally=f"There is {self.worry.activity} nearby, with room for one more.",
            works_how="They go by themselves, and say that they want to.",
            brief=f"Meet each week, listen, and help to find {self.worry.activity}.",
            provider=mentor.organisation, provider_user=mentor, from_date=starts,
            until_date=starts + timedelta(days=7 * self.sessions), rhythm="weekly",
            sessions=self.sessions, risk_to_worker="None is known.",
            risk_done="The first session is held where others are near.",
            safe_contact="By telephone, in the afternoon.",
        )  # fmt: skip

    def consented(self) -> None:
        """Those who may answer say yes."""
        ask_for_consent(self.case, by=acting(self.lead), child=self.somebody.is_child)
        if self.somebody.is_child:
            self.answered("parent", "given")
        self.answered("person", "given")

    def refused(self) -> None:
        ask_for_consent(self.case, by=acting(self.lead), child=self.somebody.is_child)
        self.answered("person", "refused")

    def answered(self, kind: str, state: str) -> None:
        parent = kind == "parent"
        consents.answer(
            self.case, by=acting(self.lead), kind=kind, state=state, answered_date=today(),
            name=f"Kim {self.somebody.surname}" if parent else "",
            authority="Parental responsibility" if parent else "The person",
            evidence="council_record" if parent else "",
            how="At home, with the notice read aloud and time to think.",
        )  # fmt: skip

    def brief_accepted(self) -> None:
        """The mentor accepts the brief; sessions follow week by week."""
        by = acting(self.cast.of("mentor", self.given_in))
        piece = Piece.objects.get(case_id=self.case.pk, state=Piece.State.OFFERED)
        pieces.accept_brief(piece, by=by)
        wait = (piece.from_date - today()).days + 1
        for number in range(self.sessions):
            step = partial(self.session_entered, piece, number)
            self.calendar.later(max(wait, 1) + 7 * number, step)

    def session_entered(self, piece: Piece, number: int) -> None:
        """The mentor enters a session; one of them was not held."""
        by = acting(self.cast.of("mentor", self.given_in))
        piece = Piece.objects.get(pk=piece.pk)
        if piece.state != Piece.State.RUNNING or number >= self.goes_silent_after:
            return
        held_it = number != 2
        sessions.log(
            piece, by=by, happened_date=today(),
            state=Session.State.HELD if held_it else Session.State.MISSED,
            words=NOTES[number % len(NOTES)] if held_it else "Was ill; told us in time.",
            more=sessions.More(
                missed_why="" if held_it else Session.Missed.COULD_NOT,
                next_date=today() + timedelta(days=7),
            ),
        )  # fmt: skip
        if number % 4 == 1:
            reports.report(
                piece, by=acting(piece.lead), words="Comes without being asked, and names a club."
            )

    # ---- what is prepared for a meeting

    def usual(self) -> Heard:
        """What the panel decides where nothing else is planned."""
        stage = Stage(self.look().stage)
        kind = {Stage.PANEL: "deferred", Stage.SUPPORTED: "goes_on"}.get(stage, "noted")
        return Heard(kind, is_told=False)

    def next_heard(self) -> Heard:
        """What the panel will decide: what is planned next, once the case stands there."""
        if self.panels and self.panels[0].kind in DECIDED_AT.get(Stage(self.look().stage), ()):
            return self.panels.popleft()
        return self.usual()

    def prepared(self) -> None:
        """The day before a meeting: a plan, a new assessment, or what an end needs."""
        self.ready = self.next_heard()
        if self.case.stage != Stage.POLICE_HELD:
            risk.assess(self.case, by=acting(self.officer), **self.words.risk(self.officer, 3))
        match self.ready.kind:
            case "plan_agreed":
                self.planned()
            case "goes_on" if self.ready.is_told:
                self.reassessed("partly", "partly")
            case "exit_recommended":
                self.reassessed()
                self.reconciled()
            case "other_support" | "not_appropriate":
                self.settled_for_an_end()

    def reassessed(self, state: str = "was_present", intent: str = "not_present") -> None:
        """The police assess the factors again and sign."""
        begun = writing.start(self.case, by=acting(self.officer))
        changes = f"Calmer than before, thanks to {self.worry.holds}."
        said = self.words.assessed(state, changes, intent, sources_of(self.case))
        self.thinks_of_them_and_us = intent == "partly"
        signing.sign(writing.save(begun, by=self.officer, written=said), by=self.officer)

    def reconciled(self) -> None:
        """What became of the needs, and of sessions that were ordered and not entered."""
        by = acting(self.lead)
        for need in needs.still_open(self.case):
            words = f"Found {self.worry.activity}, and goes there gladly."
            needs.dispose(need, by=by, outcome="met", words=words)
        for piece in sessions.unreconciled(self.case):
            words = "The goal was reached before the last sessions were due."
            sessions.reconcile(piece, by=by, words=words)

    # ---- ends and reviews

    def proposal(self) -> EndProposal:
        self.look()
        return EndProposal.objects.get(case=self.case, closed_at=None)

    def endorsed_by_police(self) -> None:
        by, why = acting(self.police_lead), "The risk is managed."
        exits.endorse(self.proposal(), by=by, why=why, left_open=OPEN)

    def endorsed_by_council(self) -> None:
        """The vice-chair, since the chair wrote the recommendation."""
        vice = self.cast.of("vicechair", self.area)
        why = "The plan has done what it was for."
        exits.endorse(self.proposal(), by=acting(vice), why=why, left_open=OPEN)

    def review_held(self) -> None:
        by = acting(self.chair)
        review = reviews.waiting_reviews(self.case)[0]
        said = reviews.Looked(
            result="nothing_new", asked="Police, school or work, and the family",
            words=f"Nothing new. {self.words.first} still has {self.worry.activity}.",
            engagement="Speaks of it no more.", intent="None was seen.",
            capability="None was seen.", referrer_told="That the person is well looked after.",
        )  # fmt: skip
        reviews.hold_review(review, by=by, said=said)
