"""A case's way from information gathering to the next step, told step by step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from waymark.assessments import second_risk, signing, writing
from waymark.assessments.models import Assessment
from waymark.assessments.sources import sources_of
from waymark.cases import (
    ending,
    gathering,
    lead_review,
    needs,
    positions,
    processes,
    risk,
    told,
    unknown,
)
from waymark.cases.models import OpenQuestion, ParallelProcess
from waymark.database.clock import today
from waymark.directory.models import Organisation, User
from waymark.panels import next_steps
from waymark.policy.days import working_days_after
from waymark.project.demonstration.beginning import Beginning
from waymark.project.demonstration.people import Somebody
from waymark.project.demonstration.telling import acting
from waymark.sharing import (
    checks,
    contradictions,
    dates,
    passing,
    questions,
    reading,
    replies,
    requests,
    weighing,
)
from waymark.sharing.models import ItemAnswered, Request
from waymark.sharing.told import told as told_by_partners

OF_THE_LAST = ("Whether help was offered to them, and what they made of it",)
ITEMS = ("How they have been this term, or this year", "Whom they spend time with")


def who_may_know(somebody: Somebody) -> list[str]:
    """The kinds of partner that are asked: where somebody learns, and who may have helped."""
    for kind in ("academy", "college", "university"):
        if kind in somebody.place.lower():
            learns = "school" if kind == "academy" else kind
            return [learns, "child_mental_health" if somebody.is_child else "health"]
    return ["adult_social_care", "health"]


class Early(Beginning):
    """The story of a case that the police opened."""

    assessment: Assessment
    question: OpenQuestion

    def __init__(self, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self.requests: list[Request] = []

    def looked_into(self) -> None:
        """What is not known and who might know, and what the person needs."""
        by = acting(self.officer)
        body = self._bodies()[0]
        words = f"How far does it go with {self.worry.draws}?"
        self.question = unknown.write(self.case, by=by, words=words, organisation=body)
        unknown.write(
            self.case, by=by, words="Who else in the family could help?",
            who="The person, or whoever they live with",
        )  # fmt: skip
        needs.write(self.case, by=by, told_date=today(), **self.words.need())

    def gathered(self) -> None:
        """That, and that no other proceeding is known."""
        self.looked_into()
        by = acting(self.officer)
        processes.none_known(
            self.case, by=by, kinds=ParallelProcess.Kind.values, asked_date=today(),
            asked_of="The council’s front door for social care, and probation’s duty desk",
        )  # fmt: skip
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
        to_ask = dict.fromkeys(self._bodies(), f"May know of {self.worry.holds}.")
        lead_review.review(self.case, by=by, to_ask=to_ask, **self.words.review())

    def partners_asked(self) -> None:
        whom: dict[Organisation, User | None] = dict.fromkeys(self._bodies())
        asking = requests.Asking(
            about=self.words.gathered()["to_check_with"],
            words="To see what support may help; please tell no more than is asked.",
            items=ITEMS,
            own={list(whom)[-1]: requests.Own(OF_THE_LAST)},
        )
        self.requests = requests.ask(
            self.case, by=acting(self.officer), asking=asking, organisations=whom
        )

    def partner_answered(self, position: int = 0, says: str = "") -> None:
        """One partner answers: the first gives information, others know nothing unless they say."""
        request = self.requests[position]
        contact = request.asked_of
        if contact is None:
            return self._answer_by_telephone(request)
        by = acting(contact)
        item = request.items.all()[0]
        known = says or (f"Known for {self.worry.holds}." if position == 0 else "")
        said = replies.Answering(
            state="information" if known else "nothing_known",
            held_back=False,
            items=[replies.Answer(item, known, "Our own record")] if known else [],
        )
        replies.answer(request, by=by, answering=said)
        return None

    def one_more_asked(self) -> None:
        """A question comes up while partners are checked, and is asked in one click."""
        community = self.cast.places.of_kind("community", self.area)
        question = unknown.write(
            self.case, by=acting(self.officer), words="Whom has the person met there since spring?",
            organisation=community,
        )  # fmt: skip
        questions.ask_for(question, by=self.officer)

    def partner_declined(self) -> None:
        """The second partner gives nothing, and says why."""
        request = self.requests[1]
        contact = request.asked_of
        assert contact is not None  # who is asked by telephone is told elsewhere
        why = "The person asked us not to pass anything on, and nobody is in danger of harm."
        said = replies.Answering(
            state="declined", held_back=True, held_back_decided_by="The Caldicott guardian",
            words=why,
        )  # fmt: skip
        replies.answer(request, by=acting(contact), answering=said)

    def partners_contradicted(self) -> None:
        """What the second partner answers does not fit what the first one does."""
        self.partner_answered(0)
        self.partner_answered(1, says="Has not been seen here since the spring, and left no word.")
        self._weighed(acting(self.officer))

    def _weighed(self, officer: User) -> None:
        """The police say that the two do not fit, use one, and have the other looked into."""
        one, other = told_by_partners(reading.requests_of(self.case))[:2]
        two = [row for row in (one.row, other.row) if isinstance(row, ItemAnswered)]
        contradictions.contradicts(
            self.case, by=officer, answers=two,
            words="One tells of visits since the summer, the other of none.",
            done="The second is asked whom they mean; it is told apart until then.",
        )  # fmt: skip
        to_check = weighing.Marking(
            other.row, "to_check", "Ask whether another person of that name is meant.", officer,
            today() + timedelta(days=10),
        )  # fmt: skip
        weighing.mark(self.case, by=officer, markings=[weighing.Marking(one.row, "used"), to_check])

    def partner_passed_on(self) -> None:
        """The first partner passes the request to somebody who has no account here."""
        request = self.requests[0]
        contact = request.asked_of
        assert contact is not None  # who is asked by telephone is told elsewhere
        named = "Imogen Farrow, deputy head and lead for safeguarding"
        passing.pass_on(request, by=acting(contact), to=None, named=named)

    def date_moved(self) -> None:
        """The co-ordinator gives the first partner longer, and both sides see why."""
        by = acting(self.cast.of("coordinator", self.area))
        why = "The office is closed until the end of next week, and looks then."
        day = working_days_after(today(), 8)
        dates.move_date(self.requests[0], by=by, due_date=day, why=why)

    def _answer_by_telephone(self, request: Request) -> None:
        route = replies.Route("telephone", "The duty nurse", read_back=True)
        said = replies.Answering(state="nothing_known", held_back=False)
        replies.enter_reply(request, by=acting(self.officer), answering=said, route=route)

    def partners_answered(self) -> None:
        for position in range(len(self.requests)):
            self.partner_answered(position)

    def checks_finished(self) -> None:
        unknown.end(
            self.question, by=acting(self.officer), how="answered",
            words=f"Those who know the person see {self.worry.holds}, and no more than was told.",
        )  # fmt: skip
        why = "What partners know fits what was reported; nothing more serious is known."
        checks.finish_checks(
            self.case, by=acting(self.officer), why=why, without_answer={},
            unmarked_why="Weighed with the factors, in the assessment that follows.",
        )  # fmt: skip

    def assessment_begun(self) -> None:
        """The factors are written down, and not signed yet."""
        begun = writing.start(self.case, by=acting(self.officer))
        said = self.words.assessed(sources=sources_of(self.case))
        self.assessment = writing.save(begun, by=self.officer, written=said)

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
        kinds = who_may_know(self.somebody)
        return [self.cast.places.of_kind(kind, self.area) for kind in kinds]


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


def along(
    story: Beginning, since: int, *, to: str = "chair_said", **instead: Callable[[], Any]
) -> int:
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
