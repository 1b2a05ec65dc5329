"""The referral form on paper, made from the policy pack's questions."""

from functools import lru_cache
from typing import Any

from waymark.policy.form import Question
from waymark.policy.pack import in_force
from waymark.policy.work import SecureAddress
from waymark.referrals.answers import PICKED, choices_of, ways_out
from waymark.ui.documents import made

LINES = {"long": 4, "address": 3}  # to write on


@lru_cache(maxsize=8)
def paper_form(road: str, address: SecureAddress, *, demonstration: bool) -> bytes:
    """The blank form of a road as PDF/UA. `address`: where the form goes once it is filled in."""
    asked = _asked(road) | {"address": _address(address), "demonstration": demonstration}
    return made("referral_form.typ", asked)


def _address(address: SecureAddress) -> dict[str, str]:
    return {
        "name": address.name,
        "email": address.email,
        "telephone": address.telephone,
        "note": address.note,
    }


def _asked(road: str) -> dict[str, Any]:
    pack = in_force()
    return {
        "title": "Referral to Prevent",
        "road": pack.road(road).name,
        "edition": pack.edition.name,
        "gates": [
            {"question": gate.question, "title": gate.yes_title, "words": gate.yes_paragraphs[0]}
            for gate in pack.form.gates
        ],
        "routes": [f"{route.name}: {route.meaning}" for route in pack.secure_routes],
        "before": list(pack.text("what_happens_next").points),
        "lawful": pack.text("lawful_life").paragraphs[0],
        "keep": list(pack.form.attachments[1:]),
        "topics": [
            {
                "name": topic.name_for(road),
                "lead": topic.lead_for(road),
                "questions": [_question(one, road) for one in pack.questions_of(topic.code, road)],
            }
            for topic in pack.topics_of(road)
        ],
    }


def _question(question: Question, road: str) -> dict[str, Any]:
    picked = question.kind in PICKED
    ticks = choices_of(question) if picked else ways_out(question)
    return {
        "text": question.text_for(road),
        "hint": question.hint_for(road),
        "reader": in_force().reader(question.reader).text,
        "only_if": bool(question.when),
        "lines": 0 if picked else LINES.get(question.kind, 1),
        "ticks": [tick.name for tick in ticks],
    }
