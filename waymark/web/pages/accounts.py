"""Accounts and posts: who holds which until when; given by one administrator, approved by another.

Nobody holds a role here but by an appointment in force (B.1, B.2).
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import today
from waymark.directory import accounts, appointments
from waymark.directory.models import Appointment, Role, User, areas_by_code
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Questions, asked
from waymark.web.access import AskedBy, post_holders
from waymark.web.acts import act_page
from waymark.web.case_act import PlainForm, sent
from waymark.web.page import show

KINDS = {
    "In force": "active",
    "Waits for a second administrator": "soon",
    "Approved, begins later": "plain",
}


class NameForm(forms.Form):
    named = asked(
        forms.CharField(label="Name or account", required=False, max_length=60), about_nobody=True
    )

    def __init__(self, data: Any):
        super().__init__(data, label_suffix="")


@post_holders(Role.ADMINISTRATOR)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Everybody with an account, their posts in force and until when; what waits for approval."""
    form = NameForm(request.GET)
    named = form.cleaned_data["named"] if form.is_valid() else ""
    page = accounts.people(after=request.GET.get("after", ""), named=named)
    said = {"named": named} if named else {}
    context = {
        "section": "accounts",
        "waiting": [_waiting(post) for post in accounts.waiting()],
        "filters": form,
        "applied": [{"question": "Name or account", "answer": named, "href": "?"}] if named else [],
        "rows": [row for user in page.people for row in _posts_in_force(user)],
        "older": f"?{urlencode(said | {'after': page.after})}" if page.after else "",
    }
    return show(request, "accounts/list.html", context)


def _waiting(post: Appointment) -> dict[str, Any]:
    return {
        "name": {"text": post.user.name, "href": reverse("appointment", args=[post.pk])},
        "post": post.get_role_display(),
        "area": _area(post),
        "from": day_in_words(post.from_date),
        "given": post.given_by.name if post.given_by else "",
    }


def _posts_in_force(user: User) -> list[dict[str, Any]]:
    """A row for each post of a person; one that says so where they hold none."""
    name = {"text": user.name, "href": reverse("account", args=[user.pk])}
    who = {"name": name, "organisation": user.organisation.name}
    held: list[Appointment] = vars(user)["posts"]
    if not held:
        return [who | {"post": "No post in force", "area": "", "until": ""}]
    return [
        who
        | {
            "post": post.get_role_display(),
            "area": _area(post),
            "until": day_in_words(post.until_date) if post.until_date else "No end set",
        }
        for post in held
    ]


def _area(post: Appointment) -> str:
    return post.area.name if post.area else "All areas"


@post_holders(Role.ADMINISTRATOR)
@require_safe
def account(request: AskedBy, key: int) -> HttpResponse:
    """One person's posts: in force, waiting, ended."""
    found = _account(key)
    context = {
        "section": "accounts",
        "account": found,
        "facts": [
            {"question": "Organisation", "answer": found.organisation.name},
            {"question": "User name", "answer": found.username},
            {"question": "E-mail", "answer": found.email},
        ],
        "rows": [_post(post) for post in accounts.posts_of(found)],
        "may_give": permits(appointments.may_give, request.user, found),
    }
    return show(request, "accounts/account.html", context)


def _post(post: Appointment) -> dict[str, Any]:
    state = accounts.state_of(post)
    return {
        "post": {
            "text": post.get_role_display(),
            "href": reverse("appointment", args=[post.pk]),
        },
        "area": _area(post),
        "from": day_in_words(post.from_date),
        "until": day_in_words(post.until_date) if post.until_date else "No end set",
        "state": {"text": state, "tag": KINDS.get(state, "plain")},
    }


class GiveForm(Questions):
    role = forms.ChoiceField(
        label="Which post?", error_messages={"required": "Select the post"}
    )
    area = forms.ChoiceField(
        label="For which area?", error_messages={"required": "Select the area"}
    )
    from_date = DateField(
        label="From which day?",
        called="The first day",
        future=True,
        error_messages={"required": "Enter the first day"},
    )
    until_date = DateField(
        label="Until which day?",
        help_text="Leave it empty where no end is set.",
        called="The last day",
        future=True,
        required=False,
    )
    deputy_for = forms.ChoiceField(label="As deputy for somebody?", required=False)

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data, initial={"from_date": today()})
        self.areas = {code: one for code, one in areas_by_code().items()}
        self.people = {str(one.pk): one for one in people}
        self._choices("role", [("", "Select a post"), *Role.choices])
        named = [(code, one.name) for code, one in self.areas.items()]
        self._choices("area", [("", "Select an area"), ("all", "All areas"), *named])
        others = [(key, one.name) for key, one in self.people.items()]
        self._choices("deputy_for", [("", "No"), *others])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "role": Role(said["role"]),
            "area": self.areas.get(said["area"]),
            "from_date": said["from_date"],
            "until_date": said["until_date"],
            "deputy_for": self.people.get(said["deputy_for"]),
        }


@post_holders(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: AskedBy, key: int) -> HttpResponse:
    """Give somebody a post, which another administrator then approves."""
    found = _account(key)
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
        "waits": state == "Waits for a second administrator",
        "refusal": refusal(appointments.may_approve, request.user, found),
        "may_end": permits(appointments.may_end, request.user, found),
    }
    return show(request, "accounts/appointment.html", context)


def _facts(post: Appointment) -> list[dict[str, str]]:
    return [
        {"question": "Area", "answer": _area(post)},
        {"question": "From", "answer": day_in_words(post.from_date)},
        {
            "question": "Until",
            "answer": day_in_words(post.until_date) if post.until_date else "No end set",
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
            "lead": f"{found.user.name}: {found.get_role_display()}, {_area(found)}, from"
            f" {day_in_words(found.from_date)}.",
        },
        template="accounts/act.html",
    )


class EndForm(Questions):
    when = Choice(
        label="When does it end?",
        choices=[
            ("today", "At the end of today"),
            ("at_once", "At once"),
            ("day", "On a later day"),
        ],
        reveals={"day": "last_date"},
        error_messages={"required": "Select when it ends"},
    )
    last_date = DateField(
        label="On which day is it held for the last time?",
        called="The last day",
        future=True,
        error_messages={"required": "Enter the last day"},
    )


@post_holders(Role.ADMINISTRATOR)
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
            "lead": f"{found.user.name}: {found.get_role_display()}, {_area(found)}. What the post"
            " shows ends with it.",
        },
        template="accounts/act.html",
    )


def _account(key: int) -> User:
    found = accounts.account(key)
    if found is None:
        raise Http404
    return found


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
