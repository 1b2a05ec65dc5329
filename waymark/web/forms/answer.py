"""The questions of an answer to a request: here, or as it came by a route as secure (2.7.9)."""

from typing import Any

from django import forms

from waymark.directory.models import User
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.sharing.models import ItemAsked, Reply, Request
from waymark.sharing.passing import colleagues_for
from waymark.sharing.replies import Answer, Answering, Route
from waymark.sharing.requests import usual_date
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked, revealed_by
from waymark.web.door.uploading import SentFiles
from waymark.web.forms.enclosed import TakesFiles, file_fields
from waymark.web.sections import Section, Sectioned

State, CameBy = Reply.State, Reply.CameBy
SEEN = "the police, and chair and Prevent lead of the area"
BOTH = "the police, chair, Prevent lead and co-ordinator, and the organisation that is asked"
STATES = {
    State.NOTHING_KNOWN: "The systems were checked, and nothing is known.",
    State.PART: "The rest is still expected by the date.",
    State.DECLINED: "Say why below.",
}


class AnswerForm(TakesFiles, Sectioned):
    state = Choice(
        label="What is the answer?",
        choices=State.choices,
        hints={state.value: words for state, words in STATES.items()},
        error_messages={"required": "Select what the answer is"},
    )
    words = Prose(
        label="Anything beyond the questions; or why it is declined",
        who_sees=SEEN, rows=4, required=False,
    )  # fmt: skip
    held_back = Choice(
        label="Is anything held back?",
        help_text="Say whether, and who decided so. Not what it is.",
        choices=[("no", "No"), ("yes", "Yes")],
        reveals={"yes": "held_back_decided_by"},
        error_messages={"required": "Select whether anything is held back"},
    )
    held_back_decided_by = asked(
        forms.CharField(
            label="Who decided to hold it back?", help_text="Name and post.", max_length=200,
            error_messages={"required": "Enter who decided to hold it back"},
        ),
        who_sees=SEEN,
    )  # fmt: skip

    documents, documents_title = file_fields(SEEN).values()

    def __init__(
        self, data: Any, *, request: Request, items: list[ItemAsked],
        files: SentFiles | None = None,
    ):  # fmt: skip
        super().__init__(data, files=files, version=request.version)
        self.items = items
        for item in items:
            self.fields |= self._of(item)
        self.order_fields(self._as_shown())

    def _as_shown(self) -> list[str]:
        """The questions in the order of the page, so that its errors stand in the same."""
        return [
            name
            for section in self.sections()
            for shown in section.names
            for name in (shown, *(each for _, each in revealed_by(self.fields[shown])))
        ]

    def _of(self, item: ItemAsked) -> dict[str, forms.Field]:
        number = item.position
        words = Prose(label="What is known?", who_sees=SEEN, rows=3, required=False)
        source = asked(
            forms.CharField(
                label="Where does it come from?", required=False, max_length=200,
                help_text="Such as a register, a file or a person’s own knowledge.",
            ),
            who_sees=SEEN,
        )  # fmt: skip
        day = DateField(
            label="Of which day is it?", called=f"The day of answer {number}",
            required=False, past=True, help_text="Leave empty where no day fits.",
        )  # fmt: skip
        return {f"{number}_words": words, f"{number}_source": source, f"{number}_date": day}

    def sections(self) -> list[Section]:
        return [
            Section("The answer", ["state"], clause="2.9.3",
                    lead="Answer also where nothing is known: silence is not taken for it."),
            *(
                Section(f"{item.position}. {item.words}",
                        [f"{item.position}_{name}" for name in ("words", "source", "date")])
                for item in self.items
            ),
            Section("Beyond the questions", ["words", "held_back"]),
            Section("Files", ["documents", "documents_title"]),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        """An answer names its source, and a source is of an answer."""
        said = super().clean() or self.cleaned_data
        for item in self.items:
            number = item.position
            words, source = said.get(f"{number}_words"), said.get(f"{number}_source")
            if words and not source:
                self.add_error(f"{number}_source", f"Enter where answer {number} comes from")
            if source and not words:
                self.add_error(f"{number}_words", f"Enter what is known of question {number}")
        return said

    def answering(self) -> Answering:
        said = self.cleaned_data
        answers = [
            Answer(item, said[f"{item.position}_words"], said[f"{item.position}_source"],
                   said[f"{item.position}_date"])
            for item in self.items
            if said[f"{item.position}_words"]
        ]  # fmt: skip
        return Answering(
            state=said["state"], held_back=said["held_back"] == "yes",
            held_back_decided_by=said["held_back_decided_by"], words=said["words"], items=answers,
            enclosed=self.enclosed(),
        )  # fmt: skip


class EnterForm(AnswerForm):
    """The same, with how it came and from whom."""

    came_by = Choice(
        label="How did it come?",
        choices=[(CameBy.SECURE_EMAIL, "Secure e-mail"), (CameBy.TELEPHONE, "Telephone")],
        reveals={CameBy.SECURE_EMAIL: "original_kept", CameBy.TELEPHONE: "read_back"},
        error_messages={"required": "Select how the answer came"},
    )
    original_kept = asked(
        forms.CharField(
            label="Where is the e-mail kept?", max_length=300,
            error_messages={"required": "Enter where the e-mail is kept"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    read_back = Choice(
        label="Was it read back to whoever gave it?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        error_messages={"required": "Select whether it was read back"},
    )
    given_by = asked(
        forms.CharField(
            label="Who gave it?", help_text="Name and post.", max_length=200,
            error_messages={"required": "Enter who gave the answer"},
        ),
        who_sees=SEEN,
    )  # fmt: skip

    def sections(self) -> list[Section]:
        came = Section("How it came", ["came_by", "given_by"], clause="2.7.9",
                       lead="Only by Prevent secure e-mail or a route as secure.")  # fmt: skip
        return [came, *super().sections()]

    def route(self) -> Route:
        said = self.cleaned_data
        return Route(
            came_by=said["came_by"], given_by=said["given_by"],
            original_kept=said["original_kept"], read_back=said["read_back"] == "yes",
        )  # fmt: skip


class PassOnForm(Questions):
    to = Choice(
        label="Who has it from now on?", choices=[], reveals={"other": "named"},
        error_messages={"required": "Select who has it from now on"},
    )  # fmt: skip
    named = asked(
        forms.CharField(
            label="Who is it?", help_text="Name and post.", max_length=200,
            error_messages={"required": "Enter who has it from now on"},
        ),
        who_sees=SEEN,
    )  # fmt: skip

    def __init__(self, data: Any, *, request: Request):
        super().__init__(data, version=request.version)
        self.people = {str(user.pk): user for user in colleagues_for(request)}
        chosen = self.fields["to"]
        assert isinstance(chosen, Choice)
        chosen.choices = [
            *((key, user.name) for key, user in self.people.items()),
            ("other", "Somebody who has no account here"),
        ]
        chosen.hints = {"other": "It goes on waiting: the police ask them for the answer."}
        chosen.divider = "other" if self.people else ""

    def goes_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


class MoveDateForm(Questions):
    due_date = DateField(
        label="By when is the answer needed now?", called="The date to answer by", future=True,
        error_messages={"required": "Enter by when the answer is needed"},
    )  # fmt: skip
    why = Prose(
        label="Why does the date move?", who_sees=BOTH, rows=3,
        error_messages={"required": "Enter why the date moves"},
    )  # fmt: skip

    def __init__(self, data: Any, *, request: Request):
        super().__init__(data, version=request.version)
        self.fields[
            "due_date"
        ].help_text = f"The answer is due on {day_in_words(request.due_date)}. {_usual()}"


def _usual() -> str:
    limit = in_force().limit("partner_reply")
    unit = limit.unit.replace("_", " ")
    return (
        f"Counted from today, the usual {limit.amount} {unit} end on {day_in_words(usual_date())}."
    )
