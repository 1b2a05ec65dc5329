"""Consent is asked by somebody: the visit is arranged, and then it was made (2.4.10, 2.10.4)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.support.consent import asking
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.consent import ArrangeForm, AskedForm
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.consent import asking as frame


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: AskedBy, case: Case) -> HttpResponse:
    """Who asks, where, with whom, in which words."""
    here = reverse("consent", args=[case.reference])
    return case_act(
        request, case, ArrangeForm(sent(request), case=case),
        lambda form: asking.arrange(
            case, by=request.user, said=form.said(), version=form.seen_version
        ),
        rule=lambda: asking.may_arrange(request.user, case),
        title="Arrange how consent is asked",
        button="Write this visit down",
        lead="Ask with care: people are then more likely to be reached by support.",
        lead_clause="2.4.10",
        template="consent/consent.html",
        back=here,
        done=here,
        said="The visit is arranged. Say that it was made once it was.",
        **frame(case) | {"form_heading": "Go to the visit"},
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: AskedBy, case: Case) -> HttpResponse:
    """The visit was made: their answers follow."""
    visit = asking.waiting(case)
    if visit is None:
        raise Http404
    visit.case = case
    here = reverse("consent", args=[case.reference])
    return case_act(
        request, case, AskedForm(sent(request), case=case),
        lambda form: asking.say_asked(
            visit, by=request.user, version=form.seen_version, **_said(form)
        ),
        rule=lambda: asking.may_say_asked(request.user, visit),
        title="Say that consent was asked",
        button="It was asked",
        lead=f"{visit.asker.name} was to ask. The answers are written down next.",
        lead_clause="2.10.4",
        back=here,
        done=here,
        said="It is written down that consent was asked. Write down the answer.",
    )  # fmt: skip


def _said(form: AskedForm) -> dict[str, Any]:
    names = ("asked_date", "with_them", "parent_knew", "approved_by")
    return {name: form.cleaned_data[name] or "" for name in names if name in form.fields}
