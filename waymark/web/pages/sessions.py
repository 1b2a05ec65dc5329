"""A session of support, entered by who gives it: held exists by this entry alone (R18)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.database.clock import today
from waymark.policy.lateness import day_in_words
from waymark.support import sessions
from waymark.support.models import Piece
from waymark.support.ordered import next_session
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy
from waymark.web.case_act import sent
from waymark.web.piece_frame import piece_act, piece_page


class SessionForm(Questions):
    """Of a day that has a session already, it asks whether this is another."""

    state = Choice(
        label="Was the session held?",
        choices=[("held", "It was held"), ("missed", "It was not held")],
        error_messages={"required": "Select whether the session was held"},
    )
    happened_date = DateField(
        label="On which day?",
        called="The day of the session",
        past=True,
        error_messages={"required": "Enter the day of the session"},
    )
    words = Prose(
        label="How did it go, or why was it not held?",
        who_sees="you, the lead of this support, and the panel",
        error_messages={"required": "Enter how it went, or why it was not held"},
    )
    another = Choice(
        label="Is this another session of the same day?",
        choices=[("yes", "Yes: there were two"), ("no", "No: it is the same one")],
        required=False,
    )

    def __init__(self, data: Any, *, entered: set[date], due: date | None):
        super().__init__(data)
        self.entered = entered
        if due and due <= today():
            self.fields["happened_date"].initial = due
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
        on = given.get("happened_date")
        if on not in self.entered or given.get("another") == "yes":
            return given
        already = f"A session on {day_in_words(on)} is written down already"
        if given.get("another") == "no":
            self.add_error("another", f"{already}: leave this page, or change the day")
        else:
            self.add_error("another", f"{already}. Select whether this is another")
        return given


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: AskedBy, piece: Piece) -> HttpResponse:
    form = SessionForm(
        sent(request), entered=sessions.days_entered(piece),
        due=next_session(piece, by=request.user),
    )  # fmt: skip
    return piece_act(
        request, piece, form,
        lambda given: sessions.log(
            piece, by=request.user, state=given.cleaned_data["state"],
            happened_date=given.cleaned_data["happened_date"], words=given.cleaned_data["words"],
            another=given.cleaned_data.get("another") == "yes",
        ),
        rule=sessions.may_log_session,
        title="Enter a session",
        button="Enter this session",
        lead="A session counts as held only when you enter it.",
        lead_clause="2.9.4",
        said="The session is entered.",
    )  # fmt: skip
