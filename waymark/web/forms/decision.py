"""The questions of one case at a meeting, on one page, in the order in which they are talked of."""

from datetime import date
from typing import Any

from waymark.directory.models import User
from waymark.panels.models import Decision
from waymark.panels.proposals import NO_SUPPORT, ActionSaid, HeardSaid, PositionSaid, Proposal
from waymark.panels.reading.decisions import Before
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import Questions, say_plainly
from waymark.web.forms import decision_parts as parts
from waymark.web.rows.case_summary import plan_rows
from waymark.web.rows.risk import risks_in_words
from waymark.web.sections import Section, Sectioned

Kind = Decision.Kind
DATED = (Kind.DEFERRED, Kind.GOES_ON, Kind.NEW_PLAN, Kind.NOTED)
ACTIONS = 3
WEIGHED = ("risk_to_person", "risk_to_society")
TOLD = ("social_care", "told_what", "told_by")


class DecisionForm(Sectioned):
    """`kinds`: what can be decided now; *noted* alone asks less. `again`: the panel's next day."""

    def __init__(
        self, data: Any, *, kinds: list[Decision.Kind], before: Before, people: list[User],
        version: int, again: date | None,
    ):  # fmt: skip
        super().__init__(data, version=version)
        self.kinds, self.before = kinds, before
        self.noted = kinds == [Kind.NOTED]
        self.people = {str(one.pk): one for one in people}
        for action in before.earlier:
            self.fields |= parts.earlier(action)
        self.fields |= parts.considered(before)
        if not self.noted:
            self.fields |= parts.weighing(before) | parts.told()
            self.fields |= parts.kind_of(kinds, same_assessment=before.same_assessment)
        self.fields |= parts.reasons(again) | parts.agreement(before.members)
        for number in range(ACTIONS):
            self.fields |= parts.action(number, self.people)
        for name, field in self.fields.items():
            say_plainly(field, str(field.label or name))

    def clean(self) -> dict[str, Any]:
        given, day = self.cleaned_data, "next_review_date"
        if self.kind_said() in DATED and not given.get(day) and not self.errors.get(day):
            self.add_error(day, "Enter the date of the next review")
        parts.check_actions(self, ACTIONS)
        parts.check_stances(self, self.before.members)
        return given

    def kind_said(self) -> str:
        return Kind.NOTED if self.noted else str(self.cleaned_data.get("kind") or "")

    def sections(self) -> list[Section]:
        return [
            *self._earlier(),
            self._considered(),
            *self._rests_on(),
            *([] if self.noted else [self._both_risks()]),
            Section("Decision", ["kind", "reasons", "next_review_date"], rows=self._plan_rows(),
                    lead="The case waits for something else: it is heard, and heard again."
                    if self.noted else "", small=True),
            Section("How it was decided", ["agreed"], clause="s.37(6)",
                    lead="All, the majority, or else the chair decides. Dissent is minuted."),
            *([] if self.noted else [self._told()]),
            Section("Actions", self._actions(), clause="2.8.19",
                    lead="Each has somebody who does it, by a day. Leave the rest empty."),
        ]  # fmt: skip

    def _earlier(self) -> list[Section]:
        if not self.before.earlier:
            return []
        names = [f"heard_{one.pk}" for one in self.before.earlier]
        lead = "What earlier meetings gave to do, and nobody has said is done."
        return [Section("Earlier actions", names, lead=lead, clause="2.8.19", small=True)]

    def _considered(self) -> Section:
        waiting = ", ".join(self.before.unanswered)
        lead = (
            f"Not yet answered by: {waiting}. Their names go into the minutes." if waiting else ""
        )
        return Section("Information considered", ["information", "unanswered", "more"], lead=lead,
                       clause="2.9.3" if waiting else "", small=True)  # fmt: skip

    def _rests_on(self) -> list[Section]:
        assessment = self.before.assessment
        if assessment is None or self.noted:
            return []
        signed = day_in_words(assessment.signed_at.date()) if assessment.signed_at else ""
        rows: list[dict[str, Any]] = [
            {"question": "Signed", "answer": signed},
            {"question": "Found present", "answer": self.before.found or "Nothing"},
            {"question": "Conclusion", "answer": assessment.conclusion},
        ]
        lead = "The decision rests on the assessment that was signed last."
        if self.before.same_assessment:
            lead = "The last decision rested on this assessment too: say what has changed since."
        return [Section("The assessment", ["assessment_is", "changed"], lead=lead,
                        clause="2.8.18", rows=rows, small=True)]  # fmt: skip

    def _both_risks(self) -> Section:
        return Section("Both risks, each weighed apart", list(WEIGHED), clause="2.5.11",
                       rows=risks_in_words(self.before.risks),
                       lead="The decision weighs both. The risk record stands here.")  # fmt: skip

    def _told(self) -> Section:
        return Section("What follows", list(TOLD), small=True)

    def _plan_rows(self) -> list[dict[str, Any]]:
        plan = self.before.plan
        return plan_rows(plan) if plan and Kind.PLAN_AGREED in self.kinds else []

    def _actions(self) -> list[str]:
        return [f"{name}_{n}" for n in range(ACTIONS) for name in ("action", "owner", "due")]

    def said(self) -> Proposal:
        given, kind = self.cleaned_data, self.kind_said()
        plan = self.before.plan if kind == Kind.PLAN_AGREED else None
        return Proposal(
            kind=kind, positions=self._positions(), plan=plan, actions=self._said_actions(),
            heard=self._heard(), review_date=given.get("review_date"),
            next_review_date=given.get("next_review_date"),
            chair_confirms=bool(given.get(f"confirm_{kind}")), **self._words(kind),
        )  # fmt: skip

    def _words(self, kind: str) -> dict[str, str]:
        given = self.cleaned_data
        words = {name: given.get(name) or "" for name in TEXTS}
        words["changed"] = words["changed"] or given.get("changed_at_exit") or ""
        words["more_information"] = given.get("more_words") or "Asked: nothing further."
        if kind in NO_SUPPORT:
            words["health_social_care"] = given.get(f"considered_{kind}") or ""
            words["signposted"] = given.get(f"pointed_{kind}") or ""
        return words

    def _positions(self) -> list[PositionSaid]:
        given, apart = self.cleaned_data, self.cleaned_data.get("agreed") == "apart"
        return [
            PositionSaid(each, given[f"stance_{each.pk}"], given[f"words_{each.pk}"])
            if apart
            else PositionSaid(each, "agrees")
            for each in self.before.members
        ]

    def _heard(self) -> list[HeardSaid]:
        given = self.cleaned_data
        return [
            HeardSaid(
                one.pk, given[f"heard_{one.pk}"],
                given[f"done_{one.pk}"] or given[f"why_not_{one.pk}"], given[f"again_{one.pk}"],
            )
            for one in self.before.earlier
        ]  # fmt: skip

    def _said_actions(self) -> list[ActionSaid]:
        given = self.cleaned_data
        return [
            ActionSaid(given[f"action_{n}"], self.people[given[f"owner_{n}"]], given[f"due_{n}"])
            for n in range(ACTIONS)
            if given[f"action_{n}"]
        ]


class DiscussionForm(Questions):
    words = parts.prose("What was said of the case?", "what was said of the case")
    why_undecided = parts.prose(
        "Why is it not decided now?", "why it is not decided now", rows=2,
        help_text="Where the panel is not quorate, who is missing is written down by itself.",
        required=False,
    )  # fmt: skip


TEXTS = (
    "information", "reasons", "risk_to_person", "risk_to_society", "changed", "dissent",
    "unanswered", "referrer_asked", "remains", "assessment_is", "amended", "social_care_by",
    "told_what", "told_by",
)  # fmt: skip
