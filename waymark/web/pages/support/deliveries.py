"""What the lead of a piece of support says of it: arranged, progress, a silence (2.9.4)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.support import reports, silences
from waymark.support.models import Piece, PieceReport
from waymark.support.reading.delivery import held_in_words
from waymark.support.reading.silence import found_out
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.plan_fields import PROVIDER
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.piece import piece_act, piece_page


class ArrangeForm(Questions):
    kind = Choice(
        label="What is arranged, or still awaited?",
        choices=[(kind.value, kind.label) for kind in reports.ARRANGED],
        reveals={PieceReport.Kind.HOURS_AGREED.value: "hours"},
        error_messages={"required": "Select what is arranged, or still awaited"},
    )
    hours = asked(
        forms.IntegerField(
            label="How many hours in all?", min_value=1, max_value=2000,
            error_messages={
                "required": "Enter how many hours are agreed",
                "invalid": "Hours must be a whole number, such as 12",
            },
        ),
        about_nobody=True,
    )  # fmt: skip
    words = Prose(
        label="In words", who_sees=PROVIDER, rows=3,
        help_text="Who says so, and until when if it is awaited.",
        error_messages={"required": "Enter who says so, and until when"},
    )  # fmt: skip


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: AskedBy, piece: Piece) -> HttpResponse:
    return piece_act(
        request, piece, ArrangeForm(sent(request)),
        lambda given: reports.arrange(
            piece, by=request.user, kind=given.cleaned_data["kind"],
            words=given.cleaned_data["words"], hours=given.cleaned_data["hours"],
        ),
        rule=reports.may_arrange,
        title="Say how it is arranged",
        button="Write this down",
        lead="What is commissioned is not yet delivered: say how far it is.",
        lead_clause="2.9.4",
        said="It is written down how this support is arranged.",
    )  # fmt: skip


class ProgressForm(Questions):
    words = Prose(
        label="What progress is there on the aim?", who_sees=PROVIDER,
        help_text="What is different for the person, what is not, and how you know.",
        error_messages={"required": "Enter what progress there is, or that there is none"},
    )  # fmt: skip


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: AskedBy, piece: Piece) -> HttpResponse:
    return piece_act(
        request, piece, ProgressForm(sent(request)),
        lambda given: reports.report(piece, by=request.user, words=given.cleaned_data["words"]),
        rule=reports.may_report,
        title="Report progress",
        button="Report this",
        lead=f"The panel reads your report. Sessions: {held_in_words(piece)}.",
        lead_clause="2.9.4",
        said="Your report is written down. The next is asked of you in time.",
    )  # fmt: skip


class SilenceForm(Questions):
    words = Prose(
        label="Why is nothing entered, and what is done about it?", who_sees=PROVIDER, rows=4,
        error_messages={"required": "Enter why nothing is entered, and what is done about it"},
    )  # fmt: skip


SILENT: dict[str, Any] = {
    "title": "Say what you found out of the silence",
    "button": "Write this down",
    "lead": "Nothing is entered of this support for longer than was agreed. Ring whoever gives it."
    " Only their own entry ends the silence.",
    "lead_clause": "2.9.4",
    "said": "It is written down. It stays on the panel’s agenda until something is entered.",
}


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def silence(request: AskedBy, piece: Piece) -> HttpResponse:
    """Its lead looks into a silence."""
    return piece_act(
        request, piece, SilenceForm(sent(request)),
        lambda given: silences.say(piece, by=request.user, words=given.cleaned_data["words"]),
        rule=silences.may_say,
        **SILENT,
    )  # fmt: skip


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def silence_of_case(request: AskedBy, case: Case, piece: int) -> HttpResponse:
    """The chair looks into a silence that its lead has not ended."""
    one = case.pieces.filter(pk=piece).select_related("area", "lead", "provider").first()
    if one is None:
        raise Http404
    plan = reverse("plan", args=[case.reference])
    return case_act(
        request, case, SilenceForm(sent(request)),
        lambda given: silences.say(one, by=request.user, words=given.cleaned_data["words"]),
        rule=lambda: silences.may_say(request.user, one),
        back=plan,
        done=plan,
        template="plans/silence.html",
        found=found_out(one),
        **SILENT,
    )  # fmt: skip
