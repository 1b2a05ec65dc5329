"""Your sign-in: how one signs in oneself, what is still missing, the password."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.accounts import factors, passwords, recovery, signing_in
from waymark.accounts.factors import How, Lacks
from waymark.accounts.sign_on import links, providers
from waymark.database.clock import day_of
from waymark.directory.models import User
from waymark.directory.permission import refusal
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, fresh_sign_in, own_sign_in
from waymark.web.door import onward
from waymark.web.forms.sign_in import NewPasswordForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.page import show


@own_sign_in
@require_safe
def own_account(request: AskedBy) -> HttpResponse:
    """The factors of one's account; and for whoever lacks one, what to do first."""
    user, how = request.user, signing_in.how_of(request)
    lacks = factors.lacking(user, how)
    has_passkey = bool(factors.passkeys_of(user))
    app = factors.code_app_of(user)
    context = {
        "lacks": lacks.value,
        # whoever has a passkey shows it; but one who has lost it came in by a recovery code
        "to_show": lacks is Lacks.PASSKEY and has_passkey and how != How.RECOVERY,
        "may_use_app": not factors.needs_passkey(user),
        "refusal": refusal(factors.may_change, user, how),
        "by_sign_on": how == How.SIGN_ON,
        "confirm": onward.by_way_of("confirm", onward.asked_for(request)),
        "passkeys": _passkeys(user, how),
        **_sign_ons(user),
        "app_since": day_in_words(day_of(app.made_at)) if app else "",
        "codes_left": recovery.unused(user),
        "asked_for": factors.are_asked(),
        "has_password": user.has_usable_password(),
        "onward": onward.asked_for(request),
    }
    return show(request, "sign_in/own_account.html", context)


def _passkeys(user: User, how: str) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "made": day_in_words(day_of(one.made_at)),
            "used": day_in_words(day_of(one.used_at)) if one.used_at else "Not yet",
            "remove": {"text": "Remove", "href": reverse("own_passkey_remove", args=[one.pk])},
        }
        for one in factors.passkeys_of(user)
    ]


def _sign_ons(user: User) -> dict[str, Any]:
    """The organisations that one signs in by, and those that one could link."""
    mine = links.of(user)
    codes = {one.provider for one in mine}
    names = {one.code: one.name for one in providers.every()}
    rows = [
        {
            "name": names.get(one.provider, f"{one.provider} (no longer set up here)"),
            "made": day_in_words(day_of(one.made_at)),
            "used": day_in_words(day_of(one.used_at)) if one.used_at else "Not yet",
            "remove": {"text": "Remove", "href": reverse("own_sign_on_remove", args=[one.pk])},
        }
        for one in mine
    ]
    others = [code for code in names if code not in codes]
    to_link = [{"name": names[code], "to": reverse("own_sign_on", args=[code])} for code in others]
    return {"sign_ons": rows, "to_link": to_link}


@own_sign_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: AskedBy) -> HttpResponse:
    """Another password: whoever signs in with the old one elsewhere is signed out."""
    here, how = request.session.told.key, signing_in.how_of(request)
    verb = "Change" if request.user.has_usable_password() else "Choose"

    def change(form: NewPasswordForm) -> None:
        passwords.change(form.cleaned_data["new_password"], by=request.user, how=how, here=here)
        update_session_auth_hash(request, request.user)

    return act_page(
        request,
        NewPasswordForm(sent(request)),
        change,
        done=reverse("own_account"),
        said="Your password is changed. Where you were signed in elsewhere, you are signed out.",
        context={
            "title": f"{verb} your password",
            "button": f"{verb} my password",
            "back": reverse("own_account"),
            "refusal": refusal(factors.may_change, request.user, how),
            "lead": "It may be pasted from a password manager, and does not expire. It may not"
            " hold your name, your organisation’s, or Waymark’s, and not be a common one.",
        },
    )
