"""One meeting: its agenda with every case, who came, its quorum, and how it ends (2.8.18)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.models import User
from waymark.directory.permission import permits, refusal
from waymark.panels.decisions import may_decide
from waymark.panels.meeting import days, meetings
from waymark.panels.meeting.agenda import came_since
from waymark.panels.meeting.attendance import may_invite
from waymark.panels.meeting.minutes import may_sign
from waymark.panels.meeting.register import in_order
from waymark.panels.models import Meeting, ReviewAfterExit
from waymark.panels.reading import meetings as reading
from waymark.panels.reading.minuted import statement_of
from waymark.panels.reading.papers import may_read_papers
from waymark.panels.reading.why_there import reviews_due
from waymark.policy.lateness import day_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Questions
from waymark.web.access import AskedBy
from waymark.web.frames.case_act import sent
from waymark.web.frames.meeting import PlainForm, meeting_act, meeting_frame, meeting_page
from waymark.web.page import show
from waymark.web.rows.attendance import people_of

State = Meeting.State


@meeting_page
@require_safe
def meeting(request: AskedBy, meeting: Meeting) -> HttpResponse:
    user = request.user
    rows = reading.agenda(meeting, user)
    invited = in_order(meeting)
    context = (
        meeting_frame(meeting)
        | people_of(meeting, invited, user)
        | {
            "agenda": [_row(row, request) for row in rows],
            "not_recorded": sum(each.came is None for each in invited),
            "may_open": permits(meetings.may_open, user, meeting),
            "planned_acts": _of_a_planned(meeting, user),
            "may_invite": permits(may_invite, user, meeting),
            "may_chair": permits(meetings.may_chair, user, meeting.area),
            "ending": refusal(meetings.may_end_meeting, user, meeting),
            "may_sign": permits(may_sign, user, meeting),
            "acts": _acts(meeting),
            "hear": _next_to_hear(rows, request),
            "read": statement_of(meeting),
            "came_since": [case.reference for case in came_since(meeting)],
            "reviews": [_review(one) for one in _reviews(meeting)],
            "may_read_papers": permits(may_read_papers, user, meeting),
        }
    )
    return show(request, "panels/meeting.html", context)


def _reviews(meeting: Meeting) -> list[ReviewAfterExit]:
    """What falls due after an end by the day of a meeting that is still to be held."""
    return reviews_due(meeting.area, meeting.on_date) if _is_to_come(meeting) else []


def _is_to_come(meeting: Meeting) -> bool:
    """Of a meeting that was held, what its cases lack today says nothing."""
    return meeting.state in (State.PLANNED, State.OPEN)


def _review(one: ReviewAfterExit) -> dict[str, str]:
    page = reverse("review_after_exit", args=[one.case.reference])
    text = f"Case {one.case.reference}, review {one.number}, by {day_in_words(one.due_date)}"
    return {"text": text, "href": page}


def _next_to_hear(rows: list[reading.Row], request: AskedBy) -> str:
    """The address of the first case that can be heard now."""
    for row in rows:
        if row.item.meeting.state == State.OPEN and permits(may_decide, request.user, row.item):
            return reverse("meeting_case", args=[row.item.meeting_id, row.item.pk])
    return ""


def _acts(meeting: Meeting) -> dict[str, str]:
    pages = ("open", "register", "invite", "end", "adjourn", "sign", "minutes", "papers", "order",
             "put_on", "statement")  # fmt: skip
    return {page: reverse(f"meeting_{page}", args=[meeting.pk]) for page in pages}


def _of_a_planned(meeting: Meeting, user: User) -> list[dict[str, str]]:
    """What can be done with a meeting that is still to come."""
    acts = (
        (days.may_move, "Move it to another day", "meeting_move"),
        (days.may_call_off, "Call it off", "meeting_call_off"),
    )
    return [
        {"text": text, "href": reverse(page, args=[meeting.pk])}
        for rule, text, page in acts
        if permits(rule, user, meeting)
    ]


def _row(row: reading.Row, request: AskedBy) -> dict[str, Any]:
    """A case on the agenda: its outcome, or what it lacks before the panel can decide on it."""
    item = row.item
    item.case.area = item.meeting.area
    if row.decision:
        outcome = {"text": row.decision.get_kind_display(), "tag": "done"}
    elif item.carried_to:
        outcome = {"text": f"Carried to {day_in_words(item.carried_to.on_date)}", "tag": "soon"}
    else:
        outcome = {"text": "Not yet heard", "tag": "plain"}
    waits = item.meeting.state == State.OPEN and not item.heard_at
    to_come = _is_to_come(item.meeting)
    missing = "; ".join(seat.name for seat in row.missing)
    page = reverse("meeting_case", args=[item.meeting_id, item.pk])
    may = item.meeting.state == State.OPEN and permits(may_decide, request.user, item)
    return {
        "person": {"text": row.name, "href": reverse("case", args=[item.case.reference])},
        "reference": item.case.reference,
        "stage": ". ".join([reading.stage_of(item), *(row.why if to_come else [])]),
        "heard": reverse("meeting_heard", args=[item.meeting_id, item.pk]),
        "quorum": ("Nobody yet for: " + missing if missing else "Quorate") if waits else "",
        "outcome": outcome,
        "act": {"text": "Hear this case", "href": page} if may
        else {"text": "Read", "href": page},
    }  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: AskedBy, meeting: Meeting) -> HttpResponse:
    return meeting_act(
        request, meeting, PlainForm(sent(request)),
        lambda _: meetings.open_meeting(meeting, by=request.user),
        rule=lambda: meetings.may_open(request.user, meeting),
        title="Open the meeting",
        button="Open the meeting",
        lead="What has come to the panel since it was called is put on the agenda.",
        lead_clause="2.8.18",
        said="The meeting is open. Record who is there: the panel decides only with its quorum.",
    )  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """End it: refused while a case has no outcome, with the list of them."""
    unheard = [
        row
        for row in reading.agenda(meeting, request.user)
        if not row.decision and not row.item.carried_to
    ]
    return meeting_act(
        request, meeting, PlainForm(sent(request)),
        lambda _: meetings.end_meeting(meeting, by=request.user),
        rule=lambda: meetings.may_end_meeting(request.user, meeting),
        title="End the meeting",
        button="End the meeting",
        lead="Its minutes then wait for the chair to sign them.",
        lead_clause="2.8.19",
        template="panels/end.html",
        unheard=[_row(row, request) for row in unheard],
        adjourn=reverse("meeting_adjourn", args=[meeting.pk]),
        said="The meeting has ended. Read the minutes and sign them.",
    )  # fmt: skip


class AdjournForm(Questions):
    to_date = DateField(
        label="To which day?",
        called="The date of the continuation",
        future=True,
        error_messages={"required": "Enter the day on which the panel goes on"},
    )


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def adjourn(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """Carry what is not heard to a day, and end this meeting."""
    return meeting_act(
        request, meeting, AdjournForm(sent(request)),
        lambda given: meetings.adjourn(
            meeting, by=request.user, to_date=given.cleaned_data["to_date"]
        ),
        rule=lambda: meetings.may_chair(request.user, meeting.area),
        title="Adjourn the meeting",
        button="Adjourn the meeting",
        lead="Every case that has no outcome is carried to a meeting on that day; this one ends.",
        lead_clause="2.8.18",
        done=lambda following: reverse("meeting", args=[following.pk]),
        said="The meeting is adjourned: what was not heard is on this agenda.",
    )  # fmt: skip
