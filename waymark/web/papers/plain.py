"""Papers in plain words for the person: the notice before they answer, and the plan (2.8.4)."""

from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from waymark.database.clock import day_of
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support.models import Piece, Plan
from waymark.support.reading.plans import PieceRead, PlanRead
from waymark.ui.documents import made

TEMPLATE = "plain_paper.typ"
RIGHTS = (
    "You decide. You can say no to one part and keep the rest.",
    "You can stop at any time. Then the support stops at once. Nobody may ask you why.",
    "You can ask for somebody else to give a part of it.",
    "You can bring somebody with you when the plan is talked about.",
    "You can ask to see what is written about you, and to have it put right.",
)
OVER = (Piece.State.ENDED,)


@dataclass(frozen=True)
class Part:
    title: str
    paragraphs: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)


@lru_cache(maxsize=2)
def notice_paper(*, demonstration: bool) -> bytes:
    """The notice in force, to print and hand over."""
    notice = in_force().consent.notice
    return made(TEMPLATE, {
        "title": notice.title, "running": f"Notice {notice.edition}", "facts": [],
        "demonstration": demonstration, "paragraphs": list(notice.paragraphs),
        "points": list(notice.points), "parts": [],
    })  # fmt: skip


def plan_parts(whole: PlanRead) -> list[Part]:
    """The plan as the person reads it: what, with whom, when, and what they can do."""
    pieces = [each for each in whole.pieces if each.piece.state not in OVER]
    over = Part("What support there is", ["No support is given under this plan any more."])
    return [
        *([_piece(each) for each in pieces] or [over]),
        Part("Whom to ask", [_whom_to_ask(whole.plan)]),
        Part("What you can do", points=list(RIGHTS)),
    ]  # fmt: skip


def _whom_to_ask(plan: Plan) -> str:
    """The lead, while they are there: nobody is sent to somebody whom they have never met."""
    if not plan.case_lead.is_active:
        return "Ask the person who gave you this."
    return (
        f"{plan.case_lead.name} looks after this plan. Ask them, or the person who gave you this."
    )


def _piece(each: PieceRead) -> Part:
    piece = each.piece
    who = f"{piece.provider_user.name} of {piece.provider.name}" if piece.provider_user else (
        piece.provider.name
    )  # fmt: skip
    times = "once" if piece.rhythm == Piece.Rhythm.ONCE else (
        f"{piece.get_rhythm_display().lower()}, {piece.sessions_ordered} times"
    )  # fmt: skip
    points = [
        f"What it is: {each.explained}.",
        f"What you want from it: {piece.aim}" if piece.aim else "",
        f"Who gives it: {who}.",
        f"How often: {times}, from {day_in_words(piece.from_date)} to"
        f" {day_in_words(piece.until_date)}.",
        f"How we will see that it works: {piece.works_how}" if piece.works_how else "",
        "It is for your whole family." if piece.whole_family else "",
    ]
    return Part(each.kind, points=[one for one in points if one])


def plan_paper(whole: PlanRead, *, demonstration: bool) -> bytes:
    """The plan to hand over. It names no case, and nobody but those who help."""
    plan: Plan = whole.plan
    data: dict[str, Any] = {
        "title": "Your support plan", "demonstration": demonstration,
        "running": "Yours to keep. You need show it to nobody.",
        "facts": [_agreed(plan)], "paragraphs": [], "points": [],
        "parts": [asdict(one) for one in plan_parts(whole)],
    }  # fmt: skip
    return made(TEMPLATE, data)


def _agreed(plan: Plan) -> str:
    day = (
        f"agreed on {day_in_words(day_of(plan.agreed_at))}" if plan.agreed_at else "not agreed yet"
    )
    return f"Version {plan.number}, {day}."
