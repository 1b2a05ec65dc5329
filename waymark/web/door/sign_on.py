"""The way to one's own organisation's sign-in, from every page that leads there, and back.

Of what a provider says of an error nothing is shown: the words are ours.
"""

import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from waymark.accounts.sign_on import asking, providers
from waymark.accounts.sign_on.asking import Ended, Purpose, Stopped
from waymark.accounts.sign_on.line import Down
from waymark.accounts.sign_on.providers import Provider
from waymark.directory.permission import Refused
from waymark.web.door.headers import leading_to
from waymark.web.page import show

LOG = logging.getLogger("waymark.sign_on")
FAILED = "sign_in/sign_on_failed.html"
STATUS = {"down": 424, "unknown": 403, "refused": 403, "stopped": 403, "ended": 403}


def provider_of(code: str) -> Provider:
    """The provider of an address; a page of one that the settings do not name is not there."""
    found = providers.named(code)
    if found is None:
        raise Http404
    return found


def back_to(provider: Provider) -> str:
    """Our address that a provider leads back to: exactly the one that it was told of."""
    return f"{settings.WAYMARK_BASE_URL}{reverse('sign_on_back', args=[provider.code])}"


def buttons(page: str, where: str = "", *, only: Iterable[Provider] | None = None) -> list[Any]:
    """One for each provider: its words, and the address of `page` that its form is sent to."""
    onward = f"?{urlencode({'next': where}, safe='/')}" if where else ""
    shown = providers.every() if only is None else only
    return [{"name": one.name, "to": reverse(page, args=[one.code]) + onward} for one in shown]


def offering(response: HttpResponse, *, only: Iterable[Provider] | None = None) -> HttpResponse:
    """A page that shows such buttons."""
    shown = providers.every() if only is None else only
    return leading_to(response, (origin for one in shown for origin in one.origins))


def begin(
    request: Any, provider: Provider, purpose: Purpose, *, where: str = "/", user: int | None = None
) -> HttpResponse:
    """Lead this browser to the provider, or say that it does not answer."""
    try:
        address = asking.begin(
            request.session, provider, purpose, back=back_to(provider), where=where, user=user
        )
    except Down as down:
        return not_answering(request, provider, down)
    return redirect(address)


def not_answering(request: HttpRequest, provider: Provider, down: Down) -> HttpResponse:
    LOG.warning("sign-on by %s failed: %s", provider.code, down.why)
    return failed(request, provider, "down")


def failed(
    request: HttpRequest, provider: Provider, why: str, refusal: Refused | None = None
) -> HttpResponse:
    """A page that says that nobody was signed in, and what to do. `why`: a key of STATUS."""
    context = {"name": provider.name, "why": why, "refusal": refusal}
    return show(request, FAILED, context, status=STATUS[why])


def came_back(request: Any, provider: Provider) -> Any:
    """What was begun here and who it is, or the page that says why not."""
    try:
        return asking.answered(
            request.session, provider, request.GET.dict(), back=back_to(provider)
        )
    except Ended:
        return failed(request, provider, "ended")
    except Stopped:
        return failed(request, provider, "stopped")
    except Down as down:
        return not_answering(request, provider, down)
