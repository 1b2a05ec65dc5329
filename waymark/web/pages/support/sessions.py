"""A session of support, entered by who gives it: held exists by this entry alone (R18)."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.support import sessions
from waymark.support.models import Piece
from waymark.support.reading.delivery import held_in_words
from waymark.web.access import AskedBy
from waymark.web.forms.session import SessionForm
from waymark.web.frames.case_act import sent
from waymark.web.frames.piece import piece_act, piece_page


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: AskedBy, piece: Piece) -> HttpResponse:
    form = SessionForm(sent(request), entered=sessions.days_entered(piece))
    return piece_act(
        request, piece, form,
        lambda given: sessions.log(piece, by=request.user, **given.said()),
        rule=sessions.may_log_session,
        title="Enter a session",
        button="Enter this session",
        lead=f"A session counts as held only when you enter it. So far: {held_in_words(piece)}.",
        lead_clause="2.9.4",
        said="The session is entered.",
    )  # fmt: skip
