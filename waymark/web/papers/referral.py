"""The referral form on paper, made from the policy pack's questions."""

from functools import lru_cache
from typing import Any

from waymark.policy.form import Question, Topic
from waymark.policy.pack import in_force
from waymark.policy.work import SecureAddress
from waymark.referrals.writing.answers import PICKED, choices_of, ways_out
from waymark.ui.documents import made

LINES = {"long": 4, "address": 3}  # to write on
MANY = 4  # answers are no longer named one by one
HERE = "here"  # the secure route that paper does not take
SOLO = "self"


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
        "running": f"Referral to Prevent: {pack.road(road).name}",
        "road": pack.road(road).name,
        "edition": pack.edition.name,
        "gates": [
            {"question": gate.question, "title": gate.yes_title, "words": gate.yes_paragraphs[0]}
            for gate in pack.form.gates
        ],
        "routes": [
            f"{route.name}: {route.meaning}" for route in pack.secure_routes if route.code != HERE
        ],
        "before": list(pack.text("paper_next").points),
        "lawful": pack.text("lawful_life").paragraphs[0],
        "keep": list(pack.form.attachments[1:]),
        "topics": [_topic(topic, road) for topic in pack.topics_of(road)],
        "several": [] if road == SOLO else _pages_of_a_person(road),
    }


def _topic(topic: Topic, road: str) -> dict[str, Any]:
    """A heading with its questions. Who sees them is said once, where it is the same for all."""
    pack = in_force()
    questions = pack.questions_of(topic.code, road)
    readers = {one.reader for one in questions}
    once = pack.reader(readers.pop()).text if len(readers) == 1 else ""
    return {
        "name": topic.name_for(road),
        "lead": topic.lead_for(road),
        "reader": once,
        "questions": [_question(one, road, said=bool(once)) for one in questions],
    }


def _pages_of_a_person(road: str) -> list[str]:
    """The headings that are filled in once more for each further person."""
    return [topic.name_for(road) for topic in in_force().topics_of(road) if topic.about == "person"]


def _when(question: Question, road: str) -> str:
    """For which answers to an earlier question this one is asked, in the words of both."""
    if question.when is None:
        return ""
    asked = in_force().question(question.when.question)
    names = [f"“{one.name}”" for one in choices_of(asked) if one.code in question.when.answers]
    most = len(names) > MANY
    answers = "something from the list" if most else " or ".join(names)
    return f"Only if you ticked {answers} at “{asked.text_for(road)}”"


def _question(question: Question, road: str, *, said: bool) -> dict[str, Any]:
    picked = question.kind in PICKED
    ticks = choices_of(question, road) if picked else ways_out(question, road)
    return {
        "text": question.text_for(road),
        "hint": question.hint_for(road),
        "reader": "" if said else in_force().reader(question.reader).text,
        "only_if": _when(question, road),
        "lines": 0 if picked else LINES.get(question.kind, 1),
        "ticks": [tick.name for tick in ticks],
    }
