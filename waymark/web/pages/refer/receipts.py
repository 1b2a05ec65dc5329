"""The way back with a receipt: what became of it; answering, correcting, adding (S38, S39)."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.permission import Refused
from waymark.directory.published import secure_address
from waymark.files.kinds import MOST_WITH_A_REFERRAL
from waymark.policy.pack import in_force
from waymark.referrals.models import Addition, Receipt
from waymark.referrals.writing import drafts, receipts
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import anyone
from waymark.web.door import visiting
from waymark.web.door.uploading import sent_files, takes_files
from waymark.web.door.waiting import slow_down
from waymark.web.forms.enclosed import FILES, TakesFiles, files_alone
from waymark.web.page import show

WHO_SEES = "the police Prevent officers who have the matter"
NOTHING_THERE = "There is nothing under that code. It may be wrong, or over 12 months old"


class CodeForm(Questions):
    code = asked(
        forms.CharField(
            label="What is your receipt code?",
            help_text="7 groups of letters and numbers. Spaces make no difference.",
            max_length=200,
            error_messages={"required": "Enter your code"},
        )
    )

    def clean_code(self) -> str:
        """A slip of the pen is told at once, without looking anything up."""
        code = receipts.tidied(self.cleaned_data["code"])
        if drafts.looks_like_code(self.cleaned_data["code"]):
            raise forms.ValidationError(
                "This looks like a code to come back to a referral that is not sent", "of_a_draft"
            )
        if code is None:
            raise forms.ValidationError(
                "Look at the code again: a character is missing or mistyped"
            )
        return code


class AnswerForm(Questions):
    words = Prose(label="Your answer", who_sees=WHO_SEES, rows=8)


class AdditionForm(Questions):
    kind = Choice(
        label="What do you want to do?",
        choices=[
            (Addition.Kind.NEW, "Add something new"),
            (Addition.Kind.CORRECTION, "Correct something that I said"),
        ],
    )
    words = Prose(label="In your own words", who_sees=WHO_SEES, rows=8)


class AdditionWithFilesForm(TakesFiles, AdditionForm):
    """The same, where this partnership takes files with referrals."""

    documents = files_alone(MOST_WITH_A_REFERRAL, WHO_SEES)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Enter the code. Wrong is like expired, and who tries many waits for each."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if visiting.receipt_of(request, code):
            return visiting.hold_receipt(redirect("receipt_state"), code)
        slow_down()
        form.add_error("code", NOTHING_THERE)
    of_a_draft = form.has_error("code", "of_a_draft")
    return show(request, "receipts/code.html", _context(form=form, of_a_draft=of_a_draft))


@anyone
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Received, being looked at, or ended: never whom, where, or with what outcome."""
    found = _found(request)
    if found is None:
        return redirect("receipt")
    here, _ = found
    pack = in_force()
    context = _context(
        receipt=here,
        state=Receipt.State(here.state).label,
        words=pack.text("receipt_states"),
        police=secure_address(),
        questions=list(here.questions.all()),
        kept=request.GET.get("kept") == "yes",
    )
    return show(request, "receipts/state.html", context)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer the screener's question of that number on the page."""
    found = _found(request)
    if found is None:
        return redirect("receipt")
    here, visitor = found
    questions = list(here.questions.all())
    if not 1 <= number <= len(questions):
        raise Http404
    question = questions[number - 1]
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        receipts.add(
            here,
            by=visitor,
            kind=Addition.Kind.ANSWER,
            words=form.cleaned_data["words"],
            question=question,
            key=form.cleaned_data["form_key"],
        )
        return redirect(reverse("receipt_state") + "?kept=yes")
    context = _context(
        form=form, title="Answer a question", question=question, button="Send the answer"
    )
    return show(request, "receipts/add.html", context)


@takes_files
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Correct or add: what was sent before stays as it was, and is not shown back."""
    found = _found(request)
    if found is None:
        return redirect("receipt")
    here, visitor = found
    form = _addition_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            receipts.add(
                here, by=visitor, kind=form.cleaned_data["kind"], words=form.cleaned_data["words"],
                key=form.cleaned_data["form_key"], files=form.cleaned_data.get(FILES, ()),
            )  # fmt: skip
            return redirect(reverse("receipt_state") + "?kept=yes")
        except Refused as why:
            form.add_error(None, " ".join(filter(None, (f"{why.why}.", why.until))))
    context = _context(form=form, title="Add or correct something", question=None, button="Send it")
    return show(request, "receipts/add.html", context)


def _addition_form(request: HttpRequest) -> Questions:
    sent = request.POST if request.method == "POST" else None
    if settings.WAYMARK_REFERRAL_FILES:
        return AdditionWithFilesForm(sent, files=sent_files(request))
    return AdditionForm(sent)


def _found(request: HttpRequest) -> Any:
    """The receipt that this browser holds the code of, and its visitor."""
    return visiting.receipt_of(request, request.COOKIES.get(visiting.RECEIPT, ""))


def _context(**context: Any) -> dict[str, Any]:
    return {"leave_url": reverse("leave"), "back": reverse("receipt"), **context}
