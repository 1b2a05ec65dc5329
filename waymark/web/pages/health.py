"""Whether the site answers: no more than that is said to anybody."""

from django.http import HttpRequest, HttpResponse

from waymark.web.access import anyone


@anyone
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")
