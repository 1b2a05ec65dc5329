"""Whoever leads or gives support tells of danger, of a new concern, of a change (2.4.9, 2.9.4)."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.support import alarms
from waymark.support.models import Piece
from waymark.web.access import AskedBy
from waymark.web.forms.change import DANGER, ChangeForm, DangerForm
from waymark.web.frames.case_act import sent
from waymark.web.frames.piece import piece_act, piece_page


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: AskedBy, piece: Piece) -> HttpResponse:
    """999 first; then the police Prevent lead has it today."""
    return piece_act(
        request, piece, DangerForm(sent(request)),
        lambda given: alarms.say_danger(piece, by=request.user, words=given.cleaned_data["words"]),
        rule=alarms.may_tell,
        title="Somebody may be harmed, or a crime may be committed",
        button="Tell the police now",
        danger=True,
        lead="Is somebody in danger now? Ring 999 first, before you write anything. If you know of"
        " a crime or of terrorist activity, ring the police straight away: 101, or 999 if it"
        " cannot wait. What you write here goes to the police Prevent lead today.",
        lead_clause="2.4.9",
        said="The police Prevent lead has what you wrote. In danger ring 999.",
    )  # fmt: skip


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedBy, piece: Piece) -> HttpResponse:
    return piece_act(
        request, piece, ChangeForm(sent(request)),
        lambda given: alarms.tell(piece, by=request.user, **given.given()),
        rule=alarms.may_tell,
        title="Tell of a change or a new concern",
        button="Tell the lead of the case",
        lead=f"{DANGER} What you write here goes to the lead of the case, and the panel hears it.",
        lead_clause="2.9.4",
        said="The lead of the case is told.",
    )  # fmt: skip
