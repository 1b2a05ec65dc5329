"""The questions about a risk of criminality that has risen, and about conflict (2.8.17, 2.7.10)."""

from typing import Any

from waymark.cases.known.conflict import Conflict
from waymark.cases.known.risen import Follows
from waymark.cases.models import Case, Stage
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.forms.hold import POLICE_ONLY

TOLD = "police only: others see that you considered it and what follows, not what you write here"


def escalation() -> Prose:
    return Prose(
        label="What did you consider of the police’s own ways of escalating?",
        help_text="No intelligence is written here.",
        who_sees=TOLD, rows=4,
        error_messages={"required": "Enter what the police considered"},
    )  # fmt: skip


def suits() -> Prose:
    return Prose(
        label="Is the case still suitable for Channel, and why?",
        who_sees=TOLD, rows=4,
        error_messages={"required": "Enter whether the case is still suitable for Channel"},
    )  # fmt: skip


class RisenForm(Questions):
    words = Prose(
        label="What has raised the risk?",
        help_text="What was seen or heard, when, and from whom you have it. Do not look into it"
        " yourself.",
        who_sees="police, chair and the Prevent lead of this case",
        error_messages={"required": "Enter what has raised the risk"},
    )


class ConsiderForm(Questions):
    escalation = escalation()
    suits = suits()
    follows = Choice(
        label="What follows?",
        choices=Follows.choices,
        reveals={"held": "look_again_date"},
        error_messages={"required": "Select what follows"},
    )
    look_again_date = DateField(
        label="When do you look at it again?", called="The date on which you look at it again",
        future=True, error_messages={"required": "Enter the date on which you look at it again"},
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case):
        """Of a case that is held already only that stands: nothing further is asked."""
        super().__init__(data, version=case.version)
        if case.stage == Stage.POLICE_HELD:
            field = self.fields["follows"]
            assert isinstance(field, Choice)
            field.choices, field.reveals = [("held", "The police go on holding the case")], {}
            del self.fields["look_again_date"]


class ConflictForm(Questions):
    conflict = Choice(
        label="Is there a conflict with other police work?",
        choices=Conflict.choices,
        reveals={Conflict.TO_BE_CHECKED.value: "check_again_date"},
        who_sees=POLICE_ONLY,
        error_messages={"required": "Select whether there is a conflict"},
    )
    check_again_date = DateField(
        label="When is it checked again?", called="The date to check conflict again", future=True,
        error_messages={"required": "Enter when it is checked again"},
    )  # fmt: skip
