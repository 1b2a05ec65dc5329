"""The papers and the minutes of a meeting as PDF/UA, each copy with its reader's name."""

from dataclasses import dataclass
from typing import Any

from waymark.directory.models import User
from waymark.panels.models import Departure, Meeting, Minute, ProposedCorrection
from waymark.panels.reading.minuted import statement_of
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.ui.documents import made
from waymark.ui.words import moment

TEMPLATE = "panel.typ"


@dataclass(frozen=True)
class PaperOfCase:
    """`title`: such as "Case W-123: Ashdown, Robin"; `lead`: why it is on the agenda."""

    title: str
    lead: list[str]
    rows: list[dict[str, Any]]


def papers_pdf(
    meeting: Meeting, cases: list[PaperOfCase], front: list[dict[str, Any]], *, reader: User,
    demonstration: bool,
) -> bytes:  # fmt: skip
    """A front page, then each case on pages of its own."""
    return _made(meeting, "Papers", reader, demonstration, front=front, each_apart=True, cases=[
        {"title": one.title, "lead": one.lead, "words": "",
         "rows": [_as_list(row) for row in one.rows]}
        for one in cases
    ])  # fmt: skip


def minutes_pdf(
    meeting: Meeting, minutes: list[Minute], moved: list[Departure], *, reader: User,
    demonstration: bool,
) -> bytes:  # fmt: skip
    """The minutes of a meeting, or of one case of it: those that the reader may see."""
    read = statement_of(meeting)
    facts = ["The confidentiality statement: not recorded as read."]
    if read:
        facts = [f"The confidentiality statement was read by {read.read_by} on {moment(read.at)}."]
        facts.append(f"Interests declared: {read.interests or 'none about the whole meeting'}.")
    if meeting.signed_by and meeting.signed_at:
        facts.append(f"Signed by {meeting.signed_by} on {moment(meeting.signed_at)}.")
    else:
        facts.append("A draft: not signed yet.")
    cases = [{"title": f"Case {one.case.reference}", "lead": [], "rows": _beside(one),
              "words": one.words} for one in minutes]  # fmt: skip
    cases += [{"title": f"Case {one.reference}, moved to another panel", "lead": [], "rows": [],
               "words": one.words} for one in moved]  # fmt: skip
    return _made(meeting, "Minutes", reader, demonstration, facts=facts, cases=cases)


def _beside(minute: Minute) -> list[dict[str, Any]]:
    """Corrections of a signed minute stand first, so that nobody reads past them.

    What was proposed before and not taken up stands there too, with why.
    """
    corrected = [
        {"question": f"Correction by {one.by}, {moment(one.at)}", "answer": [one.words]}
        for one in minute.corrections.all()
    ]
    return corrected + [_proposed(one) for one in minute.proposed.all() if one.state != "accepted"]


def _proposed(one: ProposedCorrection) -> dict[str, Any]:
    question = f"Proposed by {one.by}, {moment(one.at)}: {one.get_state_display().lower()}"
    refused = [f"Refused by {one.answered_by}, because: {one.answer}"] if one.answer else []
    return {"question": question, "answer": [one.words, *refused]}


def _as_list(row: dict[str, Any]) -> dict[str, Any]:
    answer = row["answer"]
    lines = [answer] if isinstance(answer, str) else [str(one) for one in answer]
    return {"question": row["question"], "answer": lines or ["Not provided"]}


def _made(
    meeting: Meeting, what: str, reader: User, demonstration: bool, *,
    cases: list[dict[str, Any]], facts: list[str] | None = None,
    front: list[dict[str, Any]] | None = None, each_apart: bool = False,
) -> bytes:  # fmt: skip
    copy = f"Copy of {reader.name}, {reader.organisation.name}. Do not pass it on."
    title = f"{what} of the {meeting.area.name} panel, {day_in_words(meeting.on_date)}"
    return made(TEMPLATE, {
        "title": title,
        "running": f"Meeting {meeting.reference}. {copy} Policy in force: "
        f"{in_force().edition.name}.",
        "demonstration": demonstration,
        "facts": [f"Meeting {meeting.reference}", *(facts or [])],
        "front": front or [], "cases": cases, "each_apart": each_apart,
    })  # fmt: skip
