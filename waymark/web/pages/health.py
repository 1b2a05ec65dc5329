"""What anybody may ask of the site itself: whether it answers, and where to tell of a weakness."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from waymark.web.access import anyone

CURRENT = timedelta(days=180)  # RFC 9116 asks for less than a year


@anyone
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """No more than that it answers."""
    return HttpResponse("ok", content_type="text/plain")


@anyone
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to tell of a weakness (RFC 9116); not there until the installation names a contact."""
    if not settings.WAYMARK_SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + CURRENT).replace(microsecond=0, second=0, minute=0, hour=0)
    lines = (
        f"Contact: {settings.WAYMARK_SECURITY_CONTACT}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.WAYMARK_BASE_URL}{reverse('security_txt')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
