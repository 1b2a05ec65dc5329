"""A case's way from the first worry to the next step, told step by step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from waymark.assessments import second_risk, signing, writing
from waymark.assessments.models import Assessment
from waymark.cases import ending, gathering, lead_review, positions, risk, told
from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.directory.models import Area, Organisation, User
from waymark.panels import next_steps
from waymark.project.demonstration import forms
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.people import Somebody, Worry
from waymark.project.demonstration.telling import Calendar, acting
from waymark.project.demonstration.words import Words
from waymark.referrals import screening
from waymark.referrals.models import Subject
from waymark.referrals.sending import Sent
from waymark.sharing import checks, replies, requests
from waymark.sharing.models import Request

ITEMS = ("How they have been this term, or this year", "Whom they spend time with")


def who_may_know(somebody: Somebody) -> list[str]:
    """The kinds of partner that are asked: where somebody learns, and who may have helped."""
    for kind in ("academy", "college", "university"):
        if kind in somebody.place.lower():
            learns = "school" if kind == "academy" else kind
            return [learns, "child_mental_health" if somebody.is_child else "health"]
    return ["adult_social_care", "health"]


class Early:
    """One person's story. Each step is the act of the person whose step it is."""

    case: Case
    subject: Subject
    sent: Sent
    assessment: Assessment

    def __init__(
        self, calendar: Calendar, cast: Cast, area: str, about: tuple[Somebody, Worry],
        *, second_officer: bool = False,
    ) -> None:  # fmt: skip
        self.calendar, self.cast, self.area = calendar, cast, area
        self.somebody, self.worry = about
        self.words = Words(*about)
        self.number = "two" if second_officer else "one"
        self.road = "professional"
        self.asked = who_may_know(self.somebody)
        self.requests: list[Request] = []

    @property
    def place(self) -> Area:
        return self.cast.places.areas[self.area]

    @property
    def officer(self) -> User:
        return self.cast[f"officer.{self.number}"]

    @property
    def police_lead(self) -> User:
        return self.cast[f"lead.{self.number}"]

    @property
    def chair(self) -> User:
        return self.cast.of("chair", self.area)

    @property
    def lead(self) -> User:
        """The Prevent lead whose case it is."""
        return self.cast.of("families" if self.somebody.is_child else "adults", self.area)

    def look(self) -> Case:
        """The case as it stands, as the police lead sees it."""
        acting(self.police_lead)
        self.case = Case.objects.select_related("area", "person").get(pk=self.case.pk)
        return self.case

    # ---- referral and screening

    def referred(self) -> None:
        """A professional, a member of the public or a relative sends the form."""
        person = forms.person(self.somebody, self.calendar.today)
        teacher = self.cast.of("teacher", self.area)
        if self.road == "professional":
            matter = forms.professional(self.worry, teacher, self.somebody)
            self.sent = forms.send(self.road, matter, [person], by=teacher)
        elif self.road == "public":
            self.sent = forms.send(self.road, forms.neighbour(self.worry), [person])
        else:
            self.sent = forms.send(self.road, forms.relative(self.worry), [person])
        self.find()

    def find(self) -> None:
        """The person as the police find them in the queue."""
        acting(self.police_lead)
        self.subject = Subject.objects.get(referral__receipt=self.sent.receipt, position=0)

    def taken(self) -> None:
        screening.take(self.subject, by=acting(self.officer))

    def screened(self, **differs: Any) -> None:
        decision = self.words.decision(self.place, **differs)
        screening.decide(self.subject, by=acting(self.officer), decision=decision)
        self.subject = Subject.objects.select_related("case").get(pk=self.subject.pk)
        if self.subject.case is not None:
            self.case = self.subject.case

    # ---- before the panel

    def gathered(self) -> None:
        gathering.finish_gathering(self.case, by=acting(self.officer), **self.words.gathered())

    def risk_assessed(self) -> None:
        risk.assess(self.case, by=acting(self.officer), **self.words.risk(self.officer, 1))

    def held_for_risk(self) -> None:
        """Conflict is found: the police hold the case (2.7.5)."""
        said = self.words.risk(self.officer, 1)
        said["conflict"], said["major_risk"] = "yes", True
        said["check_again_date"] = today() + timedelta(days=14)
        said["hold_why"] = f"Another inquiry looks at {self.worry.draws}; it must not be disturbed."
        risk.assess(self.case, by=acting(self.officer), **said)

    def reviewed(self) -> None:
        by = acting(self.lead)
        positions.decide(
            self.case, by=by, state="agreed", ground="Asked at home, and agreed to partners’ help."
        )
        to_ask = {body: f"May know of {self.worry.holds}." for body in self._bodies()}
        lead_review.review(self.case, by=by, to_ask=to_ask, **self.words.review())

    def partners_asked(self) -> None:
        asking = requests.Asking(
            about=self.words.gathered()["to_check_with"],
            words="To see what support may help; please tell no more than is asked.",
            items=ITEMS,
        )
        whom: dict[Organisation, User | None] = {body: None for body in self._bodies()}
        self.requests = requests.ask(
            self.case, by=acting(self.officer), asking=asking, organisations=whom
        )

    def partner_answered(self, position: int = 0) -> None:
        """One partner answers: with information, or that nothing is known there."""
        request = self.requests[position]
        contact = request.asked_of
        if contact is None:
            return self._answer_by_telephone(request)
        by = acting(contact)
        item = request.items.all()[0]
        said = replies.Answering(
            state="information" if position == 0 else "nothing_known",
            held_back=False,
            items=[replies.Answer(item, f"Known for {self.worry.holds}.", "Our own record")]
            if position == 0 else [],
        )  # fmt: skip
        replies.answer(request, by=by, answering=said)
        return None

    def _answer_by_telephone(self, request: Request) -> None:
        route = replies.Route("telephone", "The duty nurse", read_back=True)
        said = replies.Answering(state="nothing_known", held_back=False)
        replies.enter_reply(request, by=acting(self.officer), answering=said, route=route)

    def partners_answered(self) -> None:
        for position in range(len(self.requests)):
            self.partner_answered(position)

    def checks_finished(self) -> None:
        why = "What partners know fits what was reported; nothing more serious is known."
        checks.finish_checks(self.case, by=acting(self.officer), why=why, without_answer={})

    def assessment_begun(self) -> None:
        """The factors are written down, and not signed yet."""
        begun = writing.start(self.case, by=acting(self.officer))
        self.assessment = writing.save(begun, by=self.officer, written=self.words.assessed())

    def assessed(self) -> None:
        self.assessment_begun()
        signing.sign(self.assessment, by=self.officer)

    def second_risk(self) -> None:
        said = self.words.risk(self.officer, 2)
        second_risk.assess_again(self.case, by=acting(self.officer), **said)

    # ---- the next step

    def police_said(self, outcome: str = "panel") -> None:
        said = self.words.opinion(outcome)
        next_steps.give_opinion(self.case, by=acting(self.police_lead), said=said)

    def chair_said(self, outcome: str = "panel") -> None:
        next_steps.give_opinion(self.case, by=acting(self.chair), said=self.words.opinion(outcome))

    def settled_for_an_end(self, by: User | None = None, *, is_told: bool = True) -> None:
        """Harm considered, signposted, told or not yet: all that comes before an end."""
        who = acting(by or self.chair)
        ending.record_end_checks(
            self.case, by=who, harm_suspected=False,
            harm_considered="Considered with social care: none is suspected.",
            signposted=f"To what helps already: {self.worry.holds}.",
            unanswered="Nothing more is needed of anybody.",
        )  # fmt: skip
        if is_told:
            words = f"Told what was decided and why. {self.words.first} had no question."
            told.tell(self.case, by=who, words=words, by_whom=self.lead.name)
        else:
            told.not_told(self.case, by=who, why="Telling them now would disturb an inquiry.")

    def _bodies(self) -> list[Organisation]:
        return [self.cast.places.of_kind(kind, self.area) for kind in self.asked]


PACE: tuple[tuple[str, int], ...] = (
    ("referred", 0),
    ("taken", 1),
    ("screened", 1),
    ("gathered", 3),
    ("risk_assessed", 2),
    ("reviewed", 4),
    ("partners_asked", 1),
    ("partners_answered", 7),
    ("checks_finished", 1),
    ("assessed", 3),
    ("second_risk", 1),
    ("police_said", 2),
    ("chair_said", 1),
)
WHOLE = sum(days for _, days in PACE)  # from the referral to the panel


def along(story: Early, since: int, *, to: str = "chair_said", **instead: Callable[[], Any]) -> int:
    """Let a story go its usual way from `since` days ago to a step; how many days ago that is.

    `instead`: what happens in place of a usual step.
    """
    day = since
    for step, days in PACE:
        day -= days
        story.calendar.on(day, instead.get(step) or getattr(story, step))
        if step == to:
            break
    return day
