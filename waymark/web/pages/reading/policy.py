"""The policy in force, to be read: its control sheet, texts, definitions, framework, references."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from waymark.database.clock import today
from waymark.policy.pack import in_force
from waymark.web.access import anyone
from waymark.web.page import show

PAGES = {
    "purpose": ("Prevent and CONTEST", ("prevent_purpose", "prevent_objectives",
                "prevent_commitments", "contest", "risk_reduction_model")),
    "channel": ("What Channel is", ("channel_is", "channel_is_not", "channel_plainly",
                "panel_duties", "panel_membership", "co_operation", "transfer")),
    "sharing": ("Sharing and recording", ("sharing_heads", "whom_to_ask", "answer_in_time",
                "recording", "suspected_crime")),
    "consent": ("Consent", ("consent_sensitivity", "consent_how", "capacity",
                "adult_social_care_consent")),
    "signs": ("Signs, and engaging people", ("signs_and_engaging", "lawful_life",
              "dimensions_apart")),
    "support": ("Support and its level", ("early_and_lowest", "thresholds")),
    "schools": ("Schools and voluntary organisations", ("vigilance", "vigilance_support",
                "schools_safeguarding")),
    "learning": ("Training", ("learning", "wrap_replacement")),
}  # fmt: skip


@anyone
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The edition in force and its document control; a review date that has passed (1.0.2)."""
    pack = in_force()
    context = {
        "section": "policy",
        "pack": pack,
        "passed": pack.control.review_passed(today()),
        "pages": [{"text": title, "code": code} for code, (title, _) in PAGES.items()],
    }
    return show(request, "policy/policy.html", context)


@anyone
@require_safe
def texts(request: HttpRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404
    pack = in_force()
    title, codes = PAGES[page]
    context = {
        "section": "policy",
        "title": title,
        "texts": [pack.text(code) for code in codes],
        "pack": pack,
        "streams": pack.work_streams if page == "purpose" else (),
        "kinds": pack.support_kinds if page == "support" else (),
        "levels": pack.support_levels if page == "support" else (),
        "indicators": page == "signs",
    }
    return show(request, "policy/texts.html", context)


@anyone
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    return show(request, "policy/definitions.html", {"section": "policy", "pack": in_force()})


@anyone
@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """Three dimensions and 22 factors, and the indicators with what must be said beside them."""
    return show(request, "policy/framework.html", {"section": "policy", "pack": in_force()})
