"""One case at a meeting: what the panel has before it, and what it decides (2.5.10, 2.5.11)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases import ending
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.record import Part
from waymark.directory.permission import Refused, refusal
from waymark.panels import decisions
from waymark.panels.models import AgendaItem, Decision
from waymark.panels.proposals import NO_SUPPORT, kinds_at, nothing_is_open
from waymark.panels.reading import decisions as reading
from waymark.panels.reading.meetings import item_now
from waymark.panels.reading.people import who_can_act
from waymark.policy.lateness import day_in_words
from waymark.support import needs, plans, sessions
from waymark.support.plans import may_be_agreed
from waymark.support.reading import consents, person_words
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import case_act, sent
from waymark.web.case_frame import case_frame
from waymark.web.decision_kinds import KindForm
from waymark.web.forms.decision import DecisionForm
from waymark.web.not_known import paper_rows
from waymark.web.page import show
from waymark.web.risk_rows import risks_in_words

Kind = Decision.Kind
NOT_ON = Refused(
    "This case is on no meeting that is open", clause="2.8.18",
    until="The chair opens a meeting on its day, or calls one for today.",
)  # fmt: skip


@case_page(Part.PANEL)
@require_safe
def choose(request: AskedBy, case: Case) -> HttpResponse:
    """What the panel has before it, and which kind of decision."""
    item = item_now(case)
    form = KindForm(request.GET, case=case)
    if form.is_bound and form.is_valid():
        return redirect("case_decision", case.reference, form.cleaned_data["kind"])
    made = reading.decision_on(item) if item else None
    context = case_frame(case, request.user) | {
        "title": "Decide at the panel",
        "form": form,
        "refusal": refusal(decisions.may_decide, request.user, item) if item else NOT_ON,
        "decided": _told(made) if made else [],
        "decided_at": made.meeting if made else None,
        "on_paper": sees_part(request.user, case, Part.ASSESSMENT),
        "papers": [*_papers(item, reading.before(item), case), *paper_rows(case, request.user)]
        if item
        else [],
        "meeting": item.meeting if item else None,
        "back": reverse("case", args=[case.reference]),
    }
    return show(request, "decisions/choose.html", context)


@case_page(Part.PANEL)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AskedBy, case: Case, kind: str) -> HttpResponse:
    """The decision with all that its kind needs; what is decided is done."""
    item = item_now(case)
    if kind not in Kind.values:
        raise Http404
    if item is None:
        return redirect("case_panel", case.reference)
    before, chosen = reading.before(item), Kind(kind)
    form = DecisionForm(
        sent(request), kind=chosen, before=before, people=who_can_act(case.area),
        version=case.version,
    )  # fmt: skip
    return case_act(
        request, case, form,
        lambda given: decisions.decide(
            item, by=request.user, said=given.said(), version=given.seen_version
        ),
        rule=lambda: _possible(request, item, chosen, before),
        title=chosen.label,
        button="Record this decision",
        onward=_onward(case, chosen),
        back=reverse("case_panel", args=[case.reference]),
        done=reverse("meeting", args=[item.meeting_id]),
        said="The decision is recorded, and its minute is drafted.",
    )  # fmt: skip


def _possible(
    request: AskedBy, item: AgendaItem, kind: Decision.Kind, before: reading.Before
) -> None:
    """Raises Refused with what can be known before anything is filled in."""
    decisions.may_decide(request.user, item)
    if kind not in kinds_at(item.case):
        raise Refused(
            f"This is not decided while the case stands at “{item.case.get_stage_display()}”",
            clause="2.5.10",
        )
    if kind != Kind.NOTED and before.assessment is None:
        raise Refused(
            "There is no signed assessment that the decision could rest on", clause="2.2.6",
            until="An assessment is signed before the panel decides, not after it.",
        )  # fmt: skip
    if kind == Kind.PLAN_AGREED:
        if before.plan is None:
            raise Refused(
                "There is no plan to agree", clause="2.10.3",
                until="Write the plan first, with how, when and by whom consent is asked.",
            )  # fmt: skip
        may_be_agreed(item.case, before.plan)
    if kind == Kind.EXIT_RECOMMENDED:
        nothing_is_open(item.case)
    if kind in NO_SUPPORT and not plans.was_ever_agreed(item.case):
        ending.may_end(item.case)


def _onward(case: Case, kind: Decision.Kind) -> list[dict[str, str]]:
    """Where what the decision lacks is put right."""
    links: list[tuple[str, str, list[object]]] = []
    if kind == Kind.PLAN_AGREED:
        links = [("Read the plan", "plan", []), ("Write the next version", "plan_write", [])]
    elif kind == Kind.EXIT_RECOMMENDED:
        links = [
            (f"Say why sessions of support {piece.reference} are missing", "reconcile", [piece.pk])
            for piece in sessions.unreconciled(case)
        ]
        links += [
            (f"Say what became of: {need.words[:80]}", "need", [need.pk])
            for need in needs.still_open(case)
        ]
        links.append(("Read the plan", "plan", []))
    elif kind in NO_SUPPORT:
        links = [("Settle what must be before any end", "before_an_end", [])]
    return [
        {"text": text, "href": reverse(page, args=[case.reference, *more])}
        for text, page, more in links
    ]


def _papers(item: AgendaItem, before: reading.Before, case: Case) -> list[dict[str, Any]]:
    """What the panel has before it, as rows."""
    assessment, plan = before.assessment, before.plan
    there = [f"{each.user or each.organisation}, {each.capacity}" for each in before.present]
    rows: list[dict[str, Any]] = [
        {"question": "Meeting", "answer": f"{day_in_words(item.meeting.on_date)},"
         f" {item.meeting.get_state_display().lower()}"},
        {"question": "Present", "answer": there or "Nobody is recorded yet"},
        {"question": "Assessment", "answer": assessment.conclusion if assessment
         else "None is signed"},
        {"question": "Found present", "answer": before.found or "Nothing"},
        {"question": "Plan", "answer": f"Version {plan.number}, "
         f"{'agreed' if plan.is_agreed else 'not agreed'}" if plan else "None is written",
         "change": reverse("plan", args=[case.reference]), "act": "Read"},
        {"question": "Consent to support", "answer": consents.told(case)},
        {"question": "The person’s own words", "answer": person_words.for_the_panel(case)},
        *risks_in_words(before.risks),
    ]  # fmt: skip
    if before.unanswered:
        rows.append({"question": "Not yet answered by", "answer": before.unanswered})
    if before.silent:
        quiet = [f"{piece.reference}: a session is overdue" for piece in before.silent]
        rows.append({"question": "Silence", "answer": quiet})
    return rows


BASED = (
    ("Information considered", "information"),
    ("Decided without an answer of", "unanswered"),
    ("Changed since the last decision", "changed"),
    ("What remains after the exit", "remains"),
    ("Risk to the person", "risk_to_person"),
    ("Risk to society", "risk_to_society"),
    ("Health and social care considered", "health_social_care"),
    ("Referrer asked again", "referrer_asked"),
    ("Reasons", "reasons"),
    ("Dissent", "dissent"),
)


def _told(made: Decision) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"question": "Decision", "answer": made.get_kind_display()},
        {"question": "Basis", "answer": made.get_basis_display()},
    ]
    rows += [
        {"question": asked, "answer": getattr(made, name)}
        for asked, name in BASED
        if getattr(made, name)
    ]
    if made.next_review_date:
        rows.append({"question": "Next review", "answer": day_in_words(made.next_review_date)})
    rows.append({"question": "Recorded by", "answer": made.by.name})
    return rows
