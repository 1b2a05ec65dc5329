"""Gathering enough for partners to be able to check their systems (2.7.3)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.known import gathering
from waymark.cases.models import Case
from waymark.cases.reading import gathered
from waymark.cases.reading.gathered import Line, LookedInto
from waymark.database.record import Part
from waymark.people.facts import Known
from waymark.policy.lateness import day_in_words
from waymark.referrals.of_case import extracts_of
from waymark.ui.forms import Prose
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act
from waymark.web.keeping import Keeping
from waymark.web.rows.not_known import not_known
from waymark.web.sections import Section, Sectioned

SEEN = "the police; chair and the Prevent lead once the case is reviewed"
ENOUGH = "All that partners usually need is there. Say in your own words why it is enough."
LACKS = "Not there yet. Say why it is enough without:"


class GatheringForm(Sectioned):
    to_check_with = Prose(
        label="What do partners need to find the person in their systems?",
        help_text="It is made of the rows above. Change it where partners need less or more.",
        who_sees=f"{SEEN}; partners who are asked",
        rows=6,
        error_messages={"required": "Enter what partners need to find the person"},
    )
    why_enough = Prose(
        label="Why is this enough to go on?",
        who_sees=SEEN,
        rows=3,
        error_messages={"required": "Enter why this is enough to go on"},
    )

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data, version=case.version)
        self.lacks = [one.what for one in gathered.what_is_there(case) if not one.there]
        self.initial = {"to_check_with": gathered.in_one_text(case)}

    def sections(self) -> list[Section]:
        return [
            Section("Partners are asked with this", ["to_check_with"]),
            Section("Why it is enough", ["why_enough"], clause="2.7.3", points=self.lacks,
                    lead=LACKS if self.lacks else ENOUGH),
        ]  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: AskedBy, case: Case) -> HttpResponse:
    keeping = Keeping(request, case.pk, "gathering")
    return case_act(
        request,
        case,
        keeping.form(GatheringForm, case=case),
        lambda form: gathering.finish_gathering(
            case,
            by=request.user,
            to_check_with=form.cleaned_data["to_check_with"],
            why_enough=form.cleaned_data["why_enough"],
            version=form.seen_version,
        ),
        rule=lambda: gathering.may_finish(request.user, case),
        keeping=keeping,
        title="Finish information gathering",
        button="Finish information gathering",
        lead="Partners must be able to check their systems. The first risk assessment is next.",
        lead_clause="2.7.3",
        template="gathering/gather.html",
        extracts=extracts_of(case),
        enough=[_line(one, case) for one in gathered.what_is_there(case)],
        facts=[_fact(*one, case) for one in gathered.to_find(case)],
        protected=gathered.has_protected(case),
        proceedings=[_proceeding(one, case) for one in gathered.proceedings(case)],
        onward=[
            {"text": "Write down what happened", "href": reverse("entry", args=[case.reference])}
        ],
        said="Information gathering is finished. The first risk assessment is next.",
        **not_known(case, request.user),
    )


def _line(one: Line, case: Case) -> dict[str, Any]:
    """One line of what makes it enough, with where to add what is not there yet."""
    href = _add(case, one.kind) if one.kind else reverse(one.page, args=[case.reference])
    return {"question": one.what, "answer": "There"} if one.there else {
        "question": one.what, "answer": "Not there yet", "change": href, "act": "Add"
    }  # fmt: skip


def _add(case: Case, kind: str) -> str:
    return reverse("person_add", args=[case.reference, kind]) + "?for=gathering"


def _fact(kind: str, called: str, rows: list[Known], case: Case) -> dict[str, Any]:
    """A kind of fact: each row with its source and its day."""
    said = [
        f"{one.words}{f' ({one.about.lower()})' if one.about else ''}."
        f" Source: {one.source}, {day_in_words(one.noted_at.date())}"
        for one in rows
    ]
    return {
        "question": called,
        "answer": said or "Not known yet",
        "change": _add(case, kind),
        "act": "Add",
    }


def _proceeding(one: LookedInto, case: Case) -> dict[str, Any]:
    return {
        "question": one.kind,
        "answer": one.said or "Not looked into yet",
        "change": reverse("proceeding", args=[case.reference]),
        "act": "Add",
    }
