"""A new concern that joined an open case: read, and considered by the police (2.8.17)."""

from typing import ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import held
from waymark.cases.models import Case
from waymark.cases.writers import is_police
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.referrals import concerns, of_case
from waymark.ui.forms import Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.risen import escalation, suits
from waymark.web.frames.case_act import case_act, sent

SEEN = "police, chair and the Prevent lead of this case"
FOUR = (
    ("What is new", "what_is_new"),
    ("What repeats", "what_repeats"),
    ("What was left open", "what_was_left_open"),
    ("What it shows together", "what_it_shows_together"),
)


class ReadForm(Questions):
    asked: ClassVar = ("words",)
    words = Prose(label="What do you make of it?", who_sees=SEEN, rows=4, required=False)


class ConsiderForm(Questions):
    """The police consider whether the risk of criminality has risen."""

    asked: ClassVar = ("escalation", "suits")
    escalation = escalation()
    suits = suits()


@case_page(Part.EXTRACT)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: AskedBy, case: Case) -> HttpResponse:
    police = is_police(request.user, case)
    asked = ConsiderForm if police else ReadForm
    return case_act(
        request,
        case,
        asked(sent(request), version=case.version),
        lambda form: concerns.have_read(
            case,
            by=request.user,
            version=form.seen_version,
            **{name: form.cleaned_data[name] for name in asked.asked},
        ),
        rule=lambda: concerns.may_have_read(request.user, case),
        title="Read a new concern",
        button="I have read this concern",
        lead="Another referral about this person has joined the case.",
        lead_clause="2.8.17" if police else "2.8.18",
        template="concerns/read.html",
        extracts=of_case.extracts_of(case),
        joined=_joined(case),
        onward=_onward(request, case),
        said="It is written down that you have read the new concern.",
    )


def _joined(case: Case) -> list[dict[str, str]]:
    """What the screener said of the latest concern (R3)."""
    if (made := of_case.joined(case)) is None:
        return []
    rows = [("Why it joins this case", made.why)]
    rows += [(asked, getattr(made, name)) for asked, name in FOUR]
    rows += [("Screened by", made.by.name)]
    return [{"question": asked, "answer": text} for asked, text in rows if text]


def _onward(request: AskedBy, case: Case) -> list[dict[str, str]]:
    if not permits(held.may_hold, request.user, case):
        return []
    href = reverse("hold", args=[case.reference])
    return [{"text": "Hold the case: risk of criminality has risen", "href": href}]
