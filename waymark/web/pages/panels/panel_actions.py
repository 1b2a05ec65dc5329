"""What the panel gave somebody to do: they see it, not the case (2.8.19)."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.audit.looks import look
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.permission import refusal
from waymark.panels import actions
from waymark.panels.reading.actions import found, given_at
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import Prose, Questions
from waymark.web.access import AskedBy, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent


class DoneForm(Questions):
    words = Prose(
        label="What was done, and what came of it?",
        who_sees="you, the chair and the panel",
        error_messages={"required": "Enter what was done"},
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: AskedBy, key: int) -> HttpResponse:
    one = found(key, by=request.user)
    if one is None:
        raise Http404
    look(
        by=request.user, at=now(), case_id=one.case_id, part=Part.PANEL.value,
        purpose="own_task", object_kind="action", object_id=one.pk, had_task=True,
    )  # fmt: skip
    refused = None if request.method == "POST" else refusal(actions.may_finish, request.user, one)
    return act_page(
        request, DoneForm(sent(request)),
        lambda given: actions.finish_action(
            one, by=request.user, words=given.cleaned_data["words"]
        ),
        done="/",
        said="The action is written down as done.",
        context={
            "title": "Say that an action is done",
            "button": "Write this down",
            "lead": f"{given_at(one, by=request.user)} {_sentence(one.words)}"
            f" Due {day_in_words(one.due_date)}.".strip(),
            "lead_clause": "2.8.19",
            "back": "/",
            "refusal": refused,
        },
    )  # fmt: skip


def _sentence(words: str) -> str:
    """The words as they were written, with a stop where none was set."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
