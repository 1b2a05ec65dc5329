"""Each organisation says every six months who of its people is still there (S19)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import real_today
from waymark.directory import contacts
from waymark.directory.models import Organisation, Role
from waymark.directory.permission import permits
from waymark.oversight import confirmations, confirming, unconfirmed
from waymark.oversight.confirmations import Standing
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, fresh_sign_in, post_holders, signed_in
from waymark.web.forms.confirmation import ConfirmForm, NameForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.page import show

ACTS = ["GET", "HEAD", "POST"]
LEAD = (
    "Look at each person. Are they still with you, and in the same work? Say so of all of them:"
    " nobody says it of themselves. Who has left cannot sign in from now on, and their work goes to"
    " somebody else."
)


@post_holders(Role.ADMINISTRATOR)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Each organisation: who confirms its people, and by when. Who is warned, and who has moved."""
    context = {
        "section": "accounts",
        "rows": [_row(one) for one in confirmations.standing()],
        "warned": [_warned(one) for one in unconfirmed.warned()],
        "moved": [_moved(one) for one in confirmations.moved()],
    }
    return show(request, "accounts/confirmations.html", context)


def _row(one: Standing) -> dict[str, Any]:
    body, due = one.organisation, day_in_words(one.due)
    return {
        "body": {
            "text": body.name,
            "href": reverse("confirm_people", args=[body.pk]),
        },
        "who": {
            "text": one.people[0].name,
            "href": reverse("name_confirming", args=[body.pk]),
        },
        "due": {"text": f"{due}: overdue", "tag": "danger"} if one.is_overdue else due,
    }


def _warned(one: Any) -> dict[str, Any]:
    days = (one.suspend_date - real_today()).days
    return {
        "name": {"text": one.user.name, "href": reverse("account", args=[one.user_id])},
        "body": one.user.organisation.name,
        "on": day_in_words(one.suspend_date) if days > 0 else "The next night",
    }


def _moved(said: Any) -> dict[str, Any]:
    return {
        "name": {"text": said.user.name, "href": reverse("account", args=[said.user_id])},
        "body": said.user.organisation.name,
        "words": said.words,
    }


@signed_in
@fresh_sign_in
@require_http_methods(ACTS)
def people(request: AskedBy, key: int) -> HttpResponse:
    """Of each person whether they are still here, by whoever was asked, or an administrator."""
    body, user = _body(key), request.user
    if not permits(confirmations.may_answer, user, body):
        raise Http404
    keeps = Role.ADMINISTRATOR in user.roles_in()
    people = confirmations.shown(confirming.for_whom(user, body))
    back = reverse("confirmations" if keeps else "home")
    return act_page(
        request,
        ConfirmForm(sent(request), people=people),
        lambda form: confirmations.answer(body, by=user, said=form.said()),
        done=back,
        said="Your answer is written down.",
        context={
            "section": "accounts" if keeps else "home",
            "title": f"Who is still at {body.name}?",
            "button": "Confirm these people",
            "lead": LEAD,
            "lead_clause": confirming.CLAUSE,
            "back": back,
        },
    )


@post_holders(Role.ADMINISTRATOR)
@require_http_methods(ACTS)
def name(request: AskedBy, key: int) -> HttpResponse:
    """Somebody of an organisation confirms its people from now on."""
    body = _body(key)
    return act_page(
        request,
        NameForm(sent(request), people=list(confirming.people_of(body))),
        lambda form: confirming.name(
            body, by=request.user, who=form.people[form.cleaned_data["who"]]
        ),
        done=reverse("confirmations"),
        said="They are asked from now on.",
        context={
            "section": "accounts",
            "title": f"Who confirms the people of {body.name}?",
            "button": "Name them",
            "lead": "Name whoever leads this work there, or its single point of contact. Somebody"
            " else confirms them.",
            "lead_clause": confirming.CLAUSE,
            "back": reverse("confirmations"),
        },
    )


def _body(key: int) -> Organisation:
    found = contacts.organisation_of(key)
    if found is None:
        raise Http404
    return found
