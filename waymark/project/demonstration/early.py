"""A case's way from information gathering to the next step, told step by step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from waymark.assessments import second_risk, signing, writing
from waymark.assessments.models import Assessment
from waymark.assessments.sources import sources_of
from waymark.cases import lead_review, positions
from waymark.cases.endings import ending, told
from waymark.cases.known import gathering, needs, processes, risk, unknown
from waymark.cases.models import OpenQuestion, ParallelProcess
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.panels import next_steps
from waymark.project.demonstration.beginning import Beginning
from waymark.project.demonstration.partners import Partners
from waymark.project.demonstration.telling import acting
from waymark.sharing import (
    checks,
)


class Early(Partners):
    """The story of a case that the police opened."""

    assessment: Assessment
    question: OpenQuestion

    def looked_into(self) -> None:
        """What is not known and who might know, and what the person needs."""
        by = acting(self.officer)
        body = self.bodies()[0]
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
        to_ask = dict.fromkeys(self.bodies(), f"May know of {self.worry.holds}.")
        lead_review.review(self.case, by=by, to_ask=to_ask, **self.words.review())

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
