"""Signing in and out: by password and a second factor, or by a passkey alone."""

from typing import Any

from django.contrib.auth import authenticate, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from waymark.accounts import attempts, factors, passkeys, signing_in
from waymark.accounts.factors import How
from waymark.audit.events import record
from waymark.database.clock import now
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.web.access import anyone
from waymark.web.door import onward, sign_on, source
from waymark.web.door.signed_in import go_on, wait_in_words
from waymark.web.forms.sign_in import PasskeyForm, SecondForm, SignInForm
from waymark.web.page import show

NOT_CHECKED = "This passkey could not be checked. Try again, or sign in another way."
NOT_RIGHT = "The user name or the password is not right"


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One sentence for every failure: it does not tell whether the account exists (S12)."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = _known(request, form)
        if user is not None:
            return _first_shown(request, user, onward.asked_for(request))
    return _sign_in_page(request, form, PasskeyForm())


def _known(request: HttpRequest, form: SignInForm) -> User | None:
    """Whose name and password these are. A try during a wait counts for nothing."""
    name, password = form.cleaned_data["username"], form.cleaned_data["password"]
    subjects = [attempts.of_name(name), attempts.of_source(source.of(request))]
    seconds = attempts.seconds_to_wait(subjects)
    user = authenticate(request, username=name, password=password)
    if seconds:
        become(None)  # also where it was right: nobody is signed in
        form.add_error(None, wait_in_words(seconds))
        return None
    if user is None:
        attempts.failed(subjects)
        form.add_error(None, NOT_RIGHT)
    return user if isinstance(user, User) else None


def _first_shown(request: HttpRequest, user: User, where: str) -> HttpResponse:
    if factors.are_asked() and factors.has_any(user):
        signing_in.await_second(request, user, where)
        return redirect("sign_in_second")
    return go_on(request, user, where, by=How.PASSWORD)


def _sign_in_page(request: HttpRequest, form: SignInForm, passkey: PasskeyForm) -> HttpResponse:
    context = {
        "form": passkey if passkey.errors else form,
        "asked": form,
        "here": onward.by_way_of("sign_in", onward.asked_for(request)),
        "passkey": passkey if factors.are_asked() else None,
        "passkey_page": onward.by_way_of("sign_in_passkey", onward.asked_for(request)),
        "sign_ons": sign_on.buttons("sign_on", onward.asked_for(request)),
    }
    return sign_on.offering(show(request, "sign_in/sign_in.html", context))


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second factor of whoever has just shown their password."""
    waiting = signing_in.awaited(request)
    if waiting is None:
        return redirect("sign_in")
    form = SecondForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = signing_in.person(waiting["user"])
        if user is None:
            return redirect("sign_in")
        how = _second_shown(request, form, user)
        if how is not None:
            return go_on(request, user, onward.safe(waiting["next"]), by=how)
    return show(request, "sign_in/second.html", {"form": form})


def _second_shown(request: HttpRequest, form: SecondForm, user: User) -> How | None:
    subjects = [attempts.of_name(user.username), attempts.of_source(source.of(request))]
    if seconds := attempts.seconds_to_wait(subjects):
        form.add_error("code", wait_in_words(seconds))
        return None
    how = signing_in.second_shown(user, form.cleaned_data["code"])
    if how is None:
        attempts.failed(subjects)
        form.add_error("code", "That code is not right, or has been used")
    return how


@anyone
@require_POST
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """What the browser is to ask a device for. Only the page's script asks for it."""
    _only_with_factors()
    asked = passkeys.options_to_show(request.session, passkeys.SIGNING_IN)
    return HttpResponse(asked, content_type="application/json")


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey counts as two factors. Failures elsewhere never make it wait."""
    _only_with_factors()
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = signing_in.by_passkey(request, form.cleaned_data["said"])
        if user is not None:
            return go_on(request, user, onward.asked_for(request), by=How.PASSKEY)
        form.add_error(None, NOT_CHECKED)
    return _sign_in_page(request, SignInForm(), form)


def _only_with_factors() -> None:
    if not factors.are_asked():
        raise Http404


@anyone
@require_POST
def sign_out(request: Any) -> HttpResponse:
    if request.user.is_authenticated:
        record("signed_out", by=request.user, at=now(), session=request.session.told.key)
    logout(request)
    response = redirect("sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
