"""An account is opened by invitation, invited again, and helped where all factors are lost."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.accounts import invitations, lost
from waymark.directory import people
from waymark.directory.models import Role
from waymark.web.access import AskedBy, fresh_sign_in, post_holders
from waymark.web.forms.opening_account import EmailForm, LostForm, OpenForm
from waymark.web.frames.account_act import account_act
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.rows.account import account_of

ACTS = ["GET", "HEAD", "POST"]
SENT = "The link is on its way. It works once, within 72 hours."


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def open_one(request: AskedBy) -> HttpResponse:
    """Open an account: its person gets a link by e-mail, and nobody else chooses a password."""
    return act_page(
        request,
        OpenForm(sent(request)),
        lambda form: invitations.open_and_invite(by=request.user, **form.said()),
        done=lambda user: reverse("account", args=[user.pk]),
        said=SENT,
        context={
            "section": "accounts",
            "title": "Open an account",
            "button": "Open the account and send the link",
            "lead": "They can do nothing here until they are given a post, too.",
            "lead_clause": "B.1",
            "back": reverse("accounts"),
        },
    )


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def invite(request: AskedBy, key: int) -> HttpResponse:
    """Send another link, to choose a password by."""
    found = account_of(key)
    return account_act(
        request, found, PlainForm(sent(request)), invitations.may_invite,
        lambda _: invitations.invite(found, by=request.user),
        said=SENT, title="Send a link to choose a password", button="Send the link",
        lead=f"It goes to {found.email}. A link that was sent before opens nothing any more. It"
        " never stands in for a second factor.",
    )  # fmt: skip


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def change_email(request: AskedBy, key: int) -> HttpResponse:
    found = account_of(key)
    return account_act(
        request, found, EmailForm(sent(request), initial={"email": found.email}),
        people.may_change_email,
        lambda form: people.change_email(
            found, by=request.user, email=form.cleaned_data["email"]
        ),
        said="The e-mail address is changed.", title="Change an e-mail address",
        button="Change the address", lead=f"{found.name}, {found.organisation.name}",
    )  # fmt: skip


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def say_lost(request: AskedBy, key: int) -> HttpResponse:
    """One administrator says that somebody has lost every second factor."""
    found = account_of(key)
    return account_act(
        request, found, LostForm(sent(request)), lost.may_say,
        lambda form: lost.say(found, by=request.user, words=form.cleaned_data["words"]),
        said="An administrator of another organisation can now confirm it.",
        title="All second factors are lost", button="Say that they are lost",
        lead=f"{found.name} has neither passkey, nor app, nor recovery codes any more. An"
        " administrator of another organisation has to confirm it.",
    )  # fmt: skip


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(ACTS)
def confirm_lost(request: AskedBy, key: int) -> HttpResponse:
    """Another confirms it: the account begins again, with a new link."""
    found = account_of(key)
    said = lost.waiting_of(found)
    who = f" {said.asked_by.name} says: {said.words}" if said else ""
    return account_act(
        request, found, PlainForm(sent(request)), lost.may_confirm,
        lambda _: lost.confirm(found, by=request.user),
        said=SENT, title="Confirm that all second factors are lost",
        button="Confirm, and send a new link", danger=True,
        lead=f"{found.name}’s old factors, password and sign-ins end.{who}",
    )  # fmt: skip
