"""The questions of asking partners, and of finishing their checks (2.7.8, 2.9.3)."""

from typing import Any

from django import forms

from waymark.cases import gathering
from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.directory.models import Organisation
from waymark.policy.lateness import day_in_words
from waymark.sharing import reading, requests
from waymark.ui.dates import DateField
from waymark.ui.forms import Choices, Prose
from waymark.web.sections import Section, Sectioned

SEEN = "the police, chair and Prevent lead, and each organisation that is asked"
OURS = "the police, chair and Prevent lead"


class AskForm(Sectioned):
    organisations = Choices(
        label="Who is asked?", choices=[],
        error_messages={"required": "Select at least one organisation to ask"},
    )  # fmt: skip
    about = Prose(
        label="What do they need to find the person?", who_sees=SEEN, rows=4,
        help_text="No more than they need to check their systems.",
        error_messages={"required": "Enter what they need to find the person"},
    )  # fmt: skip
    words = Prose(
        label="What is it for, and why is so much needed?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter what it is for"},
    )  # fmt: skip
    items = Prose(
        label="What is asked?", who_sees=SEEN, rows=6,
        help_text="Each question on a line of its own. Each is answered by itself.",
        error_messages={"required": "Enter at least one question"},
    )  # fmt: skip
    due_date = DateField(
        label="By when is the answer needed?", called="The date to answer by", future=True,
        help_text="Both sides see it.",
        error_messages={"required": "Enter by when the answer is needed"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data, version=case.version)
        bodies = reading.to_be_asked(case)
        self.bodies = {str(one.body.pk): one.body for one in bodies}
        chosen = self.fields["organisations"]
        assert isinstance(chosen, Choices)
        chosen.choices = [(str(one.body.pk), one.body.name) for one in bodies]
        chosen.hints = {str(one.body.pk): _hint(one) for one in bodies}
        gathered = gathering.last_gathering(case)
        self.initial = {
            "organisations": [str(one.body.pk) for one in bodies if one.named_why],
            "about": gathered.to_check_with if gathered else "",
            "due_date": requests.usual_date(),
        }

    def sections(self) -> list[Section]:
        return [
            Section("Who", ["organisations"], clause="2.7.8"),
            Section("What", ["about", "items", "words"], clause="1.3.3",
                    lead="As much as is strictly necessary, and no more."),
            Section("By when", ["due_date"], clause="2.9.3"),
        ]  # fmt: skip

    def asking(self) -> requests.Asking:
        said = self.cleaned_data
        return requests.Asking(
            about=said["about"], words=said["words"], items=said["items"].splitlines(),
            due_date=said["due_date"],
        )  # fmt: skip

    def asked(self) -> dict[Organisation, None]:
        return {self.bodies[key]: None for key in self.cleaned_data["organisations"]}


def _hint(one: reading.ToBeAsked) -> str:
    """Why the lead named it, and who is asked there."""
    who = f"Asked of {one.contact.name}." if one.contact else "Nobody there answers here: you ask."
    named = one.named_why.rstrip(" .")
    return f"Named by the lead: {named}. {who}" if named else who


class FinishForm(Sectioned):
    why = Prose(
        label="What did the checks show?", who_sees=OURS,
        error_messages={"required": "Enter what the checks showed"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, silent: list[Organisation]):
        super().__init__(data, version=case.version)
        self.silent = silent
        self.in_part = reading.answered_in_part(case)
        self.never_asked = {one.organisation_id for one in reading.named_and_not_asked(case)}
        for one in silent:
            self.fields |= self._without(one)

    def _without(self, one: Organisation) -> dict[str, forms.Field]:
        words = Prose(
            label=f"{one.name} {self._where(one)}. What is done without its answer?",
            who_sees=OURS, rows=2,
            error_messages={"required": f"Enter what is done without {one.name}"},
        )  # fmt: skip
        return {f"without_{one.pk}": words}

    def _where(self, one: Organisation) -> str:
        """What is missing of this organisation, in words."""
        if one.pk in self.never_asked:
            return "was not asked"
        if asked := self.in_part.get(one.pk):
            verb = "was" if asked.is_late(today()) else "is"
            day = day_in_words(asked.due_date)
            return f"has answered in part. The rest {verb} due on {day}"
        return "has not answered"

    def sections(self) -> list[Section]:
        parts = [Section("What the checks showed", ["why"], clause="2.7.9")]
        if self.silent:
            names = [f"without_{one.pk}" for one in self.silent]
            lead = "Silence is never taken for “nothing known”. A late answer is chased and read."
            parts.append(Section("Still without a whole answer", names, lead=lead, clause="2.9.3"))
        return parts

    def without_answer(self) -> dict[Organisation, str]:
        return {one: self.cleaned_data[f"without_{one.pk}"] for one in self.silent}
