"""Behind the link of an invitation: somebody chooses their password, and goes on to a factor."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.accounts import factors, invitations, signing_in
from waymark.accounts.factors import How
from waymark.database.actor import Visitor
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.web.access import anyone
from waymark.web.door import invited, sign_on
from waymark.web.door.signed_in import go_on
from waymark.web.forms.sign_in import NewPasswordForm
from waymark.web.page import show


@anyone
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The link itself: its token goes out of the address at once, and nothing is used up."""
    return invited.hold(redirect("invitation"), token)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Any) -> HttpResponse:
    """Choose a password. Unknown, used, ended and expired links come to the same page."""
    token = invited.token_of(request)
    asks = request.user if request.user.is_authenticated else None
    user, sign_ons = _offered(token)
    become(asks)
    if user is None:
        return show(request, "sign_in/link_not_open.html", status=404)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = invitations.accept(token, form.cleaned_data["new_password"], by=Visitor())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return invited.let_go(_on(request, taken))
    context = {"form": form, "username": user.username, "sign_ons": sign_ons}
    page = show(request, "sign_in/choose_password.html", context)
    return sign_on.offering(page) if sign_ons else page


def _offered(token: str) -> tuple[User | None, list[Any]]:
    """Whom the link invites, and by which organisations they may sign in from now on."""
    user = invitations.whose(token)
    may = user is not None and invitations.permits_sign_on(user)
    return user, sign_on.buttons("invitation_sign_on") if may else []


def _on(request: HttpRequest, user: User) -> HttpResponse:
    """Whoever has a second factor shows it: a link never stands in for one."""
    where = reverse("own_account")
    if factors.are_asked() and factors.has_any(user):
        signing_in.await_second(request, user, where)
        return redirect("sign_in_second")
    return go_on(request, user, where, by=How.PASSWORD)
