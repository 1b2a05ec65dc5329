"""An act on an account as a page: its refusal, its form, and back to the account."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from waymark.directory.keeping import CLAUSE
from waymark.directory.models import User
from waymark.directory.permission import refusal
from waymark.ui.forms import Questions
from waymark.web.access import AskedBy
from waymark.web.frames.acts import act_page


def account_act(
    request: AskedBy, found: User, form: Questions, rule: Callable[..., None],
    act: Callable[[Any], object], *, said: str, **context: Any,
) -> HttpResponse:  # fmt: skip
    """A page of one act on an account. Its title tag names nobody."""
    back = reverse("account", args=[found.pk])
    refused = None if request.method == "POST" else refusal(rule, request.user, found)
    return act_page(
        request, form, act, done=back, said=said, template="accounts/act.html",
        context={"section": "accounts", "lead_clause": CLAUSE, "back": back, "refusal": refused}
        | context,
    )  # fmt: skip
