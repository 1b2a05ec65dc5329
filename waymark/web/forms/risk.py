"""The questions of a risk assessment: the risk to each of four, apart, and who answers for it."""

from typing import Any

from django import forms

from waymark.cases.known.risk import RiskSaid, Said
from waymark.cases.models import Case, Risk, RiskAssessment
from waymark.cases.reading.owners import owners_for
from waymark.database.clock import today
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.web.sections import Section, Sectioned

To, Turn, Conflict = Risk.To, RiskAssessment.Turn, RiskAssessment.Conflict
SEEN = (
    "the police; chair and Prevent lead once the case is open to the area; the panel that hears it"
)
CLAUSES: dict[str, str] = {Turn.FIRST: "2.7.4", Turn.SECOND: "2.7.10", Turn.LATER: "2.8.2"}
TEXTS = ("what", "speaks_for", "speaks_against", "reduced_how")
HELP = {
    To.PERSON: "For one: being drawn in further, or being harmed by others.",
    To.PARTNERS: "Staff of a school, a surgery or another body that meets the person.",
    To.PROVIDERS: "Whoever gives support must be able to know it before they meet the person.",
}


def _prose(label: str, wrong: str, *, rows: int = 3) -> Prose:
    return Prose(
        label=label, who_sees=SEEN, rows=rows, error_messages={"required": f"Enter {wrong}"}
    )


def _no_sign(to: Risk.To) -> str:
    """A refusal is no reason for a risk: said where the first is asked for (1.1.4)."""
    return f" {in_force().text('no_is_no_sign').paragraphs[0]}" if to == To.PERSON else ""


def _of_one(to: Risk.To) -> dict[str, forms.Field]:
    """The questions about the risk to one of the four; its words are asked where one is seen."""
    whom = to.label
    return {
        f"{to}_seen": Choice(
            label=f"Is there a risk to {whom}?",
            help_text=HELP.get(to, "") + _no_sign(to),
            choices=[("yes", "Yes"), ("no", "None is seen")],
            reveals={"yes": tuple(f"{to}_{text}" for text in TEXTS), "no": f"{to}_none_why"},
            error_messages={"required": f"Select whether there is a risk to {whom}"},
        ),
        f"{to}_what": _prose(
            f"What might happen to {whom}?", f"what might happen to {whom}"
        ),
        f"{to}_speaks_for": _prose(
            "What speaks for it?", f"what speaks for a risk to {whom}", rows=2
        ),
        f"{to}_speaks_against": _prose(
            "What speaks against it?", f"what speaks against a risk to {whom}", rows=2
        ),
        f"{to}_reduced_how": _prose(
            "What was done to reduce it?", f"what was done to reduce the risk to {whom}", rows=2
        ),
        f"{to}_none_why": _prose(
            "Why is none seen?", f"why no risk to {whom} is seen", rows=2
        ),
        **_owned(to),
    }  # fmt: skip


def _owned(to: Risk.To) -> dict[str, forms.Field]:
    """Owner and date, which of the later ones are those of the first unless they are said."""
    first = to == To.PERSON
    owner = forms.ChoiceField(
        label=f"Who answers for the risk to {to.label}?", required=first,
        error_messages={"required": f"Select who answers for the risk to {to.label}"},
    )  # fmt: skip
    return {
        f"{to}_owner": asked(owner),
        f"{to}_review_date": DateField(
            label=f"When do they look at the risk to {to.label} again?",
            called=f"The date to review the risk to {to.label}", future=True, required=first,
            help_text="" if first else "Leave it empty for the date of the risk to the person.",
            error_messages={"required": f"Enter when the risk to {to.label} is looked at again"},
        ),
    }  # fmt: skip


class RiskForm(Sectioned):
    unchanged_why = Prose(
        label="If one of the four is as it was: why has nothing changed?",
        who_sees=SEEN, rows=3, required=False,
    )  # fmt: skip
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

    def __init__(self, data: Any, *, case: Case, turn: str, last: RiskAssessment | None):
        super().__init__(data, version=case.version)
        self.turn, self.last = turn, last
        self.people = {str(one.pk): one for one in owners_for(case)}
        for to in To:
            self.fields |= _of_one(to)
            self._choose_owner(to)
        if last is None:
            del self.fields["unchanged_why"]
        else:
            self.initial = _begun(last)
        if turn == Turn.LATER:
            self._ask_less()

    def _choose_owner(self, to: Risk.To) -> None:
        field = self.fields[f"{to}_owner"]
        assert isinstance(field, forms.ChoiceField)
        nobody = "Choose" if to == To.PERSON else "As for the risk to the person"
        people = [(key, one.name) for key, one in self.people.items()]
        field.choices = [("", nobody), *people]

    def _ask_less(self) -> None:
        """A later assessment holds no case."""
        del self.fields["hold_why"]
        conflict = self.fields["conflict"]
        assert isinstance(conflict, Choice)
        conflict.hints = {}
        self.fields["check_again_date"].label = "If so: when is it checked again?"

    def sections(self) -> list[Section]:
        again = ["check_again_date"]
        if self.turn != Turn.LATER:
            again.insert(0, "hold_why")
        held = Section(
            "Conflict and major risk", ["conflict", "major_risk", *again], lead=self._lead(),
            clause="" if self.turn == Turn.LATER else "2.7.5",
        )  # fmt: skip
        unchanged = [Section("What did not change", ["unchanged_why"])] if self.last else []
        return [*(self._section(to) for to in To), *unchanged, held]

    def _section(self, to: Risk.To) -> Section:
        first = to == To.PERSON
        names = [f"{to}_{name}" for name in ("seen", "owner", "review_date")]
        lead = "Each of the four is written apart. They never stand for one another."
        return Section(
            f"Risk to {to.label}",
            names,
            lead=lead if first else "",
            clause="2.8.2" if first else "",
        )

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
            risks={to.value: self._risk(to) for to in To},
            conflict=given["conflict"], major_risk=given["major_risk"] == "yes",
            check_again_date=given["check_again_date"], hold_why=given.get("hold_why", ""),
            unchanged_why=given.get("unchanged_why", ""),
        )  # fmt: skip

    def _risk(self, to: Risk.To) -> RiskSaid:
        given, seen = self.cleaned_data, self.cleaned_data[f"{to}_seen"] == "yes"
        owner = given[f"{to}_owner"] or given["person_owner"]
        day = given[f"{to}_review_date"] or given["person_review_date"]
        if not seen:
            return RiskSaid(given[f"{to}_none_why"], self.people[owner], day, seen=False)
        words = {text: given[f"{to}_{text}"] for text in TEXTS}
        return RiskSaid(owner=self.people[owner], review_date=day, **words)


def _begun(last: RiskAssessment) -> dict[str, Any]:
    """The next assessment starts from the last: what is left as it was asks why."""
    begun: dict[str, Any] = {}
    for one in last.risks.all():
        begun[f"{one.to}_seen"] = "yes" if one.seen else "no"
        begun[f"{one.to}_owner"] = str(one.owner_id)
        if one.review_date >= today():
            begun[f"{one.to}_review_date"] = one.review_date
        if one.seen:
            begun |= {f"{one.to}_{text}": getattr(one, text) for text in TEXTS}
        else:
            begun[f"{one.to}_none_why"] = one.what
    return begun
