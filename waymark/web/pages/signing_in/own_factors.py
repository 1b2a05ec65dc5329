"""One's own second factors: added, removed, and the codes for when they are lost (S13, S18)."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from waymark.accounts import code_apps, factors, passkeys, recovery, signing_in
from waymark.accounts.models import Passkey
from waymark.directory.permission import Refused, refusal
from waymark.web.access import AskedBy, fresh_sign_in, own_sign_in
from waymark.web.forms.sign_in import CodeAppForm, NewPasskeyForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.page import show

ADDED = "It is added. Where you were signed in elsewhere, you are signed out."
REMOVED = "It is removed. Where you were signed in elsewhere, you are signed out."


def _next(request: AskedBy) -> str:
    """Whoever has no recovery codes makes them now."""
    return reverse("own_account" if recovery.unused(request.user) else "own_recovery")


@own_sign_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: AskedBy) -> HttpResponse:
    how = signing_in.how_of(request)
    return act_page(
        request,
        NewPasskeyForm(sent(request)),
        lambda form: factors.add_passkey(
            request.session,
            form.cleaned_data["said"],
            form.cleaned_data["name"],
            by=request.user,
            how=how,
        ),
        done=lambda _: _next(request),
        said=ADDED,
        template="sign_in/add_passkey.html",
        context={
            "back": reverse("own_account"),
            "refusal": refusal(factors.may_change, request.user, how),
        },
    )


@own_sign_in
@fresh_sign_in
@require_POST
def add_passkey_begin(request: AskedBy) -> HttpResponse:
    """What the browser is to ask a device to make. Only the page's script asks for it."""
    asked = passkeys.options_to_make(request.session, request.user)
    return HttpResponse(asked, content_type="application/json")


@own_sign_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: AskedBy, key: int) -> HttpResponse:
    found = next((one for one in factors.passkeys_of(request.user) if one.pk == key), None)
    if found is None:
        raise Http404
    how = signing_in.how_of(request)
    return _remove(
        request,
        found,
        lambda _: factors.remove_passkey(request.session, key, by=request.user, how=how),
        title=f"Remove the passkey “{found.name}”",
    )


@own_sign_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_code_app(request: AskedBy) -> HttpResponse:
    found = factors.code_app_of(request.user)
    if found is None:
        return redirect("own_account")
    how = signing_in.how_of(request)
    return _remove(
        request,
        found,
        lambda _: factors.remove_code_app(request.session, by=request.user, how=how),
        title="Remove the app for codes",
    )


def _remove(request: AskedBy, factor: Passkey | object, act: object, *, title: str) -> HttpResponse:
    how = signing_in.how_of(request)
    refused = refusal(factors.may_remove, request.user, how, factor)
    return act_page(
        request,
        PlainForm(sent(request)),
        act,  # type: ignore[arg-type]
        done=reverse("own_account"),
        said=REMOVED,
        context={
            "title": title,
            "page_title": "Remove a way to sign in",
            "button": "Remove it",
            "danger": True,
            "back": reverse("own_account"),
            "lead": "You can’t sign in with it any more.",
            "refusal": None if request.method == "POST" else refused,
        },
        template="accounts/act.html",
    )


@own_sign_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_code_app(request: AskedBy) -> HttpResponse:
    """A new secret for an app with each look at the page; kept once the app shows its code."""
    user, how = request.user, signing_in.how_of(request)
    secret = code_apps.offered(user, request.POST.get("offered", ""))
    if secret is None and request.method == "POST":
        return redirect("own_code_app")  # shown to somebody else, or altered
    secret = secret or code_apps.new_secret()
    form = CodeAppForm(sent(request), initial={"offered": code_apps.offer(user, secret)})
    return act_page(
        request,
        form,
        lambda given: factors.add_code_app(
            request.session, secret, given.cleaned_data["code"], by=user, how=how
        ),
        done=lambda _: _next(request),
        said=ADDED,
        template="sign_in/add_code_app.html",
        context={
            "back": reverse("own_account"),
            "refusal": refusal(factors.may_change, user, how),
            "picture": Markup(code_apps.picture(user, secret)),  # noqa: S704  our own drawing
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        },
    )


@own_sign_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: AskedBy) -> HttpResponse:
    """Ten codes, shown this once."""
    user, how = request.user, signing_in.how_of(request)
    context = {
        "left": recovery.unused(user),
        "back": reverse("own_account"),
        "refusal": refusal(factors.may_change, user, how),
        "form": PlainForm(sent(request)),
    }
    if request.method == "POST":
        try:
            codes = factors.make_recovery_codes(request.session, by=user, how=how)
            context |= {"codes": codes, "form": None}
        except Refused as refused:
            context["refusal"] = refused
    return show(request, "sign_in/recovery_codes.html", context)
