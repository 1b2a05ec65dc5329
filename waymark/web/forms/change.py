"""What somebody tells of a change or of a new concern, and what follows from it."""

from typing import Any

from django import forms

from waymark.cases.models import ChangeTold
from waymark.cases.written import changes
from waymark.database.clock import today
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked

SEEN = "you, the lead of this case, the chair and the police"
DANGER = "Is somebody in danger now? Ring 999 first."


class ChangeForm(Questions):
    """By a partner or a provider, who notice it themselves or have it from a colleague."""

    kind = Choice(
        label="What do you tell?",
        choices=[("change", "A change that matters"), ("concern", "A new concern")],
        hints={"change": "For example another school, a move, an illness, a new job, good news."},
        reveals={"concern": "person_knows"},
        error_messages={"required": "Select what you tell"},
    )
    person_knows = Prose(
        label="What was the person told beforehand of passing this on?", who_sees=SEEN, rows=2,
        help_text="They were told at the start what is passed on. If they do not know of this: why"
        " not.",
        error_messages={"required": "Enter what the person was told, or why they were not"},
    )  # fmt: skip
    words = Prose(
        label="What has changed, or what worries you?", who_sees=SEEN, rows=4,
        help_text="What was seen or heard, by whom. Keep facts and opinion apart.",
        error_messages={"required": "Enter what has changed, or what worries you"},
    )  # fmt: skip
    happened_date = DateField(
        label="When was it seen?", called="The day on which it was seen", past=True,
        error_messages={"required": "Enter when it was seen"},
    )  # fmt: skip

    def __init__(self, data: Any):
        super().__init__(data)
        self.fields["happened_date"].initial = today()

    def given(self) -> dict[str, Any]:
        names = ("kind", "words", "happened_date", "person_knows")
        return {name: self.cleaned_data.get(name) or "" for name in names}


class TellForm(ChangeForm):
    """By whoever sees the case: it may come from the family or the person."""

    source = Choice(
        label="Who noticed it?", choices=ChangeTold.Source.choices,
        error_messages={"required": "Select who noticed it"},
    )  # fmt: skip
    told_by = asked(
        forms.CharField(
            label="Their name, and who they are to the person", max_length=200,
            help_text="For example Alex Ashdown, mother.",
            error_messages={"required": "Enter who told you"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    field_order = ("source", "told_by")

    def said(self) -> changes.Said:
        more = {name: self.cleaned_data[name] for name in ("source", "told_by")}
        return changes.Said(**self.given() | more)


class FollowsForm(Questions):
    follows = Prose(
        label="What follows from it?", who_sees="those who write on this case, and the panel",
        rows=3, help_text="What is done, by whom and until when; or why nothing needs to be.",
        error_messages={"required": "Enter what follows from it"},
    )  # fmt: skip


class DangerForm(Questions):
    words = Prose(
        label="What did you see or hear?",
        who_sees="you, the police, the chair and the lead of this case",
        rows=4,
        help_text="What, when, where, and who is in danger.",
        error_messages={"required": "Enter what you saw or heard"},
    )
