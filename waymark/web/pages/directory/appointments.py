"""Appointments: given by one administrator, approved by another, ended (B.1, B.2)."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import today
from waymark.directory import accounts, appointments
from waymark.directory.models import Appointment, Role
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, fresh_sign_in, post_holders
from waymark.web.forms.account import EndForm, GiveForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.page import show
from waymark.web.rows.account import KINDS, account_of, area_of, until_of


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: AskedBy, key: int) -> HttpResponse:
    """Give somebody a post, which another administrator then approves."""
    found = account_of(key)
    back = reverse("account", args=[key])
    return act_page(
        request,
        GiveForm(sent(request), people=accounts.can_be_deputised(found)),
        lambda given: appointments.give(found, by=request.user, **given.said()),
        done=back,
        said="The post is given. It is in force once another administrator approves it.",
        context={
            "section": "accounts",
            "title": f"Give {found.name} a post",
            "page_title": "Give a post",
            "button": "Give the post",
            "lead": "It comes into force once another administrator has approved it. Nobody"
            " appoints or approves themselves.",
            "lead_clause": "B.1",
            "back": back,
            "refusal": _refused(request, appointments.may_give, found),
        },
        template="accounts/act.html",
    )


@post_holders(Role.ADMINISTRATOR)
@require_safe
def appointment(request: AskedBy, key: int) -> HttpResponse:
    """One appointment: who gave and approved it, and what can be done with it."""
    found = _appointment(key)
    state = accounts.state_of(found)
    context = {
        "section": "accounts",
        "appointment": found,
        "state": {"text": state, "kind": KINDS.get(state, "plain")},
        "facts": _facts(found),
        "waits": state == "To be approved",
        "refusal": refusal(appointments.may_approve, request.user, found),
        "may_end": permits(appointments.may_end, request.user, found),
    }
    return show(request, "accounts/appointment.html", context)


def _facts(post: Appointment) -> list[dict[str, str]]:
    return [
        {"question": "Area", "answer": area_of(post)},
        {"question": "From", "answer": day_in_words(post.from_date)},
        {
            "question": "Until",
            "answer": until_of(post),
        },
        {"question": "Deputy for", "answer": post.deputy_for.name if post.deputy_for else "Nobody"},
        {
            "question": "Given by",
            "answer": post.given_by.name if post.given_by else "The new installation",
        },
        {
            "question": "Approved by",
            "answer": post.approved_by.name if post.approved_by else "Nobody",
        },
    ]


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: AskedBy, key: int) -> HttpResponse:
    """Approve what another administrator has given."""
    found = _appointment(key)
    return act_page(
        request,
        PlainForm(sent(request)),
        lambda _: appointments.approve(found, by=request.user),
        done=reverse("account", args=[found.user_id]),
        said="The appointment is approved.",
        context=_of(request, found, appointments.may_approve)
        | {
            "title": "Approve an appointment",
            "button": "Approve the appointment",
            "lead": f"{found.user.name}: {found.get_role_display()}, {area_of(found)}, from"
            f" {day_in_words(found.from_date)}.",
        },
        template="accounts/act.html",
    )


@post_holders(Role.ADMINISTRATOR)
@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedBy, key: int) -> HttpResponse:
    """End an appointment, or take back one that nobody has approved."""
    found = _appointment(key)
    days = {"today": today(), "at_once": today() - timedelta(days=1)}
    return act_page(
        request,
        EndForm(sent(request)),
        lambda said: appointments.end_appointment(
            found,
            by=request.user,
            on=days.get(said.cleaned_data["when"], said.cleaned_data["last_date"]),
        ),
        done=reverse("account", args=[found.user_id]),
        said="The end of the appointment is set.",
        context=_of(request, found, appointments.may_end)
        | {
            "title": "End an appointment",
            "button": "End the appointment",
            "danger": True,
            "lead": f"{found.user.name}: {found.get_role_display()}, {area_of(found)}. What the"
            " post shows ends with it.",
        },
        template="accounts/act.html",
    )


def _appointment(key: int) -> Appointment:
    found = accounts.appointment(key)
    if found is None:
        raise Http404
    return found


def _refused(request: AskedBy, rule: Any, about: object) -> Any:
    return None if request.method == "POST" else refusal(rule, request.user, about)


def _of(request: AskedBy, found: Appointment, rule: Any) -> dict[str, Any]:
    """What the acts on one appointment have in common."""
    return {
        "section": "accounts",
        "lead_clause": "B.1",
        "back": reverse("appointment", args=[found.pk]),
        "refusal": _refused(request, rule, found),
    }
