"""The questions about one factor: what is found, what shows it, and where that comes from."""

from typing import Any

from django import forms

from waymark.assessments.models import Evidence, Finding
from waymark.assessments.reading import proofs_of
from waymark.assessments.sheet import Line
from waymark.assessments.writing import Found, Proof
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.web.sections import Section, Sectioned

SEEN = "the police, chair and Prevent lead; the panel once it is signed"
ASKED = {
    "kind": "whether this is fact, opinion or allegation",
    "self_report": "whether this is the person’s own word",
}
NAMES = ("words", "source", "kind", "speaks_for", "self_report", "date")


def blank_rows(line: Line | None) -> int:
    """How many pieces of evidence the page has room for: what is there, and two more."""
    return (len(line.evidence) if line else 0) + 2


class FactorForm(Sectioned):
    state = Choice(
        label="What is found?",
        choices=Finding.State.choices,
        divider=Finding.State.NOT_YET_KNOWN.value,
        error_messages={"required": "Select what is found"},
    )
    shows = Prose(
        label="What does it show in this person’s life?", who_sees=SEEN, rows=3, required=False
    )
    speaks_against = Prose(
        label="What speaks against it, or explains it otherwise?", who_sees=SEEN, rows=3,
        required=False,
    )  # fmt: skip

    def __init__(self, data: Any, *, version: int, line: Line | None = None):
        super().__init__(data, version=version)
        self.line = line
        known = [code for code, _ in Finding.State.choices if code != "not_yet_known"]
        labels = dict(Finding.State.choices)
        state = self.fields["state"]
        assert isinstance(state, Choice)
        state.choices = [*((code, labels[code]) for code in known),
                         ("not_yet_known", labels["not_yet_known"])]  # fmt: skip
        self.rows = range(blank_rows(line))
        for number in self.rows:
            self.fields |= _evidence(number)
        self.initial = _begun(line) if line else {}

    def sections(self) -> list[Section]:
        rows = [
            Section(f"Evidence {number + 1}", [f"evidence_{number}_{name}" for name in NAMES],
                    lead="" if number else "What the finding rests on. Leave empty what is not"
                    " needed.", clause="" if number else "2.3.5")
            for number in self.rows
        ]  # fmt: skip
        return [Section("", ["state", "shows", "speaks_against"]), *rows]

    def clean(self) -> dict[str, Any] | None:
        """A piece of evidence has its words and where it comes from."""
        said = super().clean() or self.cleaned_data
        for number in self.rows:
            words, source = (said.get(f"evidence_{number}_{name}") for name in ("words", "source"))
            if words and not source:
                self.add_error(f"evidence_{number}_source", "Enter where this evidence comes from")
            if source and not words:
                self.add_error(f"evidence_{number}_words", "Enter what the evidence is")
            for name, wanted in ASKED.items():
                if words and not said.get(f"evidence_{number}_{name}"):
                    self.add_error(f"evidence_{number}_{name}", f"Select {wanted}")
        return said

    def found(self, code: str, *, name: str = "", dimension: str = "") -> Found:
        said = self.cleaned_data
        proofs = [self._proof(number) for number in self.rows if said[f"evidence_{number}_words"]]
        return Found(
            code, said["state"], said["shows"], said["speaks_against"], proofs, name, dimension
        )

    def _proof(self, number: int) -> Proof:
        given = {name: self.cleaned_data[f"evidence_{number}_{name}"] for name in NAMES}
        return Proof(
            given["words"], given["source"], given["speaks_for"] == "for",
            given["kind"], given["date"],
            given["self_report"] == "yes",
        )  # fmt: skip


class OwnForm(FactorForm):
    """A factor of this case's own (2.2.5)."""

    name = asked(
        forms.CharField(
            label="What is this factor called?", max_length=200,
            error_messages={"required": "Enter what this factor is called"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    dimension = Choice(
        label="Which dimension does it belong to?",
        choices=[],
        error_messages={"required": "Select the dimension"},
    )

    def __init__(self, data: Any, *, version: int, line: Line | None = None):
        super().__init__(data, version=version, line=line)
        named = [(one.code, one.name) for one in in_force().framework.dimensions]
        self.fields["dimension"].choices = named  # type: ignore[attr-defined]
        self.order_fields(["name", "dimension"])

    def sections(self) -> list[Section]:
        return [Section("", ["name", "dimension"], clause="2.2.5"), *super().sections()]


def _evidence(number: int) -> dict[str, forms.Field]:
    row = f"evidence_{number}"
    return {
        f"{row}_words": Prose(label="What is it?", who_sees=SEEN, rows=2, required=False),
        f"{row}_source": asked(
            forms.CharField(
                label="Where does it come from?", required=False, max_length=200,
                help_text="Who told it, or where it was seen.",
            ),
            who_sees=SEEN,
        ),
        f"{row}_kind": asked(
            forms.ChoiceField(
                label="Is it fact, opinion or allegation?", required=False,
                choices=[("", "Choose"), *Evidence.Kind.choices],
            )
        ),
        f"{row}_speaks_for": asked(
            forms.ChoiceField(
                label="Which way does it speak?", required=False,
                choices=[("for", "For the factor"), ("against", "Against it")],
            )
        ),
        f"{row}_self_report": asked(
            forms.ChoiceField(
                label="Is it the person’s own word?", required=False,
                choices=[("", "Choose"), ("no", "No"), ("yes", "Yes")],
            )
        ),
        f"{row}_date": DateField(
            label="Of which day?", called=f"The day of evidence {number + 1}", required=False,
            past=True,
        ),
    }  # fmt: skip


def _begun(line: Line) -> dict[str, Any]:
    """What is saved so far."""
    found = line.finding
    given: dict[str, Any] = {"state": line.state}
    if found:
        given |= {"shows": found.shows, "speaks_against": found.speaks_against}
    for number, one in enumerate(proofs_of(line)):
        row = f"evidence_{number}"
        given |= {
            f"{row}_words": one.words, f"{row}_source": one.source, f"{row}_kind": one.kind,
            f"{row}_speaks_for": "for" if one.speaks_for else "against",
            f"{row}_self_report": "yes" if one.self_report else "no",
            f"{row}_date": one.happened_date,
        }  # fmt: skip
    return given
