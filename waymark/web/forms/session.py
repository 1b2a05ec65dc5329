"""A session, entered by who gives the support: a few questions, on a telephone in a minute."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from waymark.database.clock import today
from waymark.policy.lateness import day_in_words
from waymark.support.models import Session
from waymark.support.sessions import More
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions

SEEN = "you, the lead of this support, and the panel"


class SessionForm(Questions):
    """Of a day that has a session already, it asks whether this is another."""

    state = Choice(
        label="Was the session held?",
        choices=[("held", "It was held"), ("missed", "It was not held")],
        reveals={"held": "progress", "missed": ("missed_why", "offered")},
        error_messages={"required": "Select whether the session was held"},
    )
    progress = Prose(
        label="Is there progress on the aim?", who_sees=SEEN, rows=2, required=False,
        help_text="What is different, if anything.",
    )  # fmt: skip
    missed_why = Choice(
        label="Why was it not held?", choices=Session.Missed.choices,
        error_messages={"required": "Select why it was not held"},
    )  # fmt: skip
    offered = Prose(
        label="What was the person offered, so that they can take part?", who_sees=SEEN, rows=2,
        required=False,
        help_text="For example an interpreter, another place or time, shorter meetings, somebody"
        " they trust beside them. Needed before you say that they did not engage.",
    )  # fmt: skip
    happened_date = DateField(
        label="On which day?",
        called="The day of the session",
        past=True,
        error_messages={"required": "Enter the day of the session"},
    )
    words = Prose(
        label="What was done, or what happened?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter what was done, or what happened"},
    )
    next_date = DateField(
        label="Which day is agreed for the next one?", called="The day agreed for the next one",
        future=True, required=False, help_text="Leave this empty if none is agreed.",
    )  # fmt: skip
    another = Choice(
        label="Is this another session of the same day?",
        choices=[("yes", "Yes: there were two"), ("no", "No: it is the same one")],
        required=False,
    )

    def __init__(self, data: Any, *, entered: set[date]):
        super().__init__(data)
        self.entered = entered
        self.fields["happened_date"].initial = today()
        if data is None or "another" not in data and not self._is_entered():
            del self.fields["another"]

    def _is_entered(self) -> bool:
        """Whether a session of the day that was sent is written down already."""
        field = self.fields["happened_date"]
        try:
            typed = field.clean(self["happened_date"].data)
        except ValidationError:
            return False
        return typed in self.entered

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("missed_why") == Session.Missed.DID_NOT_ENGAGE and not given.get("offered"):
            self.add_error(
                "offered",
                "Enter what the person was offered, so that they can take part, before you say"
                " that they did not engage",
            )
        self._ask_whether_another(given)
        return given

    def _ask_whether_another(self, given: dict[str, Any]) -> None:
        on = given.get("happened_date")
        if on is None or on not in self.entered or given.get("another") == "yes":
            return
        already = f"A session on {day_in_words(on)} is written down already"
        if given.get("another") == "no":
            self.add_error("another", f"{already}: leave this page, or change the day")
        else:
            self.add_error("another", f"{already}. Select whether this is another")

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        more = More(
            missed_why=given.get("missed_why") or "", offered=given.get("offered") or "",
            progress=given.get("progress") or "", next_date=given.get("next_date"),
        )  # fmt: skip
        return {
            "state": given["state"],
            "happened_date": given["happened_date"],
            "words": given["words"],
            "another": given.get("another") == "yes",
            "more": more,
        }
