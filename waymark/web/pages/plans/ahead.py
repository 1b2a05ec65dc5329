"""Before the eighteenth birthday: the person's own answer as an adult, to hold from that day."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.cases.reading.ages import turning
from waymark.database.record import Part
from waymark.support.consent import ahead
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.consent import AnswerForm
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.consent import asking
from waymark.web.sections import Section

WHO = "From the birthday the person answers for themselves. Without their yes support stops."
NAMES = ("authority", "state", "how", "answered_date", "capacity_steps")


class AheadForm(AnswerForm):
    """The same questions, of the person alone."""

    def __init__(self, data: Any, *, version: int):
        super().__init__(data, version=version)
        del self.fields["kind"], self.fields["name"], self.fields["evidence"]
        self.fields["authority"].help_text = "Such as: 18 from that day, and able to decide."

    def sections(self) -> list[Section]:
        return [Section("The answer", ["authority", "state", "doubt", "how", "answered_date"])]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, case: Case) -> HttpResponse:
    """How to ask, what to show, and what the person answers for then."""
    return case_act(
        request, case, AheadForm(sent(request), version=case.version),
        lambda form: ahead.answer_ahead(
            case, by=request.user, version=form.seen_version,
            **{name: form.cleaned_data[name] for name in NAMES},
        ),
        rule=lambda: ahead.may_answer_ahead(request.user, case),
        title="Record the answer as an adult",
        button="Write this answer down",
        lead=f"{turning(case)} The person then answers alone, and a parent no more. Until that"
        " day what was answered before counts.",
        lead_clause="2.10.4",
        template="consent/consent.html",
        said="The answer is written down. It holds from the birthday.",
        **asking(case) | {"asking": [], "visits": [], "who": WHO},
    )  # fmt: skip
