"""Signing in by one's own organisation: linked to one's account, or no longer (S14, S15)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.accounts import factors, signing_in
from waymark.accounts.sign_on import links, providers
from waymark.accounts.sign_on.asking import Purpose
from waymark.directory.permission import refusal
from waymark.web.access import AskedBy, fresh_sign_in, own_sign_in, signed_in
from waymark.web.door import sign_on
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.page import show

REMOVED = "It is removed. Where you were signed in elsewhere, you are signed out."


@signed_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: AskedBy, code: str) -> HttpResponse:
    """To the provider, for whoever wants to sign in by it from now on."""
    provider = sign_on.provider_of(code)
    why = refusal(factors.may_change, request.user, signing_in.how_of(request))
    if request.method == "POST" and why is None:
        return sign_on.begin(request, provider, Purpose.LINK, user=request.user.pk)
    context = {
        "title": f"Sign in with {provider.name}",
        "page_title": "Sign in with your organisation",
        "button": f"Go to {provider.name}",
        "back": reverse("own_account"),
        "lead": "You sign in there once. From then on you can sign in to Waymark by it.",
        "refusal": why,
        "form": PlainForm(),
    }
    return sign_on.offering(show(request, "accounts/act.html", context), only=[provider])


@own_sign_in
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: AskedBy, key: int) -> HttpResponse:
    found = next((one for one in links.of(request.user) if one.pk == key), None)
    if found is None:
        raise Http404
    how, provider = signing_in.how_of(request), providers.named(found.provider)
    refused = refusal(links.may_unlink, request.user, how, found)
    return act_page(
        request,
        PlainForm(sent(request)),
        lambda _: links.unlink(request.session, key, by=request.user, how=how),
        done=reverse("own_account"),
        said=REMOVED,
        context={
            "title": f"Stop signing in with {provider.name if provider else found.provider}",
            "page_title": "Remove a way to sign in",
            "button": "Remove it",
            "danger": True,
            "back": reverse("own_account"),
            "lead": "You can’t sign in by it any more.",
            "refusal": None if request.method == "POST" else refused,
        },
        template="accounts/act.html",
    )
