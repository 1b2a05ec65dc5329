"""A provider's checks: all of them, or one made anew with a day of its own (2.8.13)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.database.clock import day_of
from waymark.directory.models import Area, Organisation, User
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.support.models import Established, ProviderCheck, Suspension
from waymark.support.providers import CLAUSE, last_check, may_check, must_be_checked
from waymark.support.reading import providers as reading
from waymark.support.vetting import checks, suspensions
from waymark.web.access import AskedBy
from waymark.web.forms.provider import CheckForm, RenewForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.frames.provider import address_of, provider_page


@provider_page
@require_http_methods(["GET", "HEAD", "POST"])
def provider(request: AskedBy, where: Area, one: Organisation) -> HttpResponse:
    """How it stands, and the form to record every check at once."""
    return act_page(
        request, CheckForm(sent(request), before=last_check(one, where)),
        lambda given: checks.check(one, by=request.user, area=where, **given.said()),
        done=reverse("providers", args=[where.code]),
        said="The checks are recorded.",
        template="panels/provider.html",
        context=_context(request, one, where),
    )  # fmt: skip


def _context(request: AskedBy, one: Organisation, where: Area) -> dict[str, Any]:
    stands = reading.standing(one, where)
    may = permits(may_check, request.user, where)
    return {
        "section": "panels",
        "title": one.name,
        "area": where,
        "button": "Record the checks",
        "lead": "A community or non-statutory provider is used only once the panel’s checks are"
        " made and in date.",
        "lead_clause": CLAUSE,
        "words": f"{stands.words[:1].upper()}{stands.words[1:]}.",
        "statutory": not must_be_checked(one),
        "scope": stands.scope,
        "apart": [_apart(each, where, one, may) for each in stands.checks],
        "suspension": _suspension(stands.suspension),
        "suspended_before": [_lifted(row) for row in reading.suspended_before(where, one)],
        "acts": _acts(request.user, one, where, stands.suspension),
        "pieces": [
            {"reference": piece.reference, "state": piece.get_state_display()}
            for piece in stands.pieces
        ],
        "back": reverse("providers", args=[where.code]),
        "refusal": None if request.method == "POST" else refusal(may_check, request.user, where),
        "checks": [_row(each) for each in reading.checked_in(where, one)],
    }


def _acts(
    user: User, one: Organisation, where: Area, suspension: Suspension | None
) -> list[dict[str, str]]:
    """What can be done now, beside recording checks."""
    offered = [
        ("Let its support go on", "provider_goes_on",
         permits(suspensions.may_let_go_on, user, one, where)),
        ("Suspend this provider", "provider_suspend",
         permits(suspensions.may_suspend, user, one, where)),
    ]  # fmt: skip
    if suspension:
        offered += [
            ("Ask to lift the suspension", "suspension_ask",
             permits(suspensions.may_ask_to_lift, user, suspension)),
            ("Agree to lift the suspension", "suspension_lift",
             permits(suspensions.may_lift, user, suspension)),
        ]  # fmt: skip
    return [
        {"text": text, "href": reverse(page, args=[where.code, one.pk])}
        for text, page, may in offered
        if may
    ]


def _apart(each: reading.CheckRead, where: Area, one: Organisation, may: bool) -> dict[str, Any]:
    until = day_in_words(each.until_date)
    name = each.name
    return {
        "what": {"text": f"{name}: make it anew",
                 "href": reverse("provider_renew", args=[where.code, one.pk, each.what])}
        if may else name,
        "how": each.how,
        "by": f"{each.by_whom}, {day_in_words(each.on_date)}",
        "until": {"text": f"{until}: lapsed", "tag": "danger"} if each.lapsed else until,
    }  # fmt: skip


def _suspension(row: Suspension | None) -> list[dict[str, str]]:
    if row is None:
        return []
    said = [
        ("Suspended", f"{day_in_words(day_of(row.at))}, by {row.by.name}"),
        ("Why", row.why),
        ("Looked at again", day_in_words(row.look_again_date)),
    ]
    if row.lift_asked_by and row.lift_asked_at:
        on = day_in_words(day_of(row.lift_asked_at))
        said.append(("Asked to lift it", f"{row.lift_asked_by.name}, {on}: {row.lift_why}"))
    return [{"question": asked, "answer": text} for asked, text in said]


def _lifted(row: Suspension) -> str:
    assert row.lifted_at and row.lifted_by and row.lift_asked_by
    begun, ended = day_in_words(day_of(row.at)), day_in_words(day_of(row.lifted_at))
    both = f"{row.lift_asked_by.name} and {row.lifted_by.name}"
    return f"{begun} to {ended}, lifted by {both}: {row.lift_why}"


def _row(each: ProviderCheck) -> dict[str, Any]:
    dbs = day_in_words(each.dbs_date) if each.dbs_date else ""
    return {
        "at": day_in_words(day_of(each.at)),
        "passed": "Passed" if each.passed else "Not passed",
        "dbs": ", ".join(part for part in (dbs, each.get_dbs_level_display()) if part),
        "until": day_in_words(each.valid_until_date),
        "by": each.by.name,
    }


@provider_page
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: AskedBy, where: Area, one: Organisation, what: str) -> HttpResponse:
    names = dict(Established.What.choices)
    if what not in names:
        raise Http404
    return act_page(
        request, RenewForm(sent(request), what=what),
        lambda given: checks.renew(one, by=request.user, area=where, what=what, **given.said()),
        done=address_of(where, one),
        said="The check is recorded. The others stay as they are.",
        context={
            "section": "panels",
            "title": f"{names[what]}: make the check anew",
            "button": "Record this check",
            "lead": f"{one.name}. The other checks stay, each until its own day.",
            "lead_clause": CLAUSE,
            "back": address_of(where, one),
            "refusal": None if request.method == "POST"
            else refusal(may_check, request.user, where),
        },
    )  # fmt: skip
