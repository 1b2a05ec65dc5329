"""What is rendered late is still the asker's own transaction, and nobody else's."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client, override_settings
from django.urls import path

from tests.cast import Cast
from tests.story import Story
from waymark.cases.models import Case
from waymark.database.guard import forget_who_asks
from waymark.web import urls

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield "case\n"
        for case in Case.objects.order_by("pk"):
            yield f"{case.reference}\n"

    return StreamingHttpResponse(lines(), content_type="text/plain")


class Late(SimpleTemplateResponse):
    """Rendered after the view has returned."""

    @property
    def rendered_content(self) -> str:
        return " ".join(Case.objects.values_list("reference", flat=True))


def late(request: HttpRequest) -> Late:
    return Late("none.html")


urlpatterns = [path("streamed", streamed), path("late", late), *urls.urlpatterns]


@pytest.mark.requirement("S80")
@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("address", ["/streamed", "/late"])
def test_what_is_made_after_the_view_sees_the_askers_rows(
    essex: Cast, thurrock: Cast, address: str
) -> None:
    case = Story(essex).reviewed().case
    for who, sees in ((essex.chair, True), (thurrock.chair, False), (None, False)):
        client = Client()
        if who:
            client.force_login(who, backend=BACKEND)
        answer = client.get(address)
        forget_who_asks()  # as when the request's transaction is over
        text = b"".join(answer) if answer.streaming else answer.content
        assert (case.reference.encode() in text) == sees
    with connection.cursor() as cursor:
        forget_who_asks()
        cursor.execute("SELECT count(*) FROM cases_case")
        assert cursor.fetchone() == (0,)
