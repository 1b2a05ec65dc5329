"""An age that is in dispute: said by whom and why, and what an age assessment found."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.known import disputes
from waymark.cases.models import Case
from waymark.cases.reading.ages import in_dispute
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.support import ages
from waymark.ui.dates import DateField, DateOrAgeField
from waymark.ui.forms import Prose, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.person import WHO_SEES, birth_of
from waymark.web.frames.case_act import case_act, sent
from waymark.web.rows.own_sight import after, said_of


class DisputeForm(Questions):
    source = asked(
        forms.CharField(
            label="Who disputes the age?", max_length=200,
            help_text="Their name and body: for example “The college’s safeguarding lead”.",
            error_messages={"required": "Enter who disputes the age"},
        ),
        who_sees=WHO_SEES,
    )  # fmt: skip
    why = Prose(
        label="Why?", who_sees=WHO_SEES, rows=3,
        error_messages={"required": "Enter why the age is disputed"},
    )  # fmt: skip
    assess_by_date = DateField(
        label="By when is an age assessment sought?",
        help_text="Social care assesses ages. The families lead is asked to see to it by that day.",
        called="The date of the assessment", future=True,
        error_messages={"required": "Enter by when an age assessment is sought"},
    )  # fmt: skip


@case_page(Part.PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: AskedBy, case: Case) -> HttpResponse:
    """Until an assessment the person is a child, and the families lead leads."""
    return case_act(
        request, case, DisputeForm(sent(request), version=case.version),
        lambda form: ages.dispute(
            case, by=request.user, version=form.seen_version, **_answered(form, DISPUTED)
        ),
        rule=lambda: disputes.may_dispute(request.user, case),
        title="Say that the age is in dispute",
        button="Treat the person as a child",
        lead="Until an age assessment says otherwise the person is treated as a child: the"
        " families lead leads the case, and a parent or guardian answers for consent.",
        lead_clause=disputes.CLAUSE,
        back=reverse("case_person", args=[case.reference]),
        done=lambda _: after(request, case),
        said=lambda _: said_of(request, case),
    )  # fmt: skip


class AssessedForm(Questions):
    body = asked(
        forms.CharField(
            label="Which body assessed the age?", max_length=200,
            help_text="For example “Essex County Council, children’s social care”.",
            error_messages={"required": "Enter which body assessed the age"},
        ),
        who_sees=WHO_SEES,
    )  # fmt: skip
    on = DateField(
        label="On which day?", called="The day of the assessment", past=True,
        error_messages={"required": "Enter on which day the age was assessed"},
    )  # fmt: skip
    born = DateOrAgeField(
        label="What birth date or age did it find?",
        help_text="In full, or the month and year, or the year; or how old they are now.",
        called="The birth date", who_sees=WHO_SEES,
        error_messages={"required": "Enter the birth date or age that was found"},
    )  # fmt: skip
    words = Prose(
        label="What does it rest on?", who_sees=WHO_SEES, rows=3,
        error_messages={"required": "Enter what the assessment rests on"},
    )  # fmt: skip


@case_page(Part.PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: AskedBy, case: Case) -> HttpResponse:
    """What the assessment found ends the dispute, and the lead for that age leads."""
    return case_act(
        request, case, AssessedForm(sent(request), version=case.version),
        lambda form: ages.assess(
            case, by=request.user, said=_assessed(form), version=form.seen_version
        ),
        rule=lambda: disputes.may_assess(request.user, case),
        title="Record the age assessment",
        button="End the dispute",
        lead=in_dispute(case),
        lead_clause=disputes.CLAUSE,
        back=reverse("case_person", args=[case.reference]),
        done=lambda _: after(request, case),
        said=lambda _: said_of(request, case),
    )  # fmt: skip


DISPUTED = ("source", "why", "assess_by_date")


def _answered(form: Questions, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


def _assessed(form: Questions) -> disputes.Assessed:
    given = form.cleaned_data
    birth = birth_of(given["born"], today())
    return disputes.Assessed(body=given["body"], on=given["on"], words=given["words"], birth=birth)
