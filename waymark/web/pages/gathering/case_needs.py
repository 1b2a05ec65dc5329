"""Needs and vulnerabilities beside the factors: each with its source, and what became of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.known import needs
from waymark.cases.known.needs import Needed
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import permits
from waymark.policy.lateness import day_in_words
from waymark.support.reading.needs import in_the_plan
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.unknown import FollowForm, NeedForm
from waymark.web.frames.case_act import case_act, sent
from waymark.web.rows.not_known import back_to

ASKED = ("kind", "words", "source", "told_date")


@case_page(Part.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: AskedBy, case: Case) -> HttpResponse:
    """Those that are there first; and a form for one more."""
    every, planned = needs.needs_of(case), _planned(case, request.user)
    return case_act(
        request, case, NeedForm(sent(request), case=case),
        lambda form: needs.write(
            case, by=request.user, version=form.seen_version,
            **{name: form.cleaned_data[name] for name in ASKED},
        ),
        rule=lambda: needs.may_add(request.user, case),
        title="Needs and vulnerabilities",
        button="Write down this need",
        lead="Each stands for itself, beside the factors. A plan addresses it or says why not.",
        lead_clause=needs.CLAUSE,
        template="needs/list.html",
        there=[_row(one, case, request.user, planned) for one in every if one.open],
        ended=[_row(one, case, request.user, planned) for one in every if not one.open],
        done=reverse("case_needs", args=[case.reference]),
        said="The need is written down.",
        **back_to(case),
    )  # fmt: skip


def _planned(case: Case, user: User) -> dict[str, str] | None:
    """What the plan says of each need, for whoever sees the plan."""
    return in_the_plan(case) if sees_part(user, case, Part.PLAN) else None


def _row(one: Needed, case: Case, user: User, planned: dict[str, str] | None) -> dict[str, Any]:
    """A need as it was told, below it each change, and what the plan does about it."""
    need = one.need
    need.case = case
    told = f"Source: {need.source}, {day_in_words(need.told_date)}; written down by {need.by.name}"
    after = [
        f"{change.get_became_display()}: {change.words} ({change.by.name},"
        f" {day_in_words(change.at.date())})"
        for change in one.changes
    ]
    if planned is not None:
        after.append(planned.get(needs.code_of(need), "In no plan yet"))
    row = {
        "question": need.get_kind_display(),
        "answer": "\n\n".join([need.words, *after]),
        "note": told,
    }
    if not permits(needs.may_follow, user, need):
        return row
    href = reverse("need_follow", args=[case.reference, need.pk])
    return row | {"change": href, "act": "Say what became of it", "whose": need.words[:60]}


@case_page(Part.ASSESSMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: AskedBy, case: Case, key: int) -> HttpResponse:
    need = needs.need_of(case, key)
    if need is None:
        raise Http404
    need.case = case
    here = reverse("case_needs", args=[case.reference])
    return case_act(
        request, case, FollowForm(sent(request)),
        lambda form: needs.follow(
            need, by=request.user, became=form.cleaned_data["became"],
            words=form.cleaned_data["words"],
        ),
        rule=lambda: needs.may_follow(request.user, need),
        title="Say what became of a need",
        button="Write this down",
        lead=f"{need.get_kind_display()}: {need.words}",
        back=here,
        done=here,
        said="It is written down what became of the need.",
    )  # fmt: skip
