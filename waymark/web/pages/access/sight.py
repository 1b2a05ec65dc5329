"""Who may see a case: by post, by a grant, by name; and giving somebody sight of it by hand."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.access import by_hand, exclusions, naming, reading, restricting
from waymark.cases.access.seers import CLAUSE
from waymark.cases.models import Case, Exclusion, Grant, NamedPerson
from waymark.cases.reading.parts import reads_in_emergency
from waymark.database.clock import day_of
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import permits
from waymark.policy.lateness import day_in_words
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.access import GiveForm
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import PlainForm, case_act, sent
from waymark.web.page import show

PARTS = {
    Part.CASE: "where it stands", Part.NAME: "the name", Part.PERSON: "the person",
    Part.EXTRACT: "what the referral says of the person", Part.WORK: "the work",
    Part.REQUEST: "requests", Part.ASSESSMENT: "the assessment", Part.PLAN: "the plan",
    Part.PANEL: "papers and minutes",
}  # fmt: skip
OF_ONE = {Part.PLAN: "one piece of support", Part.REQUEST: "one request"}
NOT_NAMED = "nothing: they are not named"
BOTH = ["GET", "HEAD", "POST"]


@case_page(Part.CASE)
@require_safe
def sight(request: AskedBy, case: Case) -> HttpResponse:
    """Who sees the case and how; what is not the reader's to see is not there."""
    user = request.user
    changes = not reads_in_emergency(user, case)
    context = case_frame(case, user, section="case_sight") | {
        "standing": reading.standing(case),
        "grants": _by_person(reading.grants(case), case),
        "by_hand": _by_hand(case, reading.grants(case), user) if changes else [],
        "may_give": changes and permits(by_hand.may_give, user, case),
        "may_restrict": changes and permits(restricting.may_restrict, user, case),
        "may_keep_out": changes and permits(exclusions.may_propose, user, case),
        "kept_out": [_kept_out(one, user) for one in reading.kept_out(case)],
        **(_restriction(case, user) if case.restricted else {}),
    }
    return show(request, "sight/case.html", context)


def _shown(grant: Grant) -> str:
    """What a grant shows: a whole part of the case, or one thing of it."""
    part = Part(grant.part)
    named = OF_ONE if grant.object_id else PARTS
    return named.get(part, part.value.replace("_", " "))


def _by_person(grants: list[Grant], case: Case) -> list[dict[str, Any]]:
    """One row for each person and reason, with the parts of the case that it shows."""
    named = {one.user_id for one in naming.named_on(case)}
    found: dict[tuple[str, str, str], set[str]] = {}
    for grant in grants:
        who = grant.user.name if grant.user else str(grant.organisation)
        until = day_in_words(day_of(grant.until_at)) if grant.until_at else "The work ends"
        why = f"{grant.why} (given by {grant.given_by.name})" if grant.by_hand else grant.why
        void = case.restricted and grant.user_id not in named
        found.setdefault((who, why, until), set()).add(NOT_NAMED if void else _shown(grant))
    return [
        {"who": who, "why": why, "parts": ", ".join(sorted(parts)), "until": until}
        for (who, why, until), parts in found.items()
    ]


def _by_hand(case: Case, grants: list[Grant], user: User) -> list[dict[str, str]]:
    """Those whose sight was given by hand, each with where it is ended."""
    if not permits(by_hand.may_give, user, case):
        return []
    people = {one.user_id: one.user for one in grants if one.by_hand and one.user}
    return [
        {"text": f"End what was given to {one.name}",
         "href": reverse("end_sight", args=[case.reference, key])}
        for key, one in people.items()
    ]  # fmt: skip


def _kept_out(one: Exclusion, user: User) -> dict[str, Any]:
    row = {"who": one.user.name, "how": one.get_kind_display(), "why": one.why}
    row["state"] = _state(one)
    if permits(exclusions.may_answer, user, one) or permits(exclusions.may_ask_to_end, user, one):
        address = reverse("kept_out", args=[one.case.reference, one.pk])
        return row | {"who": {"text": one.user.name, "href": address}}
    if one.kind == Exclusion.Kind.DECLARED and one.told_id == user.pk:
        address = reverse("known_read", args=[one.case.reference, one.pk])
        return row | {"who": {"text": one.user.name, "href": address}}
    return row


def _state(one: Exclusion) -> str:
    if one.kind == Exclusion.Kind.DECLARED:
        return "They said so themselves"
    if one.end_asked_by_id:
        return "Holds; asked to end"
    if one.confirmed_by:
        return f"Holds: {one.set_by.name} and {one.confirmed_by.name}"
    return "Proposed; hidden already" if one.from_at else "Proposed; not yet hidden"


def _restriction(case: Case, user: User) -> dict[str, Any]:
    made = restricting.restriction_of(case)
    lifting = restricting.lifting_of(case)
    return {
        "restriction": made,
        "restricted_since": day_in_words(day_of(made.at)) if made else "",
        "put_to": made.get_put_to_display() if made else "",
        "named": [_named(one, user) for one in naming.named_on(case)],
        "lifting": lifting,
        "may_agree": permits(restricting.may_agree, user, case),
        "may_name": permits(naming.may_name, user, case),
        "may_ask_to_lift": permits(restricting.may_ask_to_lift, user, case),
        "may_lift": permits(restricting.may_lift, user, case),
    }


def _named(one: NamedPerson, user: User) -> dict[str, Any]:
    row: dict[str, Any] = {"who": one.user.name, "body": one.user.organisation.name,
                           "why": one.why, "by": one.by.name}  # fmt: skip
    if permits(naming.may_un_name, user, one):
        row["act"] = {"text": "Take the name off",
                      "href": reverse("un_name", args=[one.case.reference, one.pk])}  # fmt: skip
    return row


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def give(request: AskedBy, case: Case) -> HttpResponse:
    """Show somebody a part of the case, for a time."""
    parts = [(part, PARTS[part]) for part in reading.parts_to_give(case, request.user)]
    back = reverse("case_sight", args=[case.reference])
    return case_act(
        request, case, GiveForm(sent(request), people=reading.people_but(request.user),
                                parts=parts),
        lambda form: by_hand.give(
            case, by=request.user, who=form.person(), parts=form.chosen(),
            why=form.cleaned_data["why"], until=form.cleaned_data["until"],
        ),
        rule=lambda: by_hand.may_give(request.user, case),
        done=back,
        back=back,
        title="Show somebody this case",
        button="Show them these parts",
        lead="It ends by itself on its last day, and you or the chair can end it before.",
        lead_clause=CLAUSE,
        said=lambda made: f"{made[0].user.name} sees these parts of the case from now on.",
    )  # fmt: skip


@case_page(Part.SIGHT)
@require_http_methods(BOTH)
def end(request: AskedBy, case: Case, key: int) -> HttpResponse:
    """Show somebody no more of what was given them by hand."""
    given = {one.user_id: one.user for one in reading.grants(case) if one.by_hand}
    if (who := given.get(key)) is None:
        raise Http404
    back = reverse("case_sight", args=[case.reference])
    return case_act(
        request, case, PlainForm(sent(request)),
        lambda form: by_hand.end(case, by=request.user, who=who),
        rule=lambda: by_hand.may_give(request.user, case),
        done=back,
        back=back,
        title=f"End what was given to {who.name}",
        button="End it now",
        lead="They see these parts no more from their next page on.",
        lead_clause=CLAUSE,
        said=f"{who.name} sees no more of what was given to them.",
    )  # fmt: skip
