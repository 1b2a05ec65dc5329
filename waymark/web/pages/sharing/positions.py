"""Deciding whether information about somebody may be shared, and on what ground (2.4.3–2.4.5)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import lead_review, positions
from waymark.cases.models import Case, SharingPosition
from waymark.cases.writers import may_write
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act, sent

SEEN = "police, chair and the Prevent lead of this case"
LEADS = {
    "2.4.3": "The child or the family know of it and agree, or asking them would put the child in"
    " danger.",
    "2.4.4": "Before anything is shared, the adult is asked and it is written what they said.",
}
STATES = {
    "2.4.3": (
        "Do the child or the family agree to sharing?",
        {"agreed": "They agree", "refused": "They refuse", "not_sought": "They were not asked"},
    ),
    "2.4.4": (
        "Was the person asked, and what did they say?",
        {"agreed": "Asked: agrees", "refused": "Asked: refuses", "not_sought": "Not asked"},
    ),
}


class PositionForm(Questions):
    state = Choice(
        label="What was said?",
        choices=[],
        error_messages={"required": "Select whether sharing is agreed"},
    )
    ground = Prose(
        label="How was it agreed, or which lawful ground is there without it?",
        help_text="Such as keeping somebody from serious harm, or preventing crime.",
        who_sees=SEEN,
        rows=4,
        error_messages={"required": "Enter how it was agreed, or the lawful ground without it"},
    )
    balance = Prose(
        label="Without agreement: how is it weighed?",
        help_text="Why the public interest outweighs the person’s, why no more is shared than is"
        " needed; where nobody was asked, how asking would have put somebody in danger.",
        who_sees=SEEN,
        rows=4,
        required=False,
    )
    review_date = DateField(
        label="Without agreement: when is it looked at again?",
        called="The date to look at it again",
        help_text="Leave empty for the usual time.",
        required=False,
        future=True,
    )

    def __init__(self, data: Any, *, version: int, clause: str):
        super().__init__(data, version=version)
        label, choices = STATES[clause]
        self.fields["state"].label = label
        self.fields["state"].choices = list(choices.items())  # type: ignore[attr-defined]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AskedBy, case: Case) -> HttpResponse:
    clause = positions.clause_of(case)
    stands = positions.position_of(case)
    pack = in_force()
    return case_act(
        request, case, PositionForm(sent(request), version=case.version, clause=clause),
        lambda form: positions.decide(
            case, by=request.user, state=form.cleaned_data["state"],
            ground=form.cleaned_data["ground"], balance=form.cleaned_data["balance"],
            review_date=form.cleaned_data["review_date"], version=form.seen_version,
        ),
        rule=lambda: may_write(request.user, case),
        title="Decide the position on sharing",
        button="Record this position",
        lead=LEADS[clause],
        lead_clause=clause,
        template="sharing/position.html",
        rows=_rows(stands, case) if stands else [],
        texts=[pack.text("whom_to_ask"), pack.text("capacity")],
        onward=[
            {"text": "Before you share", "href": reverse("policy_texts", args=["sharing"])},
        ],
        done=reverse("lead_review", args=[case.reference])
        if permits(lead_review.may_review, request.user, case)
        else "",
        said="The position on sharing is recorded.",
    )  # fmt: skip


def _rows(stands: SharingPosition, case: Case) -> list[dict[str, str]]:
    rows = [
        ("Position", positions.in_words(stands, case)),
        ("How agreed, or on which ground", stands.ground),
        ("How it was weighed", stands.balance),
        ("Looked at again on", day_in_words(stands.review_date) if stands.review_date else ""),
        ("Decided by", stands.by.name),
    ]
    return [{"question": asked, "answer": said} for asked, said in rows if said]
