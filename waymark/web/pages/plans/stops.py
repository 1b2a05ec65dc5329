"""Support that was stopped: the chair asks what the person wants, and sees that it happens."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.support import stops
from waymark.support.consent import withdrawals
from waymark.ui.dates import DateField
from waymark.ui.forms import Prose, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.plan_fields import SEEN
from waymark.web.frames.case_act import case_act, sent


class ToldForm(Questions):
    """What was learnt, from whom, and when it was said."""

    words = Prose(
        label="What does the person want, in their own words?",
        who_sees=SEEN,
        error_messages={"required": "Enter what the person wants"},
    )
    told_by = asked(
        forms.CharField(
            label="Who heard it?",
            help_text="Name and post. Yourself, if you spoke with them.",
            max_length=200,
            error_messages={"required": "Enter who heard it"},
        ),
        who_sees=SEEN,
    )
    happened_date = DateField(
        label="On which day?",
        called="The day on which it was said",
        past=True,
        error_messages={"required": "Enter on which day it was said"},
    )


class StoppedForm(ToldForm):
    def __init__(self, data: Any, *, version: int):
        super().__init__(data, version=version)
        words = self.fields["words"]
        words.label = "How do you know that all support has stopped?"
        words.error_messages["required"] = "Enter how you know that support has stopped"
        self.fields["told_by"].label = "Who told you?"
        self.fields["told_by"].error_messages["required"] = "Enter who told you"


def _said(given: Questions) -> dict[str, Any]:
    names = ("words", "told_by", "happened_date")
    return {name: given.cleaned_data[name] for name in names} | {"version": given.seen_version}


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: AskedBy, case: Case, piece: int) -> HttpResponse:
    """They asked to stop one piece, and want it to go on after all."""
    one = case.pieces.filter(pk=piece).first()
    if one is None:
        raise Http404
    one.case = case
    plan = reverse("plan", args=[case.reference])
    return case_act(
        request, case, ToldForm(sent(request), version=case.version),
        lambda given: stops.go_on_as_asked(one, by=request.user, **_said(given)),
        rule=lambda: stops.may_go_on(request.user, one),
        title=f"Support {one.reference} goes on",
        button="Let this support go on",
        lead="The person asked to stop. Ask them yourself, or let somebody whom they trust ask."
        " If they want no support, record that consent is withdrawn instead.",
        lead_clause="1.1.4",
        onward=_onward(request, case),
        back=plan,
        done=plan,
        said="The support goes on, once its brief is accepted again.",
    )  # fmt: skip


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AskedBy, case: Case) -> HttpResponse:
    """Support was stopped: the chair sees that nobody goes on."""
    names = sorted({task.user.name for task in stops.not_yet_stopped(case) if task.user})
    said = f" Not yet said by: {', '.join(names)}." if names else ""
    plan = reverse("plan", args=[case.reference])
    return case_act(
        request, case, StoppedForm(sent(request), version=case.version),
        lambda given: stops.confirm(case, by=request.user, **_said(given)),
        rule=lambda: stops.may_confirm(request.user, case),
        title="See that support has stopped",
        button="Support has stopped",
        lead=f"Whoever gives support was told to stop and says so here.{said}",
        lead_clause="1.1.4",
        onward=_onward(request, case),
        back=plan,
        done=plan,
        said="It is written down that support has stopped.",
    )  # fmt: skip


def _onward(request: AskedBy, case: Case) -> list[dict[str, str]]:
    if not permits(withdrawals.may_withdraw, request.user, case):
        return []
    text = "Record that consent is withdrawn"
    return [{"text": text, "href": reverse("withdraw_consent", args=[case.reference])}]
