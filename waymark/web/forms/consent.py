"""The questions of an answer on consent."""

from typing import Any

from django import forms

from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, asked
from waymark.web.sections import Section, Sectioned

SEEN = "those who write on this case, and the panel"
WHO = [("person", "The person"), ("parent", "A parent or guardian")]
ANSWERS = [
    ("given", "Yes: consent is given"),
    ("refused", "No: consent is refused"),
    ("capacity_lacking", "They cannot decide this now"),
]


class AnswerForm(Sectioned):
    """Who answered, by what authority, what, how they were asked, and when."""

    kind = Choice(
        label="Who answered?",
        choices=WHO,
        reveals={"parent": "name"},
        error_messages={"required": "Select who answered"},
    )
    name = asked(
        forms.CharField(
            label="Name of the parent or guardian", max_length=200,
            error_messages={"required": "Enter the name of the parent or guardian"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    authority = asked(
        forms.CharField(
            label="How do we know that they may answer?", max_length=200,
            help_text="Such as: 18 or over and able to decide; parental responsibility, as seen on"
            " an order.",
            error_messages={"required": "Enter how we know that they may answer"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    state = Choice(
        label="What did they answer?",
        choices=ANSWERS,
        error_messages={"required": "Select what they answered"},
    )
    how = Prose(
        label="How were they asked, who asked, and what did they say?",
        help_text="Say whether the notice was read or heard, and who was there.",
        who_sees=SEEN,
        error_messages={"required": "Enter how they were asked and what they said"},
    )
    answered_date = DateField(
        label="On which day did they answer?",
        called="The day of the answer",
        past=True,
        error_messages={"required": "Enter on which day they answered"},
    )

    def __init__(self, data: Any, *, version: int, parent: str = ""):
        super().__init__(data, version=version)
        self.fields["name"].initial = parent  # where one parent is known to answer

    def sections(self) -> list[Section]:
        names = ["kind", "name", "authority", "state", "how", "answered_date"]
        return [Section("The answer", names)]
