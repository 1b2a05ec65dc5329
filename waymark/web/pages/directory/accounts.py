"""Accounts: who has one, and which posts each of them holds until when (B.1, B.2)."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from waymark.directory import accounts, appointments
from waymark.directory.models import Appointment, Role, User
from waymark.directory.permission import permits
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import asked
from waymark.web.access import AskedBy, post_holders
from waymark.web.page import show
from waymark.web.rows.account import (
    KINDS,
    account_of,
    acts_on,
    area_of,
    facts_of,
    until_of,
)

SHUT = {"Suspended": "danger", "Asleep": "soon", "Closed": "plain"}  # kinds of tags


class NameForm(forms.Form):
    named = asked(
        forms.CharField(label="Name or account", required=False, max_length=60), about_nobody=True
    )

    def __init__(self, data: Any):
        super().__init__(data, label_suffix="")


@post_holders(Role.ADMINISTRATOR)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Everybody with an account, their posts in force and until when; what waits for approval."""
    form = NameForm(request.GET)
    named = form.cleaned_data["named"] if form.is_valid() else ""
    page = accounts.people(after=request.GET.get("after", ""), named=named)
    said = {"named": named} if named else {}
    context = {
        "section": "accounts",
        "waiting": [_waiting(post) for post in accounts.waiting()],
        "filters": form,
        "applied": [{"question": "Name or account", "answer": named, "href": "?"}] if named else [],
        "rows": [row for user in page.people for row in _posts_in_force(user)],
        "older": f"?{urlencode(said | {'after': page.after})}" if page.after else "",
    }
    return show(request, "accounts/list.html", context)


def _waiting(post: Appointment) -> dict[str, Any]:
    return {
        "name": {"text": post.user.name, "href": reverse("appointment", args=[post.pk])},
        "post": post.get_role_display(),
        "area": area_of(post),
        "from": day_in_words(post.from_date),
        "given": post.given_by.name if post.given_by else "",
    }


def _posts_in_force(user: User) -> list[dict[str, Any]]:
    """A row for each post of a person; one that says so where they hold none."""
    name = {"text": user.name, "href": reverse("account", args=[user.pk])}
    shut = accounts.is_shut_as(user)
    state = {"text": shut, "tag": SHUT[shut]} if shut else "In use"
    who = {"name": name, "organisation": user.organisation.name, "state": state}
    held: list[Appointment] = vars(user)["posts"]
    if not held:
        return [who | {"post": "No post in force", "area": "", "until": ""}]
    return [
        who
        | {
            "post": post.get_role_display(),
            "area": area_of(post),
            "until": until_of(post),
        }
        for post in held
    ]


@post_holders(Role.ADMINISTRATOR)
@require_safe
def account(request: AskedBy, key: int) -> HttpResponse:
    """One person's posts: in force, waiting, ended."""
    found = account_of(key)
    context = {
        "section": "accounts",
        "account": found,
        "facts": facts_of(found),
        "acts": acts_on(found, request.user),
        "rows": [_post(post) for post in accounts.posts_of(found)],
        "may_give": permits(appointments.may_give, request.user, found),
    }
    return show(request, "accounts/account.html", context)


def _post(post: Appointment) -> dict[str, Any]:
    state = accounts.state_of(post)
    return {
        "post": {
            "text": post.get_role_display(),
            "href": reverse("appointment", args=[post.pk]),
        },
        "area": area_of(post),
        "from": day_in_words(post.from_date),
        "until": until_of(post),
        "state": {"text": state, "tag": KINDS.get(state, "plain")},
    }
