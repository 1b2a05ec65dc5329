"""The questions about one factor: what is found, what shows it, and where that comes from."""

from collections.abc import Sequence
from typing import Any

from django import forms

from waymark.assessments.evidence import proof_of
from waymark.assessments.findings import Found
from waymark.assessments.models import Finding
from waymark.assessments.sheet import Line
from waymark.assessments.sources import Source
from waymark.policy.pack import in_force
from waymark.ui.forms import Choice, Prose, asked, say_plainly
from waymark.web.forms.evidence import (
    NAMES,
    SEEN,
    begun,
    errors_of,
    evidence_fields,
    is_said,
    proof,
)
from waymark.web.sections import Section, Sectioned

NOT_YET_KNOWN = Finding.State.NOT_YET_KNOWN.value


class FactorForm(Sectioned):
    state = Choice(
        label="What is found?",
        choices=Finding.State.choices,
        divider=NOT_YET_KNOWN,
        error_messages={"required": "Select what is found"},
    )
    shows = Prose(
        label="What does it show in this person’s life?", who_sees=SEEN, rows=3, required=False
    )
    speaks_against = Prose(
        label="What speaks against it, or explains it otherwise?", who_sees=SEEN, rows=3,
        required=False,
    )  # fmt: skip
    changed_why = Prose(
        label="If it is found otherwise than the last time: what changed, and why?",
        who_sees=SEEN, rows=3, required=False,
    )  # fmt: skip

    def __init__(
        self, data: Any, *, version: int, line: Line | None = None, sources: Sequence[Source] = ()
    ):
        super().__init__(data, version=version)
        self.line = line
        labels = dict(Finding.State.choices)
        state = self.fields["state"]
        assert isinstance(state, Choice)
        known = [code for code in labels if code != NOT_YET_KNOWN]
        state.choices = [(code, labels[code]) for code in [*known, NOT_YET_KNOWN]]
        if line is None or line.before is None:
            del self.fields["changed_why"]
        stands = (line.finding or line.before) if line else None
        proofs = [proof_of(one) for one in stands.evidence.all()] if stands else []
        self.rows = range(_rows(data, len(proofs) + 1))
        for number in self.rows:
            self.fields |= evidence_fields(number, sources)
        for name, field in self.fields.items():
            say_plainly(field, str(field.label or name))
        self.initial = _begun(stands)
        for number, one in enumerate(proofs):
            self.initial |= begun(number, one)

    def sections(self) -> list[Section]:
        rows = [
            Section(f"Evidence {number + 1}", [f"evidence_{number}_{name}" for name in NAMES],
                    lead="" if number else "What the finding rests on. Leave empty what is not"
                    " needed.", clause="" if number else "2.3.5")
            for number in self.rows
        ]  # fmt: skip
        return [Section("", ["state", "shows", "speaks_against", "changed_why"]), *rows]

    def clean(self) -> dict[str, Any] | None:
        """A piece of evidence has its words and where it comes from."""
        said = super().clean() or self.cleaned_data
        for number in self.rows:
            for name, words in errors_of(number, said).items():
                self.add_error(name, words)
        return said

    def found(self, code: str) -> Found:
        """What is said of the factor; of one of this case's own with its name and reason."""
        said = self.cleaned_data
        proofs = [proof(number, said) for number in self.rows if is_said(number, said)]
        name, dimension, added_why = self.named()
        return Found(
            code, said["state"], said["shows"], said["speaks_against"], proofs, name, dimension,
            added_why, said.get("changed_why", ""), self.seen_version,
        )  # fmt: skip

    def named(self) -> tuple[str, str, str]:
        """Name, dimension and reason of a factor of this case's own, as they stand."""
        own = (self.line.finding or self.line.before) if self.line else None
        return (own.name, own.dimension, own.added_why) if own else ("", "", "")


class OwnForm(FactorForm):
    """A factor of this case's own (2.2.5)."""

    name = asked(
        forms.CharField(
            label="What is this factor called?", max_length=200,
            error_messages={"required": "Enter what this factor is called"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    added_why = Prose(
        label="Why is it added for this person?", who_sees=SEEN, rows=2,
        error_messages={"required": "Enter why this factor is added"},
    )  # fmt: skip
    dimension = Choice(
        label="Which dimension does it belong to?",
        choices=[],
        error_messages={"required": "Select the dimension"},
    )

    def __init__(self, data: Any, *, version: int, sources: Sequence[Source] = ()):
        super().__init__(data, version=version, sources=sources)
        named = [(one.code, one.name) for one in in_force().framework.dimensions]
        self.fields["dimension"].choices = named  # type: ignore[attr-defined]
        self.order_fields(["name", "added_why", "dimension"])

    def sections(self) -> list[Section]:
        return [
            Section("", ["name", "added_why", "dimension"], clause="2.2.5"),
            *super().sections(),
        ]

    def named(self) -> tuple[str, str, str]:
        said = self.cleaned_data
        return said["name"], said["dimension"], said["added_why"]


def _rows(data: Any, shown: int) -> int:
    """How many rows the page has: what is there and one more, or as many as were sent."""
    sent = 0
    while data and f"evidence_{sent}_words" in data:
        sent += 1
    return max(sent, shown)


def _begun(stands: Finding | None) -> dict[str, Any]:
    """What is saved so far, or else was found the last time."""
    if stands is None:
        return {"state": NOT_YET_KNOWN}
    found = {"state": stands.state, "shows": stands.shows, "speaks_against": stands.speaks_against}
    return found | {"changed_why": stands.changed_why if not stands.confirmed else ""}
