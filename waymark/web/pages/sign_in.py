"""Signing in and out."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from waymark.ui.forms import Questions, asked
from waymark.web.access import anyone
from waymark.web.page import show


class SignInForm(Questions):
    username = asked(
        forms.CharField(
            label="User name", max_length=150, error_messages={"required": "Enter your user name"}
        ),
        about_nobody=True,
    )
    password = forms.CharField(
        label="Password",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One sentence for every failure: it does not tell whether the account exists (S12)."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers: dict[str, Any] = form.cleaned_data
        user = authenticate(request, username=answers["username"], password=answers["password"])
        if user is not None:
            login(request, user)
            return redirect(_next(request))
        form.add_error(None, "The user name or the password is not right")
    return show(request, "sign_in.html", {"form": form})


def _next(request: HttpRequest) -> str:
    """Where to go on: an address of our own, never another's (S74)."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/") else "/"


@anyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
