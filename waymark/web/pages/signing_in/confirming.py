"""Confirm it is you: before a sensitive act, if signing in was longer ago than five minutes."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from waymark.accounts import attempts, code_apps, factors, passkeys, signing_in
from waymark.accounts.factors import How
from waymark.accounts.sign_on import links
from waymark.accounts.sign_on.asking import Purpose
from waymark.web.access import AskedBy, own_sign_in
from waymark.web.door import onward, sign_on, source
from waymark.web.door.signed_in import wait_in_words
from waymark.web.forms.sign_in import ConfirmCodeForm, ConfirmPasswordForm, PasskeyForm
from waymark.web.page import show

NOT_RIGHT = {
    How.CODE: "That code is not right, or has been used",
    How.PASSWORD: "That password is not right",
}


def ways_of(request: AskedBy) -> list[How]:
    """How this person can show who they are: the strongest that their account has counts."""
    user = request.user
    if links.confirm_by(user, signing_in.how_of(request)):
        return [How.ORGANISATION]
    if not factors.are_asked():
        return [How.PASSWORD]
    has_passkey = bool(factors.passkeys_of(user))
    has_app = factors.code_app_of(user) is not None
    ways = [How.PASSKEY] if has_passkey else []
    if has_app and not (has_passkey and factors.needs_passkey(user)):
        ways.append(How.CODE)
    return ways or [How.PASSWORD]


@own_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AskedBy) -> HttpResponse:
    """By passkey, by a code, or by the password where the account has nothing else."""
    ways = ways_of(request)
    sent = request.POST if request.method == "POST" else None
    typed, passkey = _forms(ways, sent)
    if passkey is not None and passkey.is_bound and passkey.is_valid():
        if passkeys.is_shown(
            request.session, passkeys.CONFIRMING, passkey.cleaned_data["said"], request.user
        ):
            return _done(request, How.PASSKEY)
        passkey.add_error(None, "This passkey could not be checked. Try again.")
    elif typed is not None and typed.is_bound and typed.is_valid():
        by = How.CODE if How.CODE in ways else How.PASSWORD
        if _is_right(request, typed, by):
            return _done(request, by)
    failing = passkey if passkey is not None and passkey.errors else typed
    shown = links.confirm_by(request.user, signing_in.how_of(request))
    context = {
        "form": failing,
        "asked": typed,
        "passkey": passkey,
        "sign_ons": sign_on.buttons("confirm_sign_on", onward.asked_for(request), only=shown),
    }
    return sign_on.offering(show(request, "sign_in/confirm.html", context), only=shown)


@own_sign_in
@require_POST
def by_organisation(request: AskedBy, code: str) -> HttpResponse:
    """To the provider, for whoever has nothing of ours to show who they are with."""
    provider = sign_on.provider_of(code)
    if provider not in links.confirm_by(request.user, signing_in.how_of(request)):
        raise Http404
    where = onward.asked_for(request)
    return sign_on.begin(request, provider, Purpose.CONFIRM, where=where, user=request.user.pk)


def _forms(ways: list[How], sent: Any) -> tuple[Any, Any]:
    """The form for what is typed and the one for a passkey; what was sent is one of the two."""
    by_passkey = sent is not None and "said" in sent
    passkey = PasskeyForm(sent if by_passkey else None) if How.PASSKEY in ways else None
    kinds = {How.CODE: ConfirmCodeForm, How.PASSWORD: ConfirmPasswordForm}
    kind = next((kinds[way] for way in ways if way in kinds), None)
    return kind(None if by_passkey else sent) if kind else None, passkey


def _is_right(request: AskedBy, form: Any, by: How) -> bool:
    field = "code" if by is How.CODE else "password"
    subjects = [attempts.of_name(request.user.username), attempts.of_source(source.of(request))]
    if seconds := attempts.seconds_to_wait(subjects):
        form.add_error(field, wait_in_words(seconds))
        return False
    said = form.cleaned_data[field]
    if by is How.CODE:
        right = code_apps.use(request.user, said)
    else:
        right = check_password(said, request.user.password)
    if not right:
        attempts.failed(subjects)
        form.add_error(field, NOT_RIGHT[by])
    return right


def _done(request: AskedBy, by: How) -> HttpResponse:
    signing_in.confirm(request, by=by)
    return redirect(onward.asked_for(request))


@own_sign_in
@require_POST
def passkey_begin(request: AskedBy) -> HttpResponse:
    asked = passkeys.options_to_show(request.session, passkeys.CONFIRMING, request.user)
    return HttpResponse(asked, content_type="application/json")
