"""The questions of one decision of the panel: each kind asks what it cannot be without."""

from typing import Any

from django import forms

from waymark.directory.models import User
from waymark.panels.models import Attendance, Decision, Position
from waymark.panels.proposals import ActionSaid, PositionSaid, Proposal
from waymark.panels.reading.decisions import Before
from waymark.policy.lateness import day_in_words
from waymark.support.models import Plan
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.web.case_summary import plan_rows
from waymark.web.risk_rows import risks_in_words
from waymark.web.sections import Section, Sectioned

Kind = Decision.Kind
SEEN = "the panel: it goes into the minutes, with who said it"
DATED = (Kind.DEFERRED, Kind.GOES_ON, Kind.NEW_PLAN, Kind.NOTED)
NO_SUPPORT = (Kind.OTHER_SUPPORT, Kind.NOT_APPROPRIATE, Kind.DECLINED)
ACTIONS = 3


def prose(label: str, wrong: str, *, help_text: str = "", rows: int = 4) -> Prose:
    return Prose(
        label=label, help_text=help_text, who_sees=SEEN, rows=rows,
        error_messages={"required": f"Enter {wrong}"},
    )  # fmt: skip


class DecisionForm(Sectioned):
    def __init__(
        self, data: Any, *, kind: Decision.Kind, before: Before, people: list[User], version: int
    ):
        super().__init__(data, version=version)
        self.kind, self.before = kind, before
        self.people = {str(one.pk): one for one in people}
        self.fields |= self._weighing() | self._of_the_kind()
        for member in before.members:
            self.fields |= _position(member)
        self.fields["dissent"] = Prose(
            label="If not all agree: what else is to stand in the minutes of it?", who_sees=SEEN,
            help_text="What each member who disagrees says stands in the minutes anyway.",
            rows=3, required=False,
        )  # fmt: skip
        for number in range(ACTIONS):
            self.fields |= self._action(number)

    def _weighing(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {
            "information": prose(
                "On what information does the panel decide?",
                "on what information the panel decides", help_text="Who told what (2.8.9).",
            )
        }  # fmt: skip
        if self.before.unanswered:
            fields["unanswered"] = prose(
                "Why does the panel decide without their answer?",
                "why the panel decides without their answer", rows=3,
            )  # fmt: skip
        return fields if self.kind == Kind.NOTED else fields | self._risks()

    def _risks(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        if self.before.same_assessment or self.kind == Kind.EXIT_RECOMMENDED:
            fields["changed"] = prose(
                "What has changed since, factor by factor, or has not?",
                "what has changed since the last decision",
            )
        fields["risk_to_person"] = prose(
            "What is the risk to the person of being drawn in?",
            "the risk to the person of being drawn in",
        )
        fields["risk_to_society"] = prose(
            "What risk does the person pose to society?",
            "the risk that the person poses to society",
        )
        return fields

    def _of_the_kind(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        if self.kind == Kind.EXIT_RECOMMENDED:
            fields["remains"] = prose(
                "What risk or need remains after the exit, and who looks to it?",
                "what remains after the exit",
            )
            fields["referrer_asked"] = prose(
                "What did the referrer say when asked again, or why were they not asked?",
                "what the referrer said, or why they were not asked",
            )
        if self.kind in NO_SUPPORT:
            fields["health_social_care"] = prose(
                "What was considered of referral to health or social care?",
                "what was considered of referral to health or social care",
            )
        fields["reasons"] = prose("What are the reasons?", "the reasons of the decision")
        if self.kind in DATED:
            fields["next_review_date"] = DateField(
                label="When does the panel look at it next?", called="The date of the next review",
                future=True, error_messages={"required": "Enter the date of the next review"},
            )  # fmt: skip
        if self.kind == Kind.DECLINED:
            fields["review_date"] = DateField(
                label="Is it looked at again on a day?", help_text="Leave empty if not.",
                called="The date of the review", future=True, required=False,
            )  # fmt: skip
        return fields

    def _action(self, number: int) -> dict[str, forms.Field]:
        people = [("", "Nobody"), *((key, _named(one)) for key, one in self.people.items())]
        called = f"Action {number + 1}"
        return {
            f"action_{number}": Prose(
                label=f"{called}: what is to be done?", who_sees=f"{SEEN}; and whoever does it",
                rows=2, required=False,
            ),
            f"owner_{number}": asked(
                forms.ChoiceField(label=f"{called}: by whom?", choices=people, required=False),
                about_nobody=True,
            ),
            f"due_{number}": DateField(
                label=f"{called}: by when?", called=f"{called}: the date", future=True,
                required=False,
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An action has its words, somebody who does it, and a day: all or none."""
        given = self.cleaned_data
        for number in range(ACTIONS):
            said = [given.get(f"{name}_{number}") for name in ("action", "owner", "due")]
            if any(said) and not said[0]:
                self.add_error(f"action_{number}", "Enter what is to be done")
            if any(said) and not said[1]:
                self.add_error(f"owner_{number}", "Select who does it")
            if any(said) and not said[2] and not self.errors.get(f"due_{number}"):
                self.add_error(f"due_{number}", "Enter by when it is done")
        return given

    def sections(self) -> list[Section]:
        return [
            self._considered(),
            *self._rests_on(),
            *([] if self.kind == Kind.NOTED else [self._both_risks()]),
            self._decided(),
            Section("Position of each member", [*self._stances(), "dissent"], clause="s.37(6)",
                    small=True,
                    lead="All, the majority, or else the chair decides. Dissent is minuted."),
            Section("Actions", self._actions(), clause="2.8.19",
                    lead="Each has somebody who does it, by a day. Leave the rest empty."),
        ]  # fmt: skip

    def _considered(self) -> Section:
        waiting = ", ".join(self.before.unanswered)
        lead = (
            f"Not yet answered by: {waiting}. Their names go into the minutes." if waiting else ""
        )
        return Section("Information considered", ["information", "unanswered"], lead=lead,
                       clause="2.9.3" if waiting else "")  # fmt: skip

    def _rests_on(self) -> list[Section]:
        assessment = self.before.assessment
        if assessment is None or self.kind == Kind.NOTED:
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
        return [Section("The assessment", ["changed"], lead=lead, clause="2.8.18", rows=rows)]

    def _both_risks(self) -> Section:
        return Section("Both risks, each weighed apart", ["risk_to_person", "risk_to_society"],
                       clause="2.5.11", rows=risks_in_words(self.before.risks),
                       lead="The decision weighs both. The risk record stands here.")  # fmt: skip

    def _decided(self) -> Section:
        names = ["remains", "referrer_asked", "health_social_care", "reasons", "next_review_date",
                 "review_date"]  # fmt: skip
        rows: list[dict[str, Any]] = []
        plan = self.before.plan
        if self.kind == Kind.PLAN_AGREED and plan is not None:
            rows = plan_rows(plan)
        return Section("Decision", names, lead=f"{self.kind.label}.", rows=rows)

    def _stances(self) -> list[str]:
        return [f"stance_{member.pk}" for member in self.before.members]

    def _actions(self) -> list[str]:
        return [f"{name}_{n}" for n in range(ACTIONS) for name in ("action", "owner", "due")]

    def said(self) -> Proposal:
        given = self.cleaned_data
        words = {name: given[name] for name in TEXTS if given.get(name)}
        dates = {name: given[name] for name in DATES if given.get(name)}
        return Proposal(
            kind=self.kind.value, positions=self._positions(), plan=self._plan(),
            actions=[*self._said_actions()], **(EMPTY | words), **dates,
        )  # fmt: skip

    def _plan(self) -> Plan | None:
        return self.before.plan if self.kind == Kind.PLAN_AGREED else None

    def _positions(self) -> list[PositionSaid]:
        given = self.cleaned_data
        return [
            PositionSaid(each, given[f"stance_{each.pk}"], given[f"words_{each.pk}"])
            for each in self.before.members
        ]

    def _said_actions(self) -> list[ActionSaid]:
        given = self.cleaned_data
        return [
            ActionSaid(given[f"action_{n}"], self.people[given[f"owner_{n}"]], given[f"due_{n}"])
            for n in range(ACTIONS)
            if given[f"action_{n}"]
        ]


TEXTS = (
    "information", "reasons", "risk_to_person", "risk_to_society", "changed", "dissent",
    "unanswered", "health_social_care", "referrer_asked", "remains",
)  # fmt: skip
DATES = ("next_review_date", "review_date")
EMPTY = {"information": "", "reasons": ""}


def _named(user: User) -> str:
    return f"{user.name}, {user.organisation.name}"


def _position(member: Attendance) -> dict[str, forms.Field]:
    name = member.user.name if member.user else member.organisation.name
    return {
        f"stance_{member.pk}": Choice(
            label=f"{name}, {member.capacity}", choices=Position.Stance.choices,
            reveals={"disagrees": f"words_{member.pk}"},
            error_messages={"required": f"Select the position of {name}"},
        ),
        f"words_{member.pk}": Prose(
            label="Why do they disagree?", who_sees=SEEN, rows=3,
            error_messages={"required": f"Enter why {name} disagrees"},
        ),
    }  # fmt: skip
