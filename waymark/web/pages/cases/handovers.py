"""A case goes from one Prevent lead to the other: handed over in words, and taken over."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.cases import handover
from waymark.cases.leads import CLAUSES
from waymark.cases.models import Case, Handover
from waymark.cases.reading import ages
from waymark.database.record import Part
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import PlainForm, case_act, sent


class HandoverForm(Questions):
    words = Prose(
        label="What must the adult lead know?",
        help_text="Such as: what helps, what is promised, who is trusted, what changes at 18.",
        who_sees="those who write on this case, and the Prevent adult lead",
        error_messages={"required": "Enter what the adult lead must know"},
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: AskedBy, case: Case) -> HttpResponse:
    """In the three months before the birthday: what the adult lead must know."""
    return case_act(
        request, case, HandoverForm(sent(request), version=case.version),
        lambda form: handover.hand_over(
            case, by=request.user, words=form.cleaned_data["words"], version=form.seen_version
        ),
        rule=lambda: handover.may_hand_over(request.user, case),
        title="Hand the case over to the adult lead",
        button="Hand this case over",
        lead=f"{ages.turning(case)} Once you hand it over they can read it. You lead it until"
        " that day.",
        lead_clause=handover.CLAUSE,
        said="The case is handed over. The adult lead is asked to take it over.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: AskedBy, case: Case) -> HttpResponse:
    """What was written for the new lead, and the button that says that they have read it."""
    last = handover.last_handover(case)
    return case_act(
        request, case, PlainForm(sent(request), version=case.version),
        lambda form: handover.take_over(case, by=request.user, version=form.seen_version),
        rule=lambda: handover.may_take_over(request.user, case),
        title="Take the case over",
        button="Take this case over",
        lead=_leads_from(last) if last else "",
        lead_clause=CLAUSES[last.to_lead] if last else "",
        template="handover/take_over.html",
        rows=_rows(last) if last else [],
        said="You have taken the case over.",
    )  # fmt: skip


def _leads_from(last: Handover) -> str:
    return f"The {last.get_to_lead_display()} leads this case from {day_in_words(last.from_date)}."


def _rows(last: Handover) -> list[dict[str, str]]:
    nothing = "Nothing was written. Ask the lead who had the case before."
    return [
        {"question": "Why", "answer": last.get_why_display()},
        {"question": "What you must know", "answer": last.words or nothing},
        {
            "question": "Handed over by",
            "answer": last.by.name if last.by else "Nobody: the day came",
        },
    ]
