"""Other help that the person is pointed to, until a named person there has it (2.5.12, 2.5.14)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.audit.looks import look
from waymark.cases.endings import signposts
from waymark.cases.models import Case, Signpost
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.permission import permits, refusal
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, case_page, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import case_act, sent
from waymark.web.papers.closing_report import signpost_in_words

SEEN = "chair, police and the Prevent lead of this case"


class SignpostForm(Questions):
    kind = Choice(
        label="Which help is it?", choices=Signpost.Kind.choices,
        error_messages={"required": "Select which help it is"},
    )  # fmt: skip
    to = asked(
        forms.CharField(
            label="Which service?", max_length=200,
            error_messages={"required": "Enter which service it is"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    what = Prose(
        label="What is it to help with?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter what it is to help with"},
    )  # fmt: skip
    by_whom = asked(
        forms.CharField(
            label="Who told the person?", max_length=200,
            error_messages={"required": "Enter who told the person"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    on_date = DateField(
        label="On which day?", called="The day the person was told", past=True,
        error_messages={"required": "Enter the day the person was told"},
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: AskedBy, case: Case) -> HttpResponse:
    return case_act(
        request, case, SignpostForm(sent(request), version=case.version),
        lambda given: signposts.signpost(
            case, by=request.user, version=given.seen_version,
            **{name: given.cleaned_data[name] for name in
               ("kind", "to", "what", "by_whom", "on_date")},
        ),
        rule=lambda: signposts.may_signpost(request.user, case),
        title="Point the person to other help",
        button="Write this down",
        lead="Sent is not received: it is yours until somebody there, by name, says they have it."
        " With low or no concern, think of Early Help (2.5.14).",
        lead_clause="2.5.12",
        template="ending/signposts.html",
        there=[_row(one, request) for one in signposts.signposts_of(case)],
        done=reverse("signposts", args=[case.reference]),
        said="It is written down. See that the service has them.",
    )  # fmt: skip


def _row(one: Signpost, request: AskedBy) -> dict[str, Any]:
    waits = permits(signposts.may_receive, request.user, one)
    row = {"question": one.get_kind_display(), "answer": [signpost_in_words(one), one.what]}
    if waits:
        row |= {"change": reverse("signpost", args=[one.pk]), "act": "Write down who has it"}
    return row


class ReceivedForm(Questions):
    received_by = asked(
        forms.CharField(
            label="Who there has it?", help_text="Name and post.", max_length=200,
            error_messages={"required": "Enter who there has it"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    received_date = DateField(
        label="Since which day?", called="The day it was received", past=True,
        error_messages={"required": "Enter the day it was received"},
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: AskedBy, key: int) -> HttpResponse:
    """Read without the case: whoever wrote it down sees it after the case is out of their sight."""
    one = signposts.found(key, by=request.user)
    if one is None:
        raise Http404
    look(
        by=request.user, at=now(), case_id=one.case_id, part=Part.WORK.value, purpose="own_task",
        object_kind="signpost", object_id=one.pk, had_task=True,
    )  # fmt: skip
    refused = refusal(signposts.may_receive, request.user, one)
    return act_page(
        request, ReceivedForm(sent(request)),
        lambda given: signposts.receive(
            one, by=request.user, received_by=given.cleaned_data["received_by"],
            received_date=given.cleaned_data["received_date"],
        ),
        done="/",
        said="It is written down: nothing of it waits for you any more.",
        context={
            "title": "Write down who has it",
            "button": "Write this down",
            "lead": f"{signpost_in_words(one)} {one.what}",
            "lead_clause": "2.5.12",
            "back": "/",
            "refusal": None if request.method == "POST" else refused,
        },
    )  # fmt: skip
