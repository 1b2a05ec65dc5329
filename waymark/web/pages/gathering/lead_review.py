"""The Prevent lead's review of a referral: an adult's, or a child's (2.7.6, 2.7.7)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases import lead_review, positions
from waymark.cases.known import gathering, risk
from waymark.cases.leads import CLAUSES
from waymark.cases.models import Case, SharingPosition
from waymark.cases.reading import ages, social_care, worklists
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.permission import refusal
from waymark.people.age import is_adult
from waymark.policy.pack import in_force
from waymark.referrals import harm
from waymark.referrals.of_case import extracts_of
from waymark.sharing.bodies import bodies_in
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.review import ReviewForm
from waymark.web.frames.case_act import case_act
from waymark.web.keeping import Keeping
from waymark.web.rows.not_known import not_known

ASKED = "The referral is reviewed. The police ask the partners whom you named next."
NOBODY_ASKED = "The referral is reviewed. The police assess the risk a second time next."


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: AskedBy, case: Case) -> HttpResponse:
    """What the lead reads before reviewing stands on the same page: the extract and the risk."""
    made = social_care.made_on(case)
    keeping = Keeping(request, case.pk, "review")
    form = keeping.form(
        ReviewForm, case=case, bodies=bodies_in(case.area),
        care=[] if made else harm.social_care(),
        name=worklists.names_of([case.person_id]).get(case.person_id, ""),
    )  # fmt: skip
    return case_act(
        request,
        case,
        form,
        lambda form: _review(form, case, request),
        rule=lambda: lead_review.may_review(request.user, case),
        keeping=keeping,
        title="Review the referral",
        button="Sign this review",
        lead="The police found neither conflict nor major risk."
        f" The {case.get_led_by_display()} reviews it.",
        lead_clause=CLAUSES.get(case.led_by, "2.7.6"),
        template="lead_review/review.html",
        extracts=extracts_of(case),
        risk=risk.last_risk(case),
        police=sees_part(request.user, case, Part.HELD),
        gathered=gathering.last_gathering(case),
        sharing=_sharing(case),
        **not_known(case, request.user),
        safeguarding=_safeguarding(case),
        disputed=ages.in_dispute(case),
        born=ages.leap_birthday(case),
        social_care=None if not is_adult(case.person)
        else in_force().text("adult_social_care_consent"),
        said=lambda made: ASKED if made.to_ask.exists() else NOBODY_ASKED,
    )  # fmt: skip


def _review(form: ReviewForm, case: Case, request: AskedBy) -> object:
    said = form.cleaned_data
    return lead_review.review(
        case,
        by=request.user,
        conversations=said["conversations"],
        harm_suspected=said["harm_suspected"] == "yes",
        safeguarding=said["safeguarding"],
        recommendation=said["recommendation"],
        to_ask=form.named(),
        nobody_to_ask_why=said["nobody_to_ask_why"],
        referral=form.referral(),
        version=form.seen_version,
    )


def _sharing(case: Case) -> dict[str, Any]:
    """The position on sharing that stands, and what is missing before a partner is asked."""
    stands: SharingPosition | None = positions.position_of(case)
    return {
        "missing": refusal(positions.may_be_shared, case),
        "words": f"{positions.in_words(stands, case)}: {stands.ground}" if stands else "",
        "href": reverse("sharing_position", args=[case.reference]),
    }


def _safeguarding(case: Case) -> dict[str, Any]:
    made = [social_care.in_words(one) for one in social_care.made_on(case)]
    return {"made": made, "href": reverse("case_safeguarding", args=[case.reference])}
