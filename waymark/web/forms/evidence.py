"""The questions about one piece of evidence: what it is, and whose word it is (2.3.5)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from waymark.assessments.evidence import Proof
from waymark.assessments.models import Evidence
from waymark.assessments.sources import Source
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.ui.words import day

SEEN = "the police, chair and Prevent lead; the panel once it is signed"
NAMES = (
    "taken_from", "words", "source", "kind", "speaks_for", "self_report", "diagnosis", "date",
)  # fmt: skip
REVEALED = ("bears_how", "clinician")
SHORT = 70  # characters of what a record says, to tell it from another
WAYS = (("for", "For the factor"), ("against", "Against it"))
NO_OR_YES = (("no", "No"), ("yes", "Yes"))
WRONG = {
    "kind": "Select whether this is fact, opinion or allegation",
    "self_report": "Select whether this is the person’s own word",
}


def evidence_fields(number: int, sources: Sequence[Source]) -> dict[str, forms.Field]:
    """The questions of one row, by their names."""
    row = f"evidence_{number}"
    called = f"The day of evidence {number + 1}"
    fields = {
        **_what_it_is(sources, first=number == 0),
        "kind": _select("Is it fact, opinion or allegation?", Evidence.Kind.choices),
        "speaks_for": _select("Which way does it speak?", WAYS, nothing=False),
        "self_report": _select("Is it the person’s own word?", NO_OR_YES),
        **_of_a_diagnosis(row),
        "date": DateField(label="Of which day?", called=called, required=False, past=True),
    }
    return {f"{row}_{name}": field for name, field in fields.items()}


def _what_it_is(sources: Sequence[Source], *, first: bool) -> dict[str, forms.Field]:
    elsewhere = ("", "Not on this case: say below who told it")
    stands = forms.ChoiceField(
        label="Where does it stand on this case?", required=False,
        choices=[elsewhere, *((one.key, _told(one)) for one in sources)],
    )  # fmt: skip
    words = Prose(
        label="What is it?", who_sees=SEEN, rows=2, required=False,
        help_text="Leave it empty to take the whole of what you chose above."
        + (f" {in_force().text('no_is_no_sign').paragraphs[0]}" if first else ""),
    )  # fmt: skip
    source = forms.CharField(
        label="Who told it, or where was it seen?", required=False, max_length=200,
        help_text="Only where it does not stand on this case.",
    )  # fmt: skip
    return {"taken_from": asked(stands), "words": words, "source": asked(source, who_sees=SEEN)}


def _select(
    label: str, choices: Sequence[tuple[str, str]], *, nothing: bool = True
) -> forms.ChoiceField:
    first = [("", "Choose")] if nothing else []
    return asked(forms.ChoiceField(label=label, required=False, choices=[*first, *choices]))


def _of_a_diagnosis(row: str) -> dict[str, forms.Field]:
    """A diagnosis says how it bears, and whose word it is: alone it shows nothing."""
    diagnosis = Choice(
        label="Is it a diagnosis?", required=False, initial="no", choices=NO_OR_YES,
        reveals={"yes": (f"{row}_bears_how", f"{row}_clinician")},
    )  # fmt: skip
    bears_how = Prose(
        label="How does it bear on this factor?", who_sees=SEEN, rows=2,
        help_text="A diagnosis alone shows nothing.",
        error_messages={"required": "Enter how the diagnosis bears on this factor"},
    )  # fmt: skip
    clinician = forms.CharField(
        label="Whose clinical word is it?", help_text="Name and post.", max_length=200,
        error_messages={"required": "Enter whose clinical word it is"},
    )  # fmt: skip
    return {
        "diagnosis": diagnosis,
        "bears_how": bears_how,
        "clinician": asked(clinician, who_sees=SEEN),
    }


def _told(one: Source) -> str:
    words = " ".join(one.words.split())
    short = words if len(words) <= SHORT else f"{words[:SHORT].rstrip()} …"
    return f"{one.named}{f', {day(one.on)}' if one.on else ''}: {short}"


def begun(number: int, one: Proof) -> dict[str, Any]:
    """What is saved of a piece of evidence, as the row shows it."""
    row = f"evidence_{number}"
    return {
        f"{row}_taken_from": one.taken_from,
        f"{row}_words": one.words,
        f"{row}_source": "" if one.taken_from else one.source,
        f"{row}_kind": one.kind,
        f"{row}_speaks_for": "for" if one.speaks_for else "against",
        f"{row}_self_report": "yes" if one.self_report else "no",
        f"{row}_diagnosis": "yes" if one.clinician else "no",
        f"{row}_bears_how": one.bears_how,
        f"{row}_clinician": one.clinician,
        f"{row}_date": one.happened_date,
    }


def errors_of(number: int, said: dict[str, Any]) -> dict[str, str]:
    """What is wrong with one row, by question; nothing where the row is empty."""
    given = {name: said.get(f"evidence_{number}_{name}") for name in (*NAMES, *REVEALED)}
    if not is_said(number, said):
        return {}
    wrong = {name: words for name, words in WRONG.items() if not given[name]}
    if not given["taken_from"]:
        if not given["source"]:
            wrong["source"] = "Enter where this evidence comes from"
        if not given["words"]:
            wrong["words"] = "Enter what the evidence is"
    return {f"evidence_{number}_{name}": words for name, words in wrong.items()}


def is_said(number: int, said: dict[str, Any]) -> bool:
    return any(said.get(f"evidence_{number}_{name}") for name in ("taken_from", "words", "source"))


def proof(number: int, said: dict[str, Any]) -> Proof:
    given = {name: said[f"evidence_{number}_{name}"] for name in (*NAMES, *REVEALED)}
    return Proof(
        given["words"], given["source"], given["speaks_for"] == "for", given["kind"],
        given["date"], given["self_report"] == "yes", given["taken_from"], given["bears_how"],
        given["clinician"],
    )  # fmt: skip
