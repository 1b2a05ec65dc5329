"""What anybody may read before and beside a referral, without an account."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.directory.published import published_contacts, secure_address
from waymark.policy.pack import in_force
from waymark.web.access import anyone
from waymark.web.page import show

ABOUT = (
    "channel_plainly",
    "prevent_purpose",
    "prevent_objectives",
    "prevent_commitments",
    "contest",
    "risk_reduction_model",
    "channel_is",
    "channel_is_not",
)
SCHOOLS = ("vigilance", "vigilance_support", "schools_safeguarding", "clarify", "consult_lead")
VOLUNTARY = ("vigilance", "vigilance_support", "clarify", "consult_lead")
LEARNING = ("learning", "wrap_awaited", "wrap_replacement")


@anyone
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Prevent and Channel are, and are not (1.1.1, 1.1.6, 1.1.7, 2.1.7, 2.1.8)."""
    streams = [
        {"name": stream.name, "aim": stream.aim, "reduces": stream.reduces}
        for stream in in_force().work_streams
    ]
    return _read(request, "What Prevent and Channel are", ABOUT, streams=streams)


@anyone
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """The policy's example indicators, with what must be said of them (2.3.2–2.3.6)."""
    pack = in_force()
    dimensions = [
        (dimension.name, pack.indicators_of(dimension.code))
        for dimension in pack.framework.dimensions
    ]
    given = {
        "dimensions": dimensions,
        "cautions": pack.cautions,
        "lawful": pack.text("lawful_life"),
    }
    return _read(request, "Example indicators", (), **given)


@anyone
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """Schools: their duty of vigilance, and what supports them (2.9.2, 2.9.6)."""
    return _read(request, "For schools", SCHOOLS, learning=True, whom_to_ring=True)


@anyone
@require_safe
def voluntary(request: HttpRequest) -> HttpResponse:
    """Voluntary organisations: the same, for them (2.9.2)."""
    title = "For voluntary organisations"
    return _read(request, title, VOLUNTARY, learning=True, whom_to_ring=True)


@anyone
@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """The e-learning, and the training that is awaited (2.12.1, 2.12.2)."""
    return _read(request, "Training", LEARNING, learning=True)


@anyone
@require_safe
def send_securely(request: HttpRequest) -> HttpResponse:
    """The form on paper, where it goes, and which ways are secure (2.5.5, 2.5.15, 2.5.16, A.1)."""
    pack = in_force()
    given = {
        "routes": pack.secure_routes,
        "contacts": published_contacts(),
        "roads": pack.form.roads,
    }
    return _read(request, "The form on paper, and sending it", (), **given)


@anyone
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _read(request, "Accessibility", ())


@anyone
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _read(request, "Privacy", ("who_learns_your_name", "how_long_kept"))


def _read(
    request: HttpRequest, title: str, texts: tuple[str, ...], **given: object
) -> HttpResponse:
    pack = in_force()
    view = request.resolver_match.view_name if request.resolver_match else ""
    context = {
        "title": title,
        "view": view,
        "texts": [pack.text(code) for code in texts],
        "address": secure_address(),
        "packages": pack.references_in("learning") if given.get("learning") else (),
        "leave_url": reverse("leave"),
        **given,
    }
    return show(request, "guidance/read.html", context)
