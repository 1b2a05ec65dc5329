"""Gathering enough for partners to be able to check their systems (2.7.3)."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import gathering
from waymark.cases.models import Case
from waymark.cases.reading import overview
from waymark.database.record import Part
from waymark.referrals.of_case import extracts_of
from waymark.ui.forms import Prose
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import case_act, sent
from waymark.web.sections import Section, Sectioned

SEEN = "the police; chair and the Prevent lead once the case is reviewed"


class GatheringForm(Sectioned):
    to_check_with = Prose(
        label="What do partners need to find the person in their systems?",
        help_text="Names and spellings, birth date, addresses, school or work. No more than that.",
        who_sees=f"{SEEN}; partners who are asked",
        rows=5,
        error_messages={"required": "Enter what partners need to find the person"},
    )
    not_yet_known = Prose(
        label="What is not yet known, and who might know?",
        who_sees=SEEN,
        rows=5,
        error_messages={"required": "Enter what is not yet known and who might know"},
    )
    why_enough = Prose(
        label="Why is this enough to go on?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter why this is enough to go on"},
    )

    def sections(self) -> list[Section]:
        return [Section("", ["to_check_with", "not_yet_known", "why_enough"])]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: AskedBy, case: Case) -> HttpResponse:
    return case_act(
        request,
        case,
        GatheringForm(sent(request), version=case.version),
        lambda form: gathering.finish_gathering(
            case,
            by=request.user,
            to_check_with=form.cleaned_data["to_check_with"],
            not_yet_known=form.cleaned_data["not_yet_known"],
            why_enough=form.cleaned_data["why_enough"],
            version=form.seen_version,
        ),
        rule=lambda: gathering.may_finish(request.user, case),
        title="Finish information gathering",
        button="Finish information gathering",
        lead="Partners must be able to check their systems. The first risk assessment is next.",
        lead_clause="2.7.3",
        template="gathering/gather.html",
        extracts=extracts_of(case),
        facts=overview.person_facts(case),
        onward=[
            {"text": "Write down what happened", "href": reverse("entry", args=[case.reference])}
        ],
        said="Information gathering is finished. The first risk assessment is next.",
    )
