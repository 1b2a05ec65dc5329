"""Referring somebody of a referral to social care, and seeing that it is accepted (2.5.13)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import safeguarding
from waymark.cases.models import Case, SafeguardingReferral
from waymark.cases.reading.worklists import names_of
from waymark.database.record import Part
from waymark.directory.models import Organisation
from waymark.directory.permission import refusal
from waymark.referrals import harm
from waymark.referrals.models import Subject
from waymark.referrals.readers import name_of
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, case_page, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.referral import frame, referral_address, subject_page

SOCIAL_CARE_TOO = "the police Prevent team, and the social care that it goes to"
SEEN_ON_A_CASE = "police, chair and the Prevent lead of this case, and the social care it goes to"


class ReferForm(Questions):
    to = Choice(
        label="To whom?",
        choices=[],
        error_messages={"required": "Select the social care that it goes to"},
    )
    about = asked(
        forms.CharField(
            label="About whom?",
            help_text="The person, or another child of the household.",
            max_length=200,
            error_messages={"required": "Enter whom it is about"},
        ),
        who_sees=SOCIAL_CARE_TOO,
    )
    why = Prose(
        label="What harm is suspected, and why?",
        who_sees=SOCIAL_CARE_TOO,
        error_messages={"required": "Enter what harm is suspected"},
    )

    def __init__(
        self, data: Any, *, to: list[Organisation], name: str, seen_by: str = SOCIAL_CARE_TOO
    ):
        super().__init__(data)
        for field in (self.fields["about"], self.fields["why"]):
            vars(field)["who_sees"] = seen_by
        choices = [(str(one.pk), one.name) for one in to]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.fields["about"].initial = name


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: AskedBy, subject: Subject) -> HttpResponse:
    """Refer the person, or another child of the household, while it is still being screened."""
    care = harm.social_care()
    data = request.POST if request.method == "POST" else None
    form = ReferForm(data, to=care, name=name_of(subject))
    by_key = {str(one.pk): one for one in care}
    context = frame(subject, request.user) | {
        "title": "Refer to social care",
        "button": "Refer to social care",
        "lead": "It is yours until a named post there accepts it. It changes nothing of the"
        " screening, which goes on.",
        "lead_clause": "2.5.13",
        "refusal": None
        if request.method == "POST"
        else refusal(harm.may_refer, request.user, subject),
    }
    return act_page(
        request,
        form,
        lambda said: harm.refer(
            subject,
            by=request.user,
            to=by_key.get(said.cleaned_data["to"]),
            about=said.cleaned_data["about"],
            why=said.cleaned_data["why"],
        ),
        done=referral_address(subject.referral),
        said="The referral to social care is written down. See that they accept it.",
        template="referrals/act.html",
        context=context,
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def refer_on_case(request: AskedBy, case: Case) -> HttpResponse:
    """Refer the person of a case, or another child of the household, at any stage."""
    care = harm.social_care()
    by_key = {str(one.pk): one for one in care}
    name = names_of([case.person_id]).get(case.person_id, "")
    return case_act(
        request, case, ReferForm(sent(request), to=care, name=name, seen_by=SEEN_ON_A_CASE),
        lambda form: safeguarding.refer(
            case, by=request.user, to=by_key[form.cleaned_data["to"]],
            about=form.cleaned_data["about"], why=form.cleaned_data["why"],
        ),
        rule=lambda: safeguarding.may_refer(request.user, case),
        title="Refer to social care",
        button="Refer to social care",
        lead="It is yours until a named post there accepts it. The case goes on as it is.",
        lead_clause="2.5.13",
        said="The referral to social care is written down. See that they accept it.",
    )  # fmt: skip


class AcceptForm(Questions):
    post = asked(
        forms.CharField(
            label="Who accepted it?",
            help_text="The name and post there of who answers for it from now on.",
            max_length=120,
            error_messages={"required": "Enter who accepted it"},
        ),
        who_sees=SOCIAL_CARE_TOO,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: AskedBy, key: int) -> HttpResponse:
    """A referral to social care, and whether a named post there has accepted it."""
    made = harm.found(key, request.user)
    if made is None:
        raise Http404
    form = AcceptForm(request.POST if request.method == "POST" else None)
    context = {
        "section": "referrals",
        "title": "Referral to social care",
        "button": "Record that it is accepted",
        "made": made,
        "above": "referrals/safeguarding.html",
        "back": _back(made),
        "refusal": None
        if request.method == "POST"
        else refusal(safeguarding.may_accept, request.user, made),
    }
    return act_page(
        request,
        form,
        lambda said: safeguarding.accept(made, by=request.user, post=said.cleaned_data["post"]),
        done=_back(made),
        said="Its acceptance is written down.",
        context=context,
    )


def _back(made: SafeguardingReferral) -> str:
    if made.case:
        return reverse("case", args=[made.case.reference])
    if made.case_id:  # social care sees what is referred to it, and not the case
        return reverse("home")
    return reverse("screening", args=[made.subject_id])
