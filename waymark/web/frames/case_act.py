"""An act on a case as a page: its frame, its refusal, its form, and where to go when done."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.urls import reverse

from waymark.cases.models import Case
from waymark.directory.permission import refusal
from waymark.ui.forms import Questions
from waymark.web.access import AskedBy
from waymark.web.frames.acts import act_page
from waymark.web.frames.case import case_frame
from waymark.web.keeping import Keeping

Form = TypeVar("Form", bound=Questions)


class PlainForm(Questions):
    """Nothing to ask: the button is the answer."""


def sent(request: AskedBy) -> Any:
    """What was sent with the form, or None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def address_of(case: Case) -> str:
    return reverse("case", args=[case.reference])


def case_act(
    request: AskedBy,
    case: Case,
    form: Form,
    act: Callable[[Form], object],
    *,
    rule: Callable[[], None],
    said: str | Callable[[Any], str],
    done: str | Callable[[Any], str] = "",
    template: str = "case/asks.html",
    keeping: Keeping | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of one act. `rule` raises Refused where it cannot be done now: the page says so.

    What was sent is never refused by the page: the act itself does, and all words stay.
    """
    here = address_of(case)
    refused = None if request.method == "POST" else refusal(rule)
    return act_page(
        request,
        form,
        act,
        done=done or here,
        said=said,
        template=template,
        context=case_frame(case, request.user) | {"back": here, "refusal": refused} | context,
        keeping=keeping,
    )
