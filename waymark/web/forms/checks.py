"""The questions of asking partners, and of finishing their checks (2.7.8, 2.9.3)."""

from typing import Any

from django import forms

from waymark.cases.known import gathering
from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.directory.models import Organisation
from waymark.policy.lateness import day_in_words
from waymark.sharing import reading, requests
from waymark.sharing.told import ToldHere
from waymark.ui.dates import DateField
from waymark.ui.forms import Choices, Prose, Questions
from waymark.web.sections import Section, Sectioned

SEEN = "the police, chair and Prevent lead, and each organisation that is asked"
OURS = "the police, chair and Prevent lead"


class ChooseForm(Questions):
    """First whom: sent by GET, since nothing is written down yet."""

    organisations = Choices(
        label="Who is asked?", choices=[],
        help_text="Each gets a request of its own. On the next page you write what all are asked,"
        " and what one of them is asked besides.",
        error_messages={"required": "Select at least one organisation to ask"},
    )  # fmt: skip

    chosen = forms.CharField(widget=forms.HiddenInput, required=False, initial="yes")

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data)
        _offer(self, reading.to_be_asked(case))


def _offer(form: Questions, bodies: list[reading.ToBeAsked]) -> None:
    """Let these be chosen; whom the lead named is chosen already."""
    chosen = form.fields["organisations"]
    assert isinstance(chosen, Choices)
    chosen.choices = [(str(one.body.pk), one.body.name) for one in bodies]
    chosen.hints = {str(one.body.pk): _hint(one) for one in bodies}
    chosen.initial = [str(one.body.pk) for one in bodies if one.named_why]


class AskForm(Sectioned):
    """What all of them are asked, once; and below it what one of them is asked besides."""

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
        label="What are all of them asked?", who_sees=SEEN, rows=6, required=False,
        help_text="Each question on a line of its own. Each is answered by itself.",
    )  # fmt: skip
    due_date = DateField(
        label="By when is the answer needed?", called="The date to answer by", future=True,
        help_text="Both sides see it. The chair or co-ordinator can move it, with a reason.",
        error_messages={"required": "Enter by when the answer is needed"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, chosen: list[str]):
        super().__init__(data, version=case.version)
        can = reading.to_be_asked(case)
        self.chosen = [one for one in can if str(one.body.pk) in chosen] or can
        self.bodies = {str(one.body.pk): one.body for one in self.chosen}
        _offer(self, self.chosen)
        for one in self.chosen:
            self.fields |= _own(one)
        gathered = gathering.last_gathering(case)
        self.initial = {
            "organisations": chosen or self.fields["organisations"].initial,
            "about": gathered.to_check_with if gathered else "",
            "due_date": requests.usual_date(),
        }

    def sections(self) -> list[Section]:
        return [
            Section("Who", ["organisations"], clause="2.7.8"),
            Section("What all of them are asked", ["about", "items", "words"], clause="1.3.3",
                    lead="As much as is strictly necessary, and no more."),
            *(
                Section(f"Only for {one.body.name}",
                        [f"items_{one.body.pk}", f"words_{one.body.pk}"],
                        lead="Leave both empty where it is asked no more than the others.")
                for one in self.chosen
            ),
            Section("By when", ["due_date"], clause="2.9.3"),
        ]  # fmt: skip

    def asking(self) -> requests.Asking:
        said = self.cleaned_data
        own = {
            body: requests.Own(said[f"items_{key}"].splitlines(), said[f"words_{key}"])
            for key, body in self.bodies.items()
        }
        return requests.Asking(
            about=said["about"], words=said["words"], items=said["items"].splitlines(),
            due_date=said["due_date"], own=own,
        )  # fmt: skip

    def asked(self) -> dict[Organisation, None]:
        return {self.bodies[key]: None for key in self.cleaned_data["organisations"]}


def _own(one: reading.ToBeAsked) -> dict[str, forms.Field]:
    """What one organisation alone is asked; nobody else sees it."""
    sees = f"the police, chair and Prevent lead, and {one.body.name}"
    items = Prose(
        label="Further questions", who_sees=sees, rows=3, required=False,
        help_text="Each on a line of its own.",
    )  # fmt: skip
    words = Prose(
        label="What is it for, in other words?", who_sees=sees, rows=2, required=False,
        help_text="In place of what is written for all.",
    )  # fmt: skip
    return {f"items_{one.body.pk}": items, f"words_{one.body.pk}": words}


def _hint(one: reading.ToBeAsked) -> str:
    """Why the lead named it, whether it answered before, and who is asked there."""
    who = f"Asked of {one.contact.name}." if one.contact else "Nobody there answers here: you ask."
    named = f"Named by the lead: {one.named_why.rstrip(' .')}. " if one.named_why else ""
    before = "Has answered an earlier request. " if one.asked_before else ""
    return f"{named}{before}{who}"


class FinishForm(Sectioned):
    why = Prose(
        label="What did the checks show?", who_sees=OURS,
        error_messages={"required": "Enter what the checks showed"},
    )  # fmt: skip

    unmarked_why = Prose(
        label="Why are they left as they are?", who_sees=OURS, rows=2,
        error_messages={"required": "Enter why these answers are not marked"},
    )  # fmt: skip

    def __init__(
        self, data: Any, *, case: Case, silent: list[Organisation], unmarked: list[ToldHere]
    ):
        super().__init__(data, version=case.version)
        self.silent, self.unmarked = silent, unmarked
        if not unmarked:
            del self.fields["unmarked_why"]
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
        if self.unmarked:
            lead = "Go back and mark them; or say here, once for all, why you go on without."
            points = [f"{one.organisation}: {one.question}" for one in self.unmarked]
            parts.append(Section("Answers that nobody has marked", ["unmarked_why"], lead=lead,
                                 points=points, clause="2.7.9"))  # fmt: skip
        return parts

    def without_answer(self) -> dict[Organisation, str]:
        return {one: self.cleaned_data[f"without_{one.pk}"] for one in self.silent}
