"""The support plan: read, written whole, and what became of sessions and needs (2.8.6 on)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.holders import holder_of
from waymark.cases.known.needs import open_needs
from waymark.cases.models import Case
from waymark.cases.writers import may_write
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support import another_worker, briefs, person_words, plans, silences, stops
from waymark.support.models import Need, Piece, Plan
from waymark.support.reading import person_words as words
from waymark.support.reading import plan_changes
from waymark.support.reading import plans as reading
from waymark.support.reading.delivery import delivered
from waymark.support.reading.needs import met_by
from waymark.support.reading.silence import found_out
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.plan import PlanForm
from waymark.web.forms.plan_begun import asked_for, begun, typed
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import case_act, sent
from waymark.web.page import show

OWN = "Only where the person agrees and takes part, as an adult (2.4.7)"
PIECE_KINDS = {"planned": "plain", "offered": "active", "running": "done", "held": "soon"}


@case_page(Part.PLAN)
@require_safe
def plan(request: AskedBy, case: Case) -> HttpResponse:
    said = request.GET.get("version", "")
    found = reading.shown(case, int(said) if said.isdecimal() and len(said) < 5 else None)
    if found is None and said:
        raise Http404
    whole = reading.read(found) if found else None
    may = permits(may_write, request.user, case)
    agreed = may and found is not None and found.is_agreed
    context = case_frame(case, request.user) | {
        "title": "Support plan",
        "plan": whole,
        "facts": _facts(whole) if whole else [],
        "needs": [_need(each, agreed, case) for each in whole.needs] if whole else [],
        "pieces": [_piece(each, may, case, request.user) for each in whole.pieces] if whole else [],
        "stopped": permits(stops.may_confirm, request.user, case),
        "own_words": [
            {"question": one.get_of_display(), "answer": words.in_words(one)}
            for one in words.said(case)
        ],
        "changes": [
            {"question": about, "answer": text}
            for about, text in (plan_changes.changed(found) if found else [])
        ],
        "may_write": may,
        "to_address": [one.words for one in open_needs(case)],
        "versions": [_version(each) for each in reading.versions(case)],
        "writing": refusal(plans.may_write_plan, request.user, case),
        "write": reverse("plan_write", args=[case.reference]),
        "kinds": in_force().support_kinds,
        "back": reverse("case", args=[case.reference]),
    }
    return show(request, "plans/plan.html", context)


def _facts(whole: reading.PlanRead) -> list[dict[str, Any]]:
    plan = whole.plan
    agreed = f"{plan.agreed_by.name}, for the panel" if plan.agreed_by else "Not yet agreed"
    return [
        {"question": "Agreed by", "answer": agreed},
        {"question": "Level", "answer": whole.level},
        {"question": "Why no lower level", "answer": plan.level_why or "The lowest"},
        {"question": "Risks to those who give support", "answer": plan.risks_to_providers},
        {"question": "Named lead of the case", "answer": _lead(plan)},
        {"question": "Consent is asked by", "answer": f"{plan.asker.name}, by"
         f" {day_in_words(plan.ask_by_date)}"},
        {"question": "How it is asked", "answer": plan.ask_how},
        {"question": "Written by", "answer": plan.by.name},
    ]  # fmt: skip


def _lead(plan: Plan) -> str:
    named = plan.case_lead
    if named.is_active:
        return named.name
    holds = holder_of(plan.case).user
    return f"{named.name}, whose account is not in use. {holds.name} holds the case."


def _need(each: Need, may: bool, case: Case) -> dict[str, Any]:
    last = max(each.disposals.all(), key=lambda one: one.at, default=None)
    became = f"{last.get_outcome_display()}: {last.words}" if last else "Open"
    href = reverse("need", args=[case.reference, each.pk])
    row = {"question": reading.need_named(each), "answer": f"{met_by(each)}\n\n{became}"}
    return row | ({"change": href, "act": "Say what became of it"} if may else {})


def _piece(each: reading.PieceRead, may: bool, case: Case, user: User) -> dict[str, Any]:
    piece, count, done = each.piece, each.count, delivered(each.piece)
    piece.case = case
    worker = piece.provider_user.name if piece.provider_user else "whoever works there"
    rows = [
        ("What it is", each.explained),
        ("Addresses", piece.need.words),
        ("What the person wants from it", piece.aim),
        ("How it answers risk and vulnerability", piece.answers_how),
        ("What there is locally", piece.locally),
        ("How one sees that it works", piece.works_how),
        ("Level", reading.level_named(piece.level) if piece.level else ""),
        ("Why no lower level", piece.level_why),
        ("For the whole family", "Yes" if piece.whole_family else ""),
        ("Agreement", OWN if plans.needs_own_agreement(piece.case, piece) else ""),
        ("Brief", piece.brief),
        ("Lead", piece.lead.name),
        ("Given by", f"{piece.provider.name}: {worker} ({each.checks})"),
        ("When", f"{piece.get_rhythm_display()}, {day_in_words(piece.from_date)} to"
         f" {day_in_words(piece.until_date)}"),
        ("Risk to whoever gives it", piece.risk_to_worker),
        ("What is done about it", piece.risk_done),
        ("Safe way to make contact", piece.safe_contact),
        ("Sessions", done.held),
        ("Why sessions were missed", done.missed),
        ("Why sessions are missing", done.missing),
        ("How it is arranged", "\n\n".join(done.arranged)),
        ("Progress", done.progress),
        ("Found out of a silence", "\n\n".join(found_out(piece))),
        ("Next session", done.next),
        ("Held because", each.held_why),
    ]  # fmt: skip
    short = count.silent and piece.state != Piece.State.PLANNED
    return {
        "title": f"{each.kind} {piece.reference}",
        "state": {
            "text": piece.get_state_display(),
            "kind": PIECE_KINDS.get(piece.state, "plain"),
        },
        "rows": [{"question": asked, "answer": text} for asked, text in rows if text],
        **_acts(piece, user, reconciles=bool(may and short)),
    }


def _acts(piece: Piece, user: User, *, reconciles: bool) -> dict[str, str]:
    """What the reader may do about a piece, each with its address; "" leaves it out."""
    offered = {
        "reconcile": ("reconcile", reconciles),
        "worker": ("name_worker", permits(briefs.may_name_worker, user, piece)),
        "wish": ("piece_wish", permits(person_words.may_wish, user, piece)),
        "another": ("piece_another", permits(another_worker.may_see_to, user, piece)),
        "silence": ("plan_silence", permits(silences.may_say, user, piece)),
        "goes_on": ("support_goes_on", permits(stops.may_go_on, user, piece)),
    }
    of = [piece.case.reference, piece.pk]
    return {name: reverse(page, args=of) if may else "" for name, (page, may) in offered.items()}


def _version(each: Any) -> dict[str, Any]:
    stands = f"agreed {day_in_words(each.agreed_at.date())}" if each.agreed_at else "not agreed"
    written = day_in_words(each.at.date())
    return {
        "text": f"Version {each.number}, written {written}, {stands}",
        "href": f"?version={each.number}",
    }


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: AskedBy, case: Case) -> HttpResponse:
    """A version, whole. One more piece can be asked for without losing what is typed."""
    data = sent(request)
    before = plans.latest(case)
    pieces = asked_for(request.POST if data else request.GET, before)
    more = data is not None and "another" in data
    if more:
        initial = typed(PlanForm(data, case=case, pieces=pieces), data)
        form = PlanForm(None, case=case, pieces=pieces + 1, initial=initial)
    else:
        initial = begun(before, reading.to_address(case))
        form = PlanForm(data, case=case, pieces=pieces, initial=initial)
    if more:
        request.method = "GET"
    return case_act(
        request, case, form,
        lambda given: plans.write(
            case, by=request.user, said=given.said(), version=given.seen_version
        ),
        rule=lambda: plans.may_write_plan(request.user, case),
        title="Write the next version of the plan" if before else "Write the plan",
        button="Write this plan",
        lead="A plan is written whole and not changed afterwards: a new version follows it. It is"
        " in force once the panel agrees it.",
        lead_clause="2.10.3",
        template="plans/write.html",
        pieces=form.pieces,
        back=reverse("plan", args=[case.reference]),
        done=reverse("plan", args=[case.reference]),
        said="The plan is written. The panel agrees it, or not.",
    )  # fmt: skip
