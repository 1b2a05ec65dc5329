"""Corrections of a minute before it is signed: proposed by who was there, answered by the chair."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.audit.looks import look
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.panels.meeting import corrections
from waymark.panels.models import Meeting, Minute, ProposedCorrection
from waymark.panels.reading.minuted import minute_of, proposed
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy
from waymark.web.frames.case_act import sent
from waymark.web.frames.meeting import meeting_act, meeting_page

SEEN = "the panel, and whoever is invited until the minutes are signed"


def _looked(request: AskedBy, minute: Minute) -> None:
    look(
        by=request.user, at=now(), case_id=minute.case_id, part=Part.PANEL.value,
        purpose="own_area", object_kind="minute", object_id=minute.pk, sight="meeting",
    )  # fmt: skip


class ProposeForm(Questions):
    words = Prose(
        label="What should the minute say instead, and why?", who_sees=SEEN,
        error_messages={"required": "Enter what the minute should say"},
    )  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """Whoever was there says what the draft should say."""
    minute = minute_of(meeting, number)
    if minute is None:
        raise Http404
    _looked(request, minute)
    return meeting_act(
        request, meeting, ProposeForm(sent(request)),
        lambda given: corrections.propose(
            minute, by=request.user, words=given.cleaned_data["words"]
        ),
        rule=lambda: corrections.may_propose(request.user, minute),
        title=f"Propose a correction to the minute of case {minute.case.reference}",
        button="Propose it",
        lead="The chair accepts it, or refuses it and says why, before the minutes are signed.",
        lead_clause="2.8.19",
        done=reverse("meeting_minutes", args=[meeting.pk]),
        said="The correction is proposed. It waits for the chair.",
    )  # fmt: skip


class AnswerForm(Questions):
    answer = Choice(
        label="What do you decide?",
        choices=[("accept", "Accept it"), ("refuse", "Refuse it")],
        reveals={"accept": "minute", "refuse": "why"},
        error_messages={"required": "Select whether you accept it"},
    )
    minute = Prose(
        label="The whole minute as it now reads", who_sees=SEEN, rows=14,
        error_messages={"required": "Enter the words of the minute"},
    )  # fmt: skip
    why = Prose(
        label="Why do you refuse it?", who_sees=SEEN, rows=4,
        error_messages={"required": "Enter why you refuse it"},
    )  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """The chair takes a correction up, or leaves the minute as it is with a reason."""
    one = proposed(meeting, number)
    if one is None:
        raise Http404
    _looked(request, one.minute)
    words = f"{one.minute.words}\n\n{one.words}"
    return meeting_act(
        request, meeting, AnswerForm(sent(request), initial={"minute": words}),
        lambda given: _answer(one, request, given.cleaned_data),
        rule=lambda: corrections.may_answer(request.user, one),
        title=f"Answer a correction to the minute of case {one.minute.case.reference}",
        button="Save the answer",
        lead=f"{one.by.name} proposes: {one.words}",
        lead_clause="2.8.19",
        done=reverse("meeting_minutes", args=[meeting.pk]),
        said="The correction is answered.",
    )  # fmt: skip


def _answer(one: ProposedCorrection, request: AskedBy, given: dict[str, Any]) -> None:
    if given["answer"] == "accept":
        corrections.accept(one, by=request.user, minute_words=given["minute"])
    else:
        corrections.refuse(one, by=request.user, why=given["why"])
