"""The questions about one piece of evidence: what it is, and whose word it is (2.3.5)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from waymark.assessments.evidence import Proof
from waymark.assessments.models import Evidence
from waymark.assessments.sources import Source
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.ui.words import day

SEEN = "the police, chair and Prevent lead; the panel once it is signed"
NAMES = (
    "taken_from", "words", "source", "kind", "speaks_for", "self_report", "diagnosis", "date",
)  # fmt: skip
REVEALED = ("bears_how", "clinician")
SHORT = 70  # characters of what a record says, to tell it from another
WRONG = {
    "kind": "Select whether this is fact, opinion or allegation",
    "self_report": "Select whether this is the person’s own word",
}


def evidence_fields(number: int, sources: Sequence[Source]) -> dict[str, forms.Field]:
    """The questions of one row, by their names."""
    row = f"evidence_{number}"
    return {
        f"{row}_taken_from": asked(
            forms.ChoiceField(
                label="Where does it stand on this case?", required=False,
                choices=[("", "Not on this case: say below who told it"),
                         *((one.key, _told(one)) for one in sources)],
            )
        ),
        f"{row}_words": Prose(
            label="What is it?", who_sees=SEEN, rows=2, required=False,
            help_text="Leave it empty to take the whole of what you chose above.",
        ),
        f"{row}_source": asked(
            forms.CharField(
                label="Who told it, or where was it seen?", required=False, max_length=200,
                help_text="Only where it does not stand on this case.",
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
        f"{row}_diagnosis": Choice(
            label="Is it a diagnosis?", required=False, initial="no",
            choices=[("no", "No"), ("yes", "Yes")],
            reveals={"yes": (f"{row}_bears_how", f"{row}_clinician")},
        ),
        f"{row}_bears_how": Prose(
            label="How does it bear on this factor?", who_sees=SEEN, rows=2,
            help_text="A diagnosis alone shows nothing.",
            error_messages={"required": "Enter how the diagnosis bears on this factor"},
        ),
        f"{row}_clinician": asked(
            forms.CharField(
                label="Whose clinical word is it?", help_text="Name and post.", max_length=200,
                error_messages={"required": "Enter whose clinical word it is"},
            ),
            who_sees=SEEN,
        ),
        f"{row}_date": DateField(
            label="Of which day?", called=f"The day of evidence {number + 1}", required=False,
            past=True,
        ),
    }  # fmt: skip


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
