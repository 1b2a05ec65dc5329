"""The minutes of a meeting: drafted from decisions, signed, corrected only beside (2.8.19)."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.audit.looks import look
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.permission import permits, refusal
from waymark.panels.meeting import minutes as work
from waymark.panels.meeting.corrections import may_propose
from waymark.panels.meeting.meetings import may_chair
from waymark.panels.models import Departure, Meeting, Minute, ProposedCorrection
from waymark.panels.reading import meetings as reading
from waymark.panels.reading.minuted import departures_of, statement_of
from waymark.ui.forms import Prose, Questions
from waymark.web.access import AskedBy
from waymark.web.frames.case_act import sent
from waymark.web.frames.meeting import PlainForm, meeting_act, meeting_frame, meeting_page
from waymark.web.page import show
from waymark.web.papers.panel import minutes_pdf

SEEN = "the panel, and whoever is invited until the minutes are signed"


def _looked(request: AskedBy, minutes: list[Minute]) -> None:
    """Each case whose minute is read: before the first byte (S33)."""
    for minute in minutes:
        look(
            by=request.user, at=now(), case_id=minute.case_id, part=Part.PANEL.value,
            purpose="own_area", object_kind="minute", object_id=minute.pk, sight="meeting",
        )  # fmt: skip


def _departures(request: AskedBy, meeting: Meeting) -> list[Departure]:
    """Cases that moved to another panel meanwhile: what the reader may still read of them."""
    found = departures_of(meeting)
    for one in found:
        look(
            by=request.user, at=now(), case_id=one.case_id, part=Part.PANEL.value,
            purpose="own_area", object_kind="minute", object_id=one.pk,
        )  # fmt: skip
    return found


@meeting_page
@require_safe
def minutes(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """All of them, to be read before they are signed."""
    found = reading.minutes_of(meeting)
    _looked(request, found)
    context = meeting_frame(meeting) | {
        "minutes": [_shown(minute, request) for minute in found],
        "signing": refusal(work.may_sign, request.user, meeting),
        "sign": reverse("meeting_sign", args=[meeting.pk]),
        "may_sign": permits(work.may_sign, request.user, meeting),
        "read": statement_of(meeting),
        "departures": _departures(request, meeting),
        "pdf": reverse("meeting_minutes_pdf", args=[meeting.pk]),
    }
    return show(request, "panels/minutes.html", context)


@meeting_page
@require_safe
def pdf(request: AskedBy, meeting: Meeting, number: int | None = None) -> HttpResponse:
    """The minutes on paper: of the meeting, or of one case of it."""
    found = [one for one in reading.minutes_of(meeting) if number in (None, one.pk)]
    if number is not None and not found:
        raise Http404
    _looked(request, found)
    made = minutes_pdf(
        meeting, found, _departures(request, meeting) if number is None else [],
        reader=request.user, demonstration=settings.CONFIGURATION.demonstration,
    )  # fmt: skip
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="minutes-{meeting.reference}.pdf"'
    return response


def _shown(minute: Minute, request: AskedBy) -> dict[str, Any]:
    page = reverse("meeting_minute", args=[minute.meeting_id, minute.pk])
    signed = minute.signed_at is not None
    may = (
        permits(may_chair, request.user, minute.meeting.area)
        if signed
        else permits(work.may_write_minutes, request.user, minute)
    )
    act = "Correct this minute" if signed else "Change this minute"
    propose = reverse("meeting_propose", args=[minute.meeting_id, minute.pk])
    return {
        "proposed": [_proposed(one, request) for one in minute.proposed.all()],
        "propose": propose if permits(may_propose, request.user, minute) else "",
        "pdf": reverse("meeting_minute_pdf", args=[minute.meeting_id, minute.pk]),
        "reference": minute.case.reference,
        "words": minute.words,
        "written": f"{minute.by.name}",
        "at": minute.at,
        "corrections": list(minute.corrections.all()),
        "act": {"text": act, "href": page} if may else None,
    }


def _proposed(one: ProposedCorrection, request: AskedBy) -> dict[str, Any]:
    meeting = one.minute.meeting
    page = reverse("meeting_proposed", args=[meeting.pk, one.pk])
    may = permits(may_chair, request.user, meeting.area) and one.state == "waiting"
    return {"one": one, "state": one.get_state_display(), "answer_page": page if may else ""}


class MinuteForm(Questions):
    words = Prose(
        label="The minute", who_sees=SEEN, rows=18,
        error_messages={"required": "Enter the words of the minute"},
    )  # fmt: skip


class CorrectionForm(Questions):
    words = Prose(
        label="What should the minute have said?", who_sees=SEEN,
        error_messages={"required": "Enter what the minute should have said"},
    )  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def minute(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """One minute: the draft put into other words, or a correction beside what is signed."""
    one = next((each for each in reading.minutes_of(meeting) if each.pk == number), None)
    if one is None:
        raise Http404
    _looked(request, [one])
    signed = one.signed_at is not None
    form: Questions
    if signed:
        form = CorrectionForm(sent(request))
    else:
        form = MinuteForm(sent(request), initial={"words": one.words})
    rule = may_chair if signed else work.may_write_minutes
    return meeting_act(
        request, meeting, form,
        lambda given: (work.correct if signed else work.write_minute)(
            one, by=request.user, words=given.cleaned_data["words"]
        ),
        rule=lambda: rule(request.user, meeting.area if signed else one),  # type: ignore[arg-type]
        title=f"{'Correct' if signed else 'Change'} the minute of case {one.case.reference}",
        button="Add the correction" if signed else "Save the minute",
        lead="Signed minutes do not change: a correction stands beside them." if signed
        else "It is a draft until the chair signs the minutes of the meeting.",
        lead_clause="2.8.19",
        done=reverse("meeting_minutes", args=[meeting.pk]),
        said="The correction is added." if signed else "The minute is saved.",
    )  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: AskedBy, meeting: Meeting) -> HttpResponse:
    return meeting_act(
        request, meeting, PlainForm(sent(request)),
        lambda _: work.sign(meeting, by=request.user),
        rule=lambda: work.may_sign(request.user, meeting),
        title="Sign the minutes",
        button="Sign the minutes",
        lead="They are fixed from then on, and whoever was invited sees the papers no longer.",
        lead_clause="2.8.19",
        said="The minutes are signed.",
    )  # fmt: skip
