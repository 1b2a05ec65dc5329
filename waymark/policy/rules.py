"""What must fit together in a pack, beyond the kind of each value."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from waymark.policy.contents import Pack
from waymark.policy.form import NOT_KNOWN, Question
from waymark.policy.lines import Place
from waymark.policy.schema import Source

NEVER_ASKED_OF_ALL = frozenset({"nationality", "immigration_status"})
"""Asked of professionals only: nobody else is asked to report on somebody's status."""

MOST_PURPOSES = 8
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
CLAUSE = re.compile(r"\d+\.\d+\.\d+|[AB]\.\d")


def find_contradictions(pack: Pack, source: Source) -> None:
    """Note in `source` whatever in the pack does not fit together."""
    _check_codes(pack, source)
    _check_clauses(pack, source)
    _check_texts(pack, source)
    _check_questions(pack, source)
    _check_framework(pack, source)
    _check_work(pack, source)
    _check_library(pack, source)


def _lists(pack: Pack) -> Iterator[tuple[Place, tuple[Any, ...]]]:
    """Every list of the pack and where it stands."""
    parts: list[tuple[Place, Any]] = [((), pack), (("form",), pack.form)]
    parts += [(("framework",), pack.framework), (("consent",), pack.consent)]
    for place, part in parts:
        for field in fields(part):
            if isinstance(items := getattr(part, field.name), tuple):
                yield (*place, field.name), items


def _check_codes(pack: Pack, source: Source) -> None:
    """Codes go into records and addresses: plain, and each once in its list."""
    for place, items in _lists(pack):
        seen: set[str] = set()
        for number, item in enumerate(items):
            if (code := getattr(item, "code", None)) is None:
                continue
            where = (*place, number, "code")
            if not CODE.fullmatch(code):
                reason = f"The code “{code}” may hold only letters, digits and _."
                source.blame(where, reason)
            if code in seen:
                source.blame(where, f"The code “{code}” is used twice in “{place[-1]}”.")
            seen.add(code)


def _check_clauses(pack: Pack, source: Source) -> None:
    for place, items in _lists(pack):
        for number, item in enumerate(items):
            for clause in getattr(item, "clauses", ()):
                if not CLAUSE.fullmatch(clause):
                    reason = f"“{clause}” is not the number of a clause, such as 2.8.15."
                    source.blame((*place, number, "clauses"), reason)


def _check_texts(pack: Pack, source: Source) -> None:
    """Others' words name their source; what a text refers to is among the references."""
    known = {each.code for each in pack.references}
    for number, text in enumerate(pack.texts):
        place = ("texts", number)
        if text.words != "own" and not text.source:
            reason = f"The text “{text.code}” is not our own and needs its “source”."
            source.blame((*place, "words"), reason)
        for reference in set(text.references) - known:
            reason = f"The text “{text.code}” names no reference: “{reference}”."
            source.blame((*place, "references"), reason)


def _check_questions(pack: Pack, source: Source) -> None:
    roads = {road.code for road in pack.form.roads}
    topics = {topic.code for topic in pack.form.topics}
    readers = {reader.code for reader in pack.form.readers}
    for number, question in enumerate(pack.form.questions):
        place = ("form", "questions", number)
        named = f"The question “{question.code}”"
        if question.topic not in topics:
            source.blame((*place, "topic"), f"{named} names no topic: “{question.topic}”.")
        if question.reader not in readers:
            source.blame((*place, "reader"), f"{named} names no reader: “{question.reader}”.")
        for road in {*question.roads, *question.texts, *question.hints, *question.known_on} - roads:
            source.blame((*place, "roads"), f"{named} names no road: “{road}”.")
        if question.code in NEVER_ASKED_OF_ALL and set(question.roads) != {"professional"}:
            source.blame((*place, "roads"), f"{named} may be asked of professionals only.")
        _check_choices(question, number, source)
        _check_condition(pack, question, number, source)


def _check_choices(question: Question, number: int, source: Source) -> None:
    place = ("form", "questions", number)
    offers = bool(question.choices or question.choices_from)
    if offers != (question.kind in ("choice", "many")):
        reason = f"The question “{question.code}” is a {question.kind}, which "
        reason += "cannot have choices." if offers else "needs choices."
        source.blame((*place, "kind"), reason)


def _check_condition(pack: Pack, question: Question, number: int, source: Source) -> None:
    """A condition looks back, at a question of the same road, and at an answer it can have."""
    if question.when is None:
        return
    place = ("form", "questions", number, "when")
    named = f"The question “{question.code}” depends on “{question.when.question}”, which"
    earlier = {each.code: each for each in pack.form.questions[:number]}
    asked = earlier.get(question.when.question)
    if asked is None:
        source.blame(place, f"{named} is not an earlier question.")
        return
    if not set(question.roads) <= set(asked.roads):
        source.blame(place, f"{named} is not asked on all of its roads.")
    possible = {choice.code for choice in pack.choices_of(asked)}
    if asked.kind == "yes_no_unknown":
        possible |= {"yes", "no", NOT_KNOWN}
    for answer in set(question.when.answers) - possible:
        source.blame(place, f"{named} cannot be answered with “{answer}”.")


def _check_framework(pack: Pack, source: Source) -> None:
    dimensions = {each.code for each in pack.framework.dimensions}
    listed = Counter(each.dimension for each in pack.framework.factors)
    shown = Counter(each.dimension for each in pack.indicators)
    for number, each in enumerate(pack.framework.dimensions):
        place = ("framework", "dimensions", number)
        for key, stated, found in (
            ("factors", each.factors, listed[each.code]),
            ("indicators", each.indicators, shown[each.code]),
        ):
            if stated != found:
                reason = f"“{each.code}” states {stated} {key} but the pack lists {found}."
                source.blame((*place, key), reason)
    belonging: list[tuple[Place, tuple[Any, ...]]] = [
        (("framework", "factors"), pack.framework.factors),
        (("indicators",), pack.indicators),
    ]
    for where, items in belonging:
        for number, item in enumerate(items):
            if item.dimension not in dimensions:
                reason = f"“{item.code}” names no dimension: “{item.dimension}”."
                source.blame((*where, number, "dimension"), reason)


def _check_work(pack: Pack, source: Source) -> None:
    for number, limit in enumerate(pack.limits):
        if limit.amount == 0:
            reason = f"The limit “{limit.code}” must be at least 1."
            source.blame(("limits", number, "amount"), reason)
    if not {"chair", "police"} <= {seat.code for seat in pack.quorum}:
        source.blame(("quorum",), "A quorum always has the seats “chair” and “police” (2.1.3).")
    if len(pack.purposes) > MOST_PURPOSES:
        reason = f"At most {MOST_PURPOSES} purposes can be offered for a look at a record."
        source.blame(("purposes", MOST_PURPOSES), reason)
    _check_panels(pack, source)


def _check_panels(pack: Pack, source: Source) -> None:
    areas = Counter(panel.area for panel in pack.panels)
    for number, panel in enumerate(pack.panels):
        place = ("panels", number)
        if areas[panel.area] > 1:
            source.blame((*place, "area"), f"The area “{panel.area}” has two panels.")
        if panel.rhythm == "when_needed" and panel.latest_days is None:
            source.blame(place, f"The panel “{panel.code}” needs “latest_days”.")
        if panel.rhythm == "monthly":
            if panel.weekday not in range(7):
                reason = f"The panel “{panel.code}” needs a “weekday” from 0 (Monday) to 6."
                source.blame((*place, "weekday"), reason)
            if panel.week not in range(1, 5):
                reason = f"The panel “{panel.code}” needs a “week” from 1 to 4."
                source.blame((*place, "week"), reason)


def _check_library(pack: Pack, source: Source) -> None:
    """What a shelf or a course points to is in the pack; a stage stands on one shelf."""
    texts, references = ({one.code for one in each} for each in (pack.texts, pack.references))
    stages = Counter(stage for shelf in pack.shelves for stage in shelf.stages)
    for number, shelf in enumerate(pack.shelves):
        place = ("shelves", number)
        for what, named, known in (
            ("text", shelf.texts, texts),
            ("reference", shelf.references, references),
        ):
            for code in set(named) - known:
                source.blame((*place, f"{what}s"), f"There is no {what} “{code}”.")
        for stage in (one for one in shelf.stages if stages[one] > 1):
            source.blame((*place, "stages"), f"The stage “{stage}” stands on two shelves.")
    for number, course in enumerate(pack.courses):
        if course.reference not in references:
            reason = f"There is no reference “{course.reference}”."
            source.blame(("courses", number, "reference"), reason)
