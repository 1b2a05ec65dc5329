"""What was seen: for auditors and information governance, who see looks and no case (R24, S34)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.accounts import account as account_of
from waymark.directory.models import Role
from waymark.directory.permission import refusal
from waymark.oversight.reading import apart, looked, usual_hours
from waymark.oversight.reading.looked import Seen
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import Questions, asked
from waymark.ui.words import moment
from waymark.web.access import AskedBy, post_holders
from waymark.web.page import show
from waymark.web.rows.look import case_cell, days_of, person_cell, seen_row
from waymark.web.rows.weeks import week_of

READERS = (Role.AUDITOR, Role.INFORMATION_GOVERNANCE)
LISTS: dict[str, tuple[str, str, Callable[[date], list[Seen]]]] = {
    "no-task": (
        "Looks by somebody without a task on the case",
        "They had nothing to do on it then, and neither held it. What they opened it for is what"
        " they said.",
        looked.without_task,
    ),
    "outside-hours": (
        "Looks outside somebody’s usual hours",
        "An hour is usual for somebody, on working days or at the weekend, if they looked at cases"
        " in it on two days or more of the eight weeks before. For whoever has fewer than ten such"
        " days it is 7:00 to 19:00, Monday to Friday.",
        usual_hours.outside,
    ),
    "refused": (
        "Cases that were refused to several people",
        "Two people or more asked for the same case, and it was not shown to them. They were not"
        " told whether there is such a case.",
        looked.refused,
    ),
    "same-name": (
        "Looks by somebody with the person’s surname or e-mail address",
        "Many people share a surname. That it is the same is all that is said here.",
        looked.of_kin,
    ),
}


class FindForm(Questions):
    account = asked(
        forms.CharField(label="User name of an account", required=False, max_length=60),
        about_nobody=True,
    )
    reference = asked(
        forms.CharField(label="Reference of a case", required=False, max_length=12),
        about_nobody=True,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("account")) == bool(said.get("reference")):
            self.add_error(None, "Enter a user name, or the reference of a case")
        return said


@post_holders(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: AskedBy) -> HttpResponse:
    """One person's looks or one case's, each by its exact name; and the lists."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if where := _where(form.cleaned_data["account"], form.cleaned_data["reference"]):
            return redirect(where)
        form.add_error(None, "There is no account of that name, or no case of that reference")
    lists = [
        {"text": title, "href": reverse("seen_list", args=[name])}
        for name, (title, _, _) in LISTS.items()
    ]
    return show(request, "seen/index.html", {"section": "home", "form": form, "lists": lists})


def _where(username: str, reference: str) -> str:
    if username:
        user = looked.account_named(username)
        return reverse("seen_by", args=[user.pk]) if user else ""
    key = looked.case_of(reference.upper())
    return reverse("seen_of_case", args=[reference.upper()]) if key else ""


@post_holders(*READERS)
@require_safe
def by_person(request: AskedBy, key: int) -> HttpResponse:
    """What one person looked at, by day."""
    user = account_of(key)
    if user is None:
        raise Http404
    if refused := refusal(apart.may_check_person, request.user, user):
        raise PermissionDenied(str(refused))
    looked.note_reading("person", user.pk, by=request.user)
    since, week = week_of(request)
    looks = looked.of_person(user, since)
    cases = looked.references({one.case_id for one in looks if one.case_id})
    first = {pk: case_cell(reference) for pk, reference in cases.items()}
    context = week | {
        "section": "home",
        "title": "What one person looked at",
        "of": f"{user.name}, {user.organisation.name}",
        "heads": "Case",
        "tables": days_of(looks, first, key="case_id"),
    }
    return show(request, "seen/days.html", context)


@post_holders(*READERS)
@require_safe
def of_case(request: AskedBy, reference: str) -> HttpResponse:
    """Who looked at one case, by day."""
    case_id = looked.case_of(reference)
    if case_id is None:
        raise Http404
    if refused := refusal(apart.may_check_case, request.user, case_id):
        raise PermissionDenied(str(refused))
    looked.note_reading("case", case_id, by=request.user)
    since, week = week_of(request)
    looks = looked.of_case(case_id, since)
    for one in looks:
        vars(one)["viewer"] = int(one.actor.rpartition(":")[2])
    people = looked.people_of({vars(one)["viewer"] for one in looks})
    first = {pk: person_cell(user) for pk, user in people.items()}
    context = week | {
        "section": "home",
        "title": "Who looked at one case",
        "of": f"Case {reference}",
        "heads": "Who",
        "tables": days_of(looks, first, key="viewer"),
    }
    return show(request, "seen/days.html", context)


@post_holders(*READERS)
@require_safe
def listed(request: AskedBy, name: str) -> HttpResponse:
    """One of the lists, for seven days."""
    if name not in LISTS:
        raise Http404
    title, words, find = LISTS[name]
    looked.note_reading("list", 0, by=request.user)
    since, week = week_of(request)
    rows = find(since)
    people = looked.people_of({row.user_id for row in rows})
    cases = looked.references({row.case_id for row in rows if row.case_id})
    context = week | {
        "section": "home",
        "title": title,
        "words": words,
        "rows": [seen_row(row, people, cases) for row in rows],
    }
    return show(request, "seen/list.html", context)


@post_holders(*READERS)
@require_safe
def very_many(request: AskedBy) -> HttpResponse:
    """Who opened more than forty different cases in one day."""
    looked.note_reading("list", 0, by=request.user)
    since, week = week_of(request)
    found = looked.very_many(since)
    people = looked.people_of({user for user, _, _ in found})
    rows = [
        {"who": person_cell(people.get(user)), "when": day_in_words(day), "cases": str(number)}
        for user, day, number in found
    ]
    context = week | {
        "section": "home",
        "title": "More than 40 cases in one day",
        "words": "Whoever prepares a long meeting may have good reason to.",
        "columns": [
            {"text": "Who", "key": "who"},
            {"text": "Day", "key": "when", "whole": True},
            {"text": "Different cases", "key": "cases", "number": True},
        ],
        "rows": rows,
    }
    return show(request, "seen/list.html", context)


@post_holders(*READERS)
@require_safe
def searches(request: AskedBy) -> HttpResponse:
    """Who looked for people more than thirty times in ten minutes, and why they say they did."""
    looked.note_reading("list", 0, by=request.user)
    since, week = week_of(request)
    found = looked.reasons_of(since)
    people = looked.people_of({one.user_id for one in found})
    rows = [
        {"who": person_cell(people.get(one.user_id)), "when": moment(one.at), "why": one.words}
        for one in found
    ]
    context = week | {
        "section": "home",
        "title": "Why people went on looking for others",
        "words": "They had looked for somebody very often in 10 minutes, and were asked.",
        "columns": [
            {"text": "Who", "key": "who"},
            {"text": "When", "key": "when"},
            {"text": "What they said", "key": "why"},
        ],
        "rows": rows,
    }
    return show(request, "seen/list.html", context)
