"""The questions of a risk assessment: three risks in words of their own, and who answers for it."""

from typing import Any

from django import forms

from waymark.cases.models import Case, RiskAssessment
from waymark.cases.reading.owners import owners_for
from waymark.cases.risk import TEXTS, Said
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.web.sections import Section, Sectioned

Turn, Conflict = RiskAssessment.Turn, RiskAssessment.Conflict
SEEN = "the police; chair and the Prevent lead once the case is open to the area"
CLAUSES: dict[str, str] = {Turn.FIRST: "2.7.4", Turn.SECOND: "2.7.10", Turn.LATER: "2.8.2"}
ASKED = (*TEXTS, "reduced_how")


def _prose(label: str, wrong: str, *, help_text: str = "", rows: int = 4) -> Prose:
    return Prose(
        label=label, help_text=help_text, who_sees=SEEN, rows=rows,
        error_messages={"required": f"Enter {wrong}"},
    )  # fmt: skip


class RiskForm(Sectioned):
    to_person = _prose("What is the risk to the person?", "the risk to the person")
    to_public = _prose("What is the risk to the public?", "the risk to the public")
    to_partners = _prose(
        "What is the risk to partners and providers?", "the risk to partners and providers",
        help_text="Whoever meets the person must be able to know it. Write “None known” if so.",
    )  # fmt: skip
    unchanged_why = Prose(
        label="If one of the three is as it was: why has nothing changed?",
        who_sees=SEEN, rows=3, required=False,
    )  # fmt: skip
    reduced_how = _prose("How is the risk reduced?", "how the risk is reduced")
    conflict = Choice(
        label="Is there a conflict with other police work?",
        choices=Conflict.choices,
        hints={Conflict.TO_BE_CHECKED.value: "The police hold the case until it is checked."},
        error_messages={"required": "Select whether there is a conflict"},
    )
    major_risk = Choice(
        label="Is there a major risk?",
        choices=[("no", "No"), ("yes", "Yes")],
        error_messages={"required": "Select whether there is a major risk"},
    )
    hold_why = Prose(
        label="If there is either: why do the police hold the case?",
        help_text="And whether it may still be suitable for Channel.",
        who_sees="the police only: others see that the case is held, not why",
        rows=3, required=False,
    )  # fmt: skip
    check_again_date = DateField(
        label="If there is either: when is it looked at again?",
        called="The date of looking again", future=True, required=False,
    )  # fmt: skip
    owner = asked(
        forms.ChoiceField(
            label="Who answers for this risk?",
            error_messages={"required": "Select who answers for this risk"},
        )
    )
    review_date = DateField(
        label="When is the risk looked at again?", called="The date to review the risk",
        future=True, error_messages={"required": "Enter when the risk is looked at again"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, turn: str, last: RiskAssessment | None):
        super().__init__(data, version=case.version)
        self.turn, self.last = turn, last
        self.people = {str(one.pk): one for one in owners_for(case)}
        choices = [(key, one.name) for key, one in self.people.items()]
        self.fields["owner"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]
        if last is None:
            del self.fields["unchanged_why"]
        if turn == Turn.LATER:
            del self.fields["hold_why"]
            conflict = self.fields["conflict"]
            assert isinstance(conflict, Choice)
            conflict.hints = {}
            self.fields["check_again_date"].label = "If so: when is it checked again?"
        self._start_from(last)

    def _start_from(self, last: RiskAssessment | None) -> None:
        """The next assessment starts from the last: what is left as it was asks why."""
        if last is not None:
            self.initial = {name: getattr(last, name) for name in ASKED}
            self.initial["owner"] = str(last.owner_id)

    def sections(self) -> list[Section]:
        clause = CLAUSES[self.turn]
        again = ["check_again_date"]
        if self.turn != Turn.LATER:
            again.insert(0, "hold_why")
        return [
            Section("The three risks, each apart", [*TEXTS, "unchanged_why"], clause="2.8.2",
                    lead="They never stand for one another."),
            Section("Reducing it", ["reduced_how"], clause=clause,
                    lead="What has been done, and what is."),
            Section("Conflict and major risk", ["conflict", "major_risk", *again],
                    lead=self._lead(), clause="" if self.turn == Turn.LATER else "2.7.5"),
            Section("Who answers for it", ["owner", "review_date"], clause="2.1.2",
                    lead="The risk has an owner and a date."),
        ]  # fmt: skip

    def _lead(self) -> str:
        if self.turn == Turn.LATER:
            return "Where the risk of criminality has risen, the police consider holding the case."
        return "With neither the case goes on. With either the police hold it."

    def clean(self) -> dict[str, Any] | None:
        """What a hold cannot be without is asked where there is conflict or major risk."""
        said = super().clean() or self.cleaned_data
        conflict = said.get("conflict", Conflict.NO)
        held = self.turn != Turn.LATER and (
            conflict != Conflict.NO or said.get("major_risk") == "yes"
        )
        if held and not said.get("hold_why"):
            self.add_error("hold_why", "Enter why the police hold the case")
        looked_at = held or conflict == Conflict.TO_BE_CHECKED
        if looked_at and said.get("check_again_date", "wrong") is None:
            self.add_error("check_again_date", "Enter when the police look at it again")
        return said

    def said(self) -> Said:
        """What the use case is told; why the police hold it only where they do."""
        given = self.cleaned_data
        return Said(
            to_person=given["to_person"], to_public=given["to_public"],
            to_partners=given["to_partners"], reduced_how=given["reduced_how"],
            conflict=given["conflict"], major_risk=given["major_risk"] == "yes",
            owner=self.people[given["owner"]], review_date=given["review_date"],
            check_again_date=given["check_again_date"], hold_why=given.get("hold_why", ""),
            unchanged_why=given.get("unchanged_why", ""),
        )  # fmt: skip
