"""A transfer as its pages show it: what is asked, and where it stands (2.6.1)."""

from typing import Any

from waymark.cases import transfers as rules
from waymark.cases.models import Case, Transfer
from waymark.cases.reading import transfers as reading
from waymark.directory.permission import Refused
from waymark.ui.words import day

NONE = Refused(
    "No transfer of this case is asked", clause="2.6.1",
    until="The chair of the panel that it would leave asks the other chair.",
)  # fmt: skip


def waiting_on(case: Case) -> Transfer | None:
    one = rules.waiting_transfer(case)
    if one is not None:
        one.case = case
    return one


def known_on(case: Case) -> Transfer:
    if (one := waiting_on(case)) is None:
        raise NONE
    return one


def rows_of(one: Transfer) -> list[dict[str, Any]]:
    rows = [
        {"question": "From", "answer": one.from_area.name},
        {"question": "To", "answer": reading.to_where(one)},
        {"question": "Asked by", "answer": f"{one.by.name}, {day(one.at)}"},
        {"question": "Why", "answer": one.why},
        {"question": "How long", "answer": f"Until {day(one.until_date)}" if one.until_date
         else "It is to last"},
        {"question": "What it is about", "answer": one.about},
        {"question": "What goes along", "answer": one.goes_along},
        {"question": "Where it stands", "answer": reading.stands(one)},
    ]  # fmt: skip
    if one.receiver:
        rows.append({"question": "Who receives it", "answer": one.receiver})
    if one.answered_by:
        rows.append({"question": f"Answer of {one.answered_by.name}", "answer": one.answer})
    if one.accepted_by_name:
        said = f"{one.accepted_by_name}, {day(one.accepted_date)}"
        rows.append({"question": "Accepted there by", "answer": said})
    return rows
