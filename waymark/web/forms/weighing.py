"""The questions of weighing what partners answered: marks, and what does not fit (2.7.9)."""

from typing import Any

from django import forms

from waymark.cases.models import Case
from waymark.cases.writers import people_who_write
from waymark.sharing.contradictions import State as Settled
from waymark.sharing.models import Contradiction, ItemAnswered
from waymark.sharing.reading import Asked
from waymark.sharing.told import ToldHere
from waymark.sharing.weighing import CHOSEN, Marking, State
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked
from waymark.web.sections import Section, Sectioned

OURS = "the police, chair and Prevent lead"
LACKS = {"who": "Select who checks it", "by_date": "Enter by when it is checked"}


class MarkForm(Sectioned):
    """Every answer with its mark; what is left as it stands is written down no second time."""

    who = asked(
        forms.ChoiceField(label="Who checks what is to be checked?", required=False),
        who_sees=OURS,
    )  # fmt: skip
    by_date = DateField(
        label="By when is it checked?", called="The date to check it by", future=True,
        required=False, help_text="It becomes a task of whoever checks it.",
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, told: list[ToldHere]):
        super().__init__(data, version=case.version)
        self.told = {str(one.row.pk): one for one in told}
        self.people = {str(user.pk): user for user in people_who_write(case)}
        for key, one in self.told.items():
            self.fields |= _mark(key, one)
        chosen = self.fields["who"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "Choose"), *((key, user.name) for key, user in self.people.items())]

    def sections(self) -> list[Section]:
        return [
            *(
                Section(one.organisation, [f"state_{key}"], small=True,
                        rows=[{"question": one.question, "answer": _said(one)}])
                for key, one in self.told.items()
            ),
            Section("What is to be checked", ["who", "by_date"],
                    lead="For each answer that you mark so now. To give one to somebody else later,"
                " write its words anew.", clause="2.7.9"),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        """What is to be checked has somebody who does it, by a day."""
        said = super().clean() or self.cleaned_data
        if any(one.state == State.TO_CHECK for one in self._new(said)):
            for name, words in LACKS.items():
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said

    def markings(self) -> list[Marking]:
        """Only what differs from the mark that stands."""
        return self._new(self.cleaned_data)

    def _new(self, said: dict[str, Any]) -> list[Marking]:
        who, day = self.people.get(str(said.get("who") or "")), said.get("by_date")
        marked = [
            (one, said.get(f"state_{key}") or "", said.get(f"words_{key}") or "")
            for key, one in self.told.items()
        ]
        return [
            Marking(one.row, state, words, who, day)
            for one, state, words in marked
            if state and (one.mark is None or (one.mark.state, one.mark.words) != (state, words))
        ]


def _mark(key: str, one: ToldHere) -> dict[str, forms.Field]:
    """The choice of one answer, with what is to be checked."""
    state = Choice(
        label="What becomes of this answer?", choices=[(each.value, each.label) for each in CHOSEN],
        required=False, reveals={State.TO_CHECK.value: f"words_{key}"},
        initial=one.mark.state if one.mark else "",
    )  # fmt: skip
    words = Prose(
        label="What is to be checked?", who_sees=OURS, rows=2,
        initial=one.mark.words if one.mark else "",
        error_messages={"required": f"Enter what is to be checked of {one.organisation}"},
    )  # fmt: skip
    return {f"state_{key}": state, f"words_{key}": words}


def _said(one: ToldHere) -> str:
    source = f"\n({one.row.source})" if isinstance(one.row, ItemAnswered) else ""
    return f"{one.row.words}{source}"


class ContradictionForm(Questions):
    answers = Choices(
        label="Which two answers do not fit?", choices=[],
        error_messages={"required": "Select the two answers that do not fit"},
    )  # fmt: skip
    words = Prose(
        label="What does not fit?", who_sees=OURS, rows=3,
        error_messages={"required": "Enter what does not fit"},
    )  # fmt: skip
    done = Prose(
        label="What is done about it?", who_sees=OURS, rows=3,
        help_text="Such as who is asked again, and by when.",
        error_messages={"required": "Enter what is done about it"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, question: Asked):
        super().__init__(data, version=case.version)
        self.rows = {str(one.answer.pk): one.answer for one in question.answers if one.answer}
        chosen = self.fields["answers"]
        assert isinstance(chosen, Choices)
        chosen.choices = [
            (str(one.answer.pk), one.organisation) for one in question.answers if one.answer
        ]
        chosen.hints = {key: row.words for key, row in self.rows.items()}
        if len(self.rows) == 2:
            chosen.initial = list(self.rows)

    def chosen(self) -> list[ItemAnswered]:
        return [self.rows[key] for key in self.cleaned_data["answers"]]


class FollowForm(Questions):
    state = Choice(
        label="Where does it stand?", choices=Settled.choices,
        error_messages={"required": "Select whether it is settled"},
    )  # fmt: skip
    done = Prose(
        label="What was done, or is done next?", who_sees=OURS, rows=3,
        help_text="What was written before stays, and this follows it.",
        error_messages={"required": "Enter what was done, or is done next"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, before: Contradiction):
        super().__init__(data, version=case.version)
        self.before = before
