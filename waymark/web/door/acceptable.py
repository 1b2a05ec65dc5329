"""What is answered at all: our own hosts, the three methods we speak, and no guesses ahead."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from waymark.web.door.failing import with_words

METHODS = ("GET", "HEAD", "POST")
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")


class Acceptable:
    """Before files and pages alike: an unknown host gets the page for what is not understood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost
        if request.method not in METHODS:
            return with_words(request, HttpResponseNotAllowed(METHODS))
        if is_ahead(request):
            return HttpResponse(status=204)
        return with_words(request, self.get_response(request))


def is_ahead(request: HttpRequest) -> bool:
    """Whether a browser asks for a page that nobody opened yet: it is not shown, so not a look."""
    said = " ".join(request.headers.get(name, "") for name in AHEAD)
    return "prefetch" in said or "prerender" in said or "preview" in said
