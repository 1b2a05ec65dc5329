"""Who has access: looked at and signed by the chair of each area, each quarter (S19)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import day_of
from waymark.directory.models import Role, areas_by_code
from waymark.directory.permission import permits, refusal
from waymark.oversight import access_reviews
from waymark.oversight.access_reviews import Standing
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, fresh_sign_in, post_holders
from waymark.web.forms.access_review import ReviewForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.page import show


@post_holders(Role.ADMINISTRATOR, Role.CHAIR)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Each area with its last review and the next; what a chair wants ended."""
    keeps = Role.ADMINISTRATOR in request.user.roles_in()
    rows = [
        _row(request, one)
        for one in access_reviews.standing()
        if keeps or permits(access_reviews.may_sign, request.user, one.area)
    ]
    context = {
        "section": "accounts" if keeps else "home",
        "back": reverse("accounts" if keeps else "home"),
        "rows": rows,
        "keeps": keeps,
        "to_end": [_end(one) for one in access_reviews.to_end()] if keeps else [],
    }
    return show(request, "accounts/reviews.html", context)


def _row(request: AskedBy, one: Standing) -> dict[str, Any]:
    signs = permits(access_reviews.may_sign, request.user, one.area)
    address = reverse("access_review", args=[one.area.code])
    last = one.last
    due = day_in_words(last.next_date) if last else "Now"
    return {
        "area": {"text": one.area.name, "href": address} if signs else one.area.name,
        "last": f"{day_in_words(day_of(last.at))}, by {last.by.name}" if last else "Never",
        "next": {"text": f"{due}: overdue", "tag": "danger"} if one.is_overdue else due,
    }


def _end(said: Any) -> dict[str, Any]:
    return {
        "name": {"text": said.user.name, "href": reverse("account", args=[said.user_id])},
        "organisation": said.user.organisation.name,
        "area": said.review.area.name,
        "why": said.words,
    }


@post_holders(Role.CHAIR)
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: AskedBy, area: str) -> HttpResponse:
    """Each account with a post in the area: kept, or ended with the reason."""
    where = areas_by_code().get(area)
    if where is None or not permits(access_reviews.may_sign, request.user, where):
        raise Http404
    people = [one for one in access_reviews.people_of(where) if one != request.user]
    return act_page(
        request,
        ReviewForm(sent(request), people=people),
        lambda form: access_reviews.sign(
            where, by=request.user, ends=form.ends(), seen={one.pk for one in people}
        ),
        done=reverse("access_reviews"),
        said="The review is signed. The administrators are told of what is to end.",
        context={
            "section": "home",
            "title": f"Who has access in {where.name}",
            "button": "Sign this review",
            "lead": "Look at each account. Does this person still do this work? Your own account is"
            " looked at by the administrators.",
            "lead_clause": access_reviews.CLAUSE,
            "back": reverse("access_reviews"),
            "refusal": refusal(access_reviews.may_sign, request.user, where),
        },
    )
