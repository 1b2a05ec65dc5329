"""What was written, question by question; and what it becomes when it is sent (2.4.1, Annex A).

A question that may be answered "I do not know" or "I would rather not say" beside a box keeps
that under its code with `_not` behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from waymark.database.clock import today
from waymark.directory.permission import Refused
from waymark.policy.form import NOT_KNOWN, RATHER_NOT_SAY, Choice, Question, Topic
from waymark.policy.pack import in_force
from waymark.referrals import given
from waymark.referrals.drafts import Answer, Written
from waymark.referrals.sending import PersonFacts, Sending

NOT = "_not"
PICKED = ("choice", "many", "yes_no_unknown")
LONGEST_IN_ALL = 100_000
ABOUT_THE_REFERRER = ("referrer", "noticer")  # readers: what is sealed with who sent it
APART = "apart"
SOLO = "self"  # the road of somebody who writes about themselves
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


def choices_of(question: Question) -> list[Choice]:
    """What can be picked, with "I do not know" and "I would rather not say" where they belong."""
    pack = in_force()
    if question.kind == "yes_no_unknown":
        picks = [Choice("yes", "Yes"), Choice("no", "No"), Choice(NOT_KNOWN, pack.form.not_known)]
    else:
        picks = list(pack.choices_of(question))
    there = {pick.code for pick in picks}
    return picks + [pick for pick in ways_out(question) if pick.code not in there]


def ways_out(question: Question) -> list[Choice]:
    """The answers that need no knowing, of those that the question allows."""
    form = in_force().form
    return [
        Choice(code, name, alone=True)
        for code, name, allowed in (
            (NOT_KNOWN, form.not_known, question.not_known),
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


def may_send(written: Written) -> None:
    """Gaps hold nothing back; but an inference never stands alone (R29), nor does an empty form."""
    matter = written.matter
    said = {code: bool(str(matter.get(code, "")).strip()) for code in matter}
    if not (said.get("how_noticed") or said.get("exact_words")):
        raise Refused(
            "Nothing has been written of what happened",
            clause="2.4.1",
            until="Say in “What happened” how you came to notice, or what was said or done.",
        )
    if length_in_all(written) > LONGEST_IN_ALL:
        raise Refused(
            f"You have typed {length_in_all(written):,} characters in all,"
            f" and we can take {LONGEST_IN_ALL:,}",
            clause="2.5.4",
            until="Shorten what you can. The officer can ask you for more.",
        )
    if written.road != SOLO and said.get("inference"):
        _not_inference_alone(written)


def _not_inference_alone(written: Written) -> None:
    """The words or acts, who saw them, and the ordinary explanation stand beside it (R29)."""
    pack, matter = in_force(), written.matter
    beside = [pack.question(c) for c in ("exact_words", "who_saw", "ordinary_explanation")]
    open_ = [one for one in beside if not is_answered(one, matter)]
    if open_:
        asked = "; ".join(f"“{one.text_for(written.road)}”" for one in open_)
        raise Refused(
            "What you make of it cannot be sent without what it rests on",
            clause="2.4.1",
            until=f"Answer in “What happened”: {asked}. “I do not know” is an answer.",
        )
    if not any(in_words(one, matter) for one in beside[:2]):
        raise Refused(
            "What you make of it cannot stand alone",
            clause="2.4.1",
            until="Say in “What happened” what was said or done, or who saw or heard it.",
        )


def as_sending(written: Written) -> Sending:
    """The referral that was written, ready to be sent."""
    rows, matter = rows_of(written), written.matter
    telling = [row for row in rows if row["reader"] in ABOUT_THE_REFERRER]
    return Sending(
        road=written.road,
        document=[row for row in rows if row not in telling and row["reader"] != APART],
        people=tuple(_facts(number, written, rows) for number in range(len(written.people))),
        referrer=_referrer(written, telling),
        stays_unknown=_stays_unknown(written),
        lead_first=any(person.get("insider") == "yes" for person in written.people),
        concern_date=given.day_meant(str(matter.get("first_noticed_date", "")), today()),
        organisation_name=str(matter.get("referrer_organisation", "")).strip()[:200],
        marked=written.marked,
    )


def _said(question: Question, answers: dict[str, Answer]) -> Answer:
    typed = answers.get(question.code, "")
    if question.kind in PICKED:
        names = {pick.code: pick.name for pick in choices_of(question)}
        many = [names.get(code, code) for code in ([typed] if isinstance(typed, str) else typed)]
        return many if question.kind == "many" else "".join(many)
    if isinstance(typed, list):
        typed = given.birth_in_words(typed)
    names = {pick.code: pick.name for pick in ways_out(question)}
    ticked = [names.get(code, code) for code in answers.get(question.code + NOT, [])]
    return "\n".join([*([typed] if typed.strip() else []), *ticked])


def _facts(number: int, written: Written, rows: list[Row]) -> PersonFacts:
    said = written.people[number]
    birth = said.get("birth") or []
    places = [("work", "occupation"), ("school", "school")]
    return PersonFacts(
        forenames=_line(said, "forenames", 200),
        surname=_line(said, "surname", 200),
        other_names=_lines(said, "other_names", 200),
        birth=given.birth(birth) if isinstance(birth, list) else None,
        addresses=tuple(filter(None, [str(said.get("address", "")).strip()])),
        telephones=_lines(said, "telephones", 40),
        emails=_lines(said, "emails", 200),
        places=tuple((kind, name) for kind, code in places if (name := _line(said, code, 300))),
        apart=tuple(row for row in rows if row["person"] == number and row["reader"] == APART),
    )


def _line(said: dict[str, Answer], code: str, longest: int) -> str:
    """One line for a list; what is longer stands in the referral only, whole."""
    text = " ".join(str(said.get(code, "")).split())
    return text if len(text) <= longest else ""


def _lines(said: dict[str, Answer], code: str, longest: int) -> tuple[str, ...]:
    text = str(said.get(code, "")).replace(",", "\n")
    parts = (" ".join(part.split()) for part in text.split("\n"))
    return tuple(part for part in parts if part and len(part) <= longest)


def _referrer(written: Written, telling: list[Row]) -> Row:
    """Who sent it, by what it is, and all that they were asked about themselves."""
    if written.road == SOLO:
        first = written.people[0]
        name = " ".join(str(first.get(code, "")) for code in ("forenames", "surname")).strip()
        return {"name": name, "relationship": "The person themselves", "document": telling}
    kinds = ("name", "role", "organisation", "relationship", "telephone", "email")
    said = {kind: str(written.matter.get(f"referrer_{kind}", "")) for kind in kinds}
    return {**said, "document": telling}


def _stays_unknown(written: Written) -> bool:
    """Unless they said that others may learn the name, theirs or that of who noticed first."""
    if written.road == SOLO:
        return False
    matter = written.matter
    noticer = matter.get("noticed_by") == "somebody_else" and matter.get("noticer_unknown") != "no"
    return matter.get("referrer_unknown") != "named" or noticer
