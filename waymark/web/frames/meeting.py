"""Every page of a meeting: who may reach it, and what stands on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from waymark.directory.permission import refusal
from waymark.panels.models import AgendaItem, Meeting
from waymark.panels.reading import meetings as reading
from waymark.policy.lateness import day_in_words
from waymark.ui.forms import Questions
from waymark.web.access import AskedBy, View, asked_in
from waymark.web.frames.acts import act_page
from waymark.web.rows.beside import beside_shelf
from waymark.web.rows.meeting_state import KINDS


def meeting_page(view: View) -> View:
    """A page of a meeting: to whom neither sees the area's meetings nor is invited, it is not."""

    @asked_in
    @wraps(view)
    def page(request: Any, key: int, **given: Any) -> HttpResponse:
        meeting = reading.found(key, by=request.user)
        if meeting is None:
            raise Http404
        return view(request, meeting, **given)

    vars(page)["access"] = "meeting: its area’s posts, and who is invited"
    return page


def meeting_frame(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "section": "panels",
        "read_beside": beside_shelf("panel"),
        "day": day_in_words(meeting.on_date),
        "state": {"text": meeting.get_state_display(), "kind": KINDS[meeting.state]},
        "here": reverse("meeting", args=[meeting.pk]),
    }


def meeting_act(
    request: AskedBy,
    meeting: Meeting,
    form: Any,
    act: Callable[[Any], object],
    *,
    rule: Callable[[], None],
    said: str,
    done: str | Callable[[Any], str] = "",
    template: str = "panels/act.html",
    **context: Any,
) -> HttpResponse:
    """One act on a meeting. `rule` raises Refused where it cannot be done now."""
    frame = meeting_frame(meeting)
    refused = None if request.method == "POST" else refusal(rule)
    return act_page(
        request, form, act, done=done or frame["here"], said=said, template=template,
        context=frame | {"back": frame["here"], "refusal": refused} | context,
    )  # fmt: skip


def agenda_links(
    rows: list[reading.Row], item: AgendaItem, *, page: str = "meeting_case"
) -> dict[str, Any]:
    """Where a case stands on the agenda, the one before and after it, and what comes next.

    `onward`: the next case that has no outcome; the meeting, where every case has one.
    """
    keys = [row.item.pk for row in rows]
    here = keys.index(item.pk) if item.pk in keys else 0
    waiting = [row.item for row in [*rows[here + 1 :], *rows[:here]] if _is_unheard(row.item)]
    pages = [reverse(page, args=[item.meeting_id, key]) for key in keys]
    meeting = reverse("meeting", args=[item.meeting_id])
    return {
        "number": here + 1,
        "of": len(keys),
        "previous": pages[here - 1] if here > 0 else "",
        "next": pages[here + 1] if here + 1 < len(keys) else "",
        "onward": pages[keys.index(waiting[0].pk)] if waiting else meeting,
    }


def _is_unheard(item: AgendaItem) -> bool:
    return item.heard_at is None and item.carried_to_id is None


class PlainForm(Questions):
    """Nothing to ask: the button is the answer."""
