"""What was written, page by page and question by question (Annex A).

A question that may be answered "I do not know" or "I would rather not say" beside a box keeps
that under its code with `_not` behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from waymark.policy.form import NOT_KNOWN, RATHER_NOT_SAY, Choice, Question, Topic
from waymark.policy.pack import in_force
from waymark.referrals.writing import given
from waymark.referrals.writing.drafts import NOT as NOT
from waymark.referrals.writing.drafts import Answer, Written

AS_TYPED = "As it was typed: the form asks for another kind of answer."
PICKED = ("choice", "many", "yes_no_unknown")
Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """One page of the form: a topic, of which person, and whether it is what follows from it."""

    topic: Topic
    person: int | None = None  # from 0
    more: bool = False

    @property
    def key(self) -> str:
        whose = "" if self.person is None else f":{self.person}"
        return f"{self.topic.code}{whose}" + (":more" if self.more else "")

    def name_of(self, question: Question) -> str:
        """Tells an answer from every other of one referral."""
        return f"{self.key}/{question.code}"


def places(written: Written) -> Iterator[Place]:
    """Every page that this road has, given what was answered so far."""
    for topic in in_force().topics_of(written.road):
        whose = range(len(written.people)) if topic.about == "person" else [None]
        for person in whose:
            for more in (False, True):
                place = Place(topic, person, more)
                if asked_at(place, written):
                    yield place


def kept_at(place: Place, written: Written) -> dict[str, Answer]:
    """The answers that a page's questions are kept among: a person's, or the matter's."""
    return written.matter if place.person is None else written.people[place.person]


def asked_at(place: Place, written: Written) -> list[Question]:
    """The questions of a page: those asked of all, or those that an answer has opened."""
    answers = kept_at(place, written)
    return [
        question
        for question in in_force().questions_of(place.topic.code, written.road)
        if bool(question.when) == place.more and question.asked(written.road, answers)
    ]


def choices_of(question: Question, road: str = "") -> list[Choice]:
    """What can be picked, with "I do not know" and "I would rather not say" where they belong."""
    pack = in_force()
    if question.kind == "yes_no_unknown":
        picks = [Choice("yes", "Yes"), Choice("no", "No"), Choice(NOT_KNOWN, pack.form.not_known)]
    else:
        picks = list(pack.choices_of(question))
    there = {pick.code for pick in picks}
    return picks + [pick for pick in ways_out(question, road) if pick.code not in there]


def ways_out(question: Question, road: str = "") -> list[Choice]:
    """The answers that need no knowing, of those that the question allows on that road, or any."""
    form = in_force().form
    return [
        Choice(code, name, alone=True)
        for code, name, allowed in (
            (NOT_KNOWN, form.not_known, question.may_be_unknown(road)),
            (RATHER_NOT_SAY, form.rather_not_say, question.rather_not_say),
        )
        if allowed
    ]


def is_answered(question: Question, answers: dict[str, Answer]) -> bool:
    """In words, by a choice, or by saying that it is not known."""
    return in_words(question, answers) or bool(answers.get(question.code + NOT))


def in_words(question: Question, answers: dict[str, Answer]) -> bool:
    typed = answers.get(question.code, "")
    return any(text.strip() for text in typed) if isinstance(typed, list) else bool(typed.strip())


def missing(written: Written) -> list[tuple[Place, Question]]:
    """What was to be answered and was not: it is shown, and holds nothing back (2.5.3)."""
    return [
        (place, question)
        for place in places(written)
        for question in asked_at(place, written)
        if question.required and not is_answered(question, kept_at(place, written))
    ]


def row_of(place: Place, question: Question, written: Written) -> Row:
    """A question frozen as it was asked, with what was answered as it was given."""
    answers, road = kept_at(place, written), written.road
    typed = answers.get(question.code, "")
    return {
        "topic": place.topic.code,
        "heading": place.topic.name_for(road),
        "person": place.person,
        "code": question.code,
        "question": question.text_for(road),
        "hint": question.hint_for(road),
        "reader": question.reader,
        "answer": _said(question, answers),
        "value": typed if question.kind in PICKED else "",
        "note": AS_TYPED if place.name_of(question) in written.as_typed else "",
    }


def rows_of(written: Written) -> list[Row]:
    """Everything that this road asked, in order."""
    return [
        row_of(place, question, written)
        for place in places(written)
        for question in asked_at(place, written)
    ]


def length_in_all(written: Written) -> int:
    """How many characters have been typed."""
    held = [written.matter, *written.people]
    return sum(
        len("".join(typed)) if isinstance(typed, list) else len(typed)
        for answers in held
        for typed in answers.values()
    )


def _said(question: Question, answers: dict[str, Answer]) -> Answer:
    typed = answers.get(question.code, "")
    if question.kind in PICKED:
        names = {pick.code: pick.name for pick in choices_of(question)}
        codes = [typed] if isinstance(typed, str) else typed
        many = [names.get(code, code) for code in codes if code]
        return many if question.kind == "many" else "".join(many)
    if isinstance(typed, list):
        typed = given.birth_in_words(typed)
    names = {pick.code: pick.name for pick in ways_out(question)}
    ticked = [names.get(code, code) for code in answers.get(question.code + NOT, [])]
    return "\n".join([*([typed] if typed.strip() else []), *ticked])
