"""What a panel has before it of one case, as rows: on its page, in the papers and on paper."""

from typing import Any

from django.urls import reverse

from waymark.assessments.models import Finding
from waymark.assessments.sheet import Part as Dimension
from waymark.assessments.sheet import sheet
from waymark.cases.models import Case
from waymark.cases.reading.parts import sees_part
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.panels.models import ActionHeard, AgendaItem, Declaration
from waymark.panels.reading import interim, papers
from waymark.panels.reading.decisions import Before
from waymark.panels.reading.minuted import declared
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.support.reading import consents, person_words
from waymark.support.reading.silence import found_out
from waymark.web.rows.assessment import TEXTS
from waymark.web.rows.not_known import paper_rows
from waymark.web.rows.risk import risks_in_words

Rows = list[dict[str, Any]]
NOT_THERE = {
    Declaration.Kind.INTEREST: "Left because of an interest",
    Declaration.Kind.AWAY: "Not in the room for this case",
}


def who_is_there(item: AgendaItem, before: Before) -> Rows:
    """The meeting, who is present for this case, and who has left it."""
    there = [f"{each.user or each.organisation}, {each.capacity}" for each in before.present]
    missing = "; ".join(seat.name for seat in before.missing)
    rows: Rows = [
        {"question": "Meeting", "answer": f"{day_in_words(item.meeting.on_date)},"
         f" {item.meeting.get_state_display().lower()}",
         "change": reverse("meeting", args=[item.meeting_id]), "act": "Read the agenda"},
        {"question": "Present", "answer": there or "Nobody is recorded yet"},
        {"question": "Quorum", "answer": f"Nobody yet for: {missing}" if missing else "Quorate"},
    ]  # fmt: skip
    for kind, question in NOT_THERE.items():
        if left := declared(item, kind):
            rows.append({"question": question, "answer": left})
    return rows


def case_rows(
    item: AgendaItem, before: Before, user: User, *, links: bool = True, weighed: bool = True
) -> Rows:
    """All of the papers on one case that the reader may see; what is missing stands first.

    `weighed`: with the assessment and the risks, which the form of the decision prints itself.
    """
    case = item.case
    rows = [
        *_missing(case, before, user),
        *_between(case),
        *_earlier(item),
        *(_assessed(case, before, user) if weighed else []),
        *(risks_in_words(before.risks) if weighed else []),
        *_planned(case, before, user),
        *paper_rows(case, user),
        *_last_minute(item),
    ]
    return rows if links else [_without_link(row) for row in rows]


def _without_link(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("change", "act")}


def _missing(case: Case, before: Before, user: User) -> Rows:
    """What nobody knows yet, and who has not answered: never printed as nothing known (R16)."""
    rows: Rows = []
    if before.assessment and sees_part(user, case, Part.ASSESSMENT):
        open_ones = [_open_of(part) for part in sheet(before.assessment) if _open_of(part)]
        unsaid = [text for name, text in TEXTS.items() if not getattr(before.assessment, name)]
        if open_ones:
            rows.append({"question": "Missing: not yet known", "answer": open_ones})
        if unsaid:
            rows.append({"question": "Missing: nothing is written", "answer": unsaid})
    if before.unanswered:
        rows.append({"question": "Not yet answered by", "answer": before.unanswered})
    if before.silent:
        quiet = [
            words
            for piece in before.silent
            for words in (f"{piece.reference}: a session is overdue", *found_out(piece))
        ]
        rows.append({"question": "Silence", "answer": quiet})
    return rows


def _open_of(part: Dimension) -> str:
    """A dimension with its factors of which nobody knows yet; "" where all are known."""
    unknown = Finding.State.NOT_YET_KNOWN
    names = [line.name for line in part.lines if line.state == unknown]
    return f"{part.name}: {'; '.join(names)}" if names else ""


def _between(case: Case) -> Rows:
    """Steps for safety that chair and police took since the last meeting, with both words."""
    said = []
    for step in interim.to_put(case):
        answer = step.get_answer_display() if step.answer else "Not answered yet"
        said.append(
            f"{step.what} Why: {step.why} Until {day_in_words(step.until_date)}."
            f" {step.by.name}, {step.organisation.name}. {answer} {step.answer_words}".strip()
        )
    return [{"question": "Steps between meetings", "answer": said}] if said else []


def _earlier(item: AgendaItem) -> Rows:
    said = []
    for action, heard in papers.earlier_actions(item):
        line = f"{action.words} ({action.owner}). "
        if action.done_at:
            line += f"Done: {action.done_words}"
        elif heard and heard.state == ActionHeard.State.NOT_DONE and heard.again_date:
            line += f"Not done: {heard.words} Now by {day_in_words(heard.again_date)}"
        else:
            line += f"Not done yet. {due_in_words(action.due_date, today())}"
        said.append(line)
    return [{"question": "Actions of earlier meetings", "answer": said}] if said else []


def _assessed(case: Case, before: Before, user: User) -> Rows:
    if not sees_part(user, case, Part.ASSESSMENT):
        return []
    one = before.assessment
    rows: Rows = [
        {"question": "Assessment", "answer": one.conclusion if one else "None is signed"},
        {"question": "Found present", "answer": before.found or "Nothing"},
    ]
    if one and one.own_view:
        rows.append({"question": "The person’s own view", "answer": one.own_view})
    if before.last and before.last.amended:
        rows.append({"question": "The panel amended it", "answer": before.last.amended})
    return rows


def _planned(case: Case, before: Before, user: User) -> Rows:
    rows: Rows = []
    if sees_part(user, case, Part.PLAN):
        plan = before.plan
        agreed = "agreed" if plan and plan.is_agreed else "not agreed"
        rows.append(
            {"question": "Plan", "answer": f"Version {plan.number}, {agreed}" if plan
             else "None is written",
             "change": reverse("plan", args=[case.reference]), "act": "Read"}
        )  # fmt: skip
        own = person_words.for_the_panel(case)
        rows.append({"question": "The person’s own words", "answer": own})
    if held := papers.held_of_ordered(case, user):
        counts = [f"{name}: {one.held} of {one.ordered} sessions held" for name, one in held]
        rows.append({"question": "Support", "answer": counts})
    if sees_part(user, case, Part.WORK):
        rows.append({"question": "Consent to support", "answer": consents.told(case)})
    return rows


def _last_minute(item: AgendaItem) -> Rows:
    last = papers.last_minute(item)
    if last is None:
        return []
    return [
        {"question": f"Last minute, {day_in_words(last.meeting.on_date)}", "answer": last.words,
         "change": reverse("meeting_minutes", args=[last.meeting_id]), "act": "Read the minutes"}
    ]  # fmt: skip
