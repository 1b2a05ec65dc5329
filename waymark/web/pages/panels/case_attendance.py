"""Who is heard on one case of a meeting: came, sent a report, or why not (2.5.9)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.directory.permission import permits
from waymark.panels.meeting import attendance, declarations
from waymark.panels.models import Attendance, Declaration, Meeting
from waymark.panels.quorum import present
from waymark.panels.reading import register as reading
from waymark.panels.reading.minuted import item_of
from waymark.ui.forms import Prose, Questions, asked
from waymark.web.access import AskedBy
from waymark.web.forms.not_there import NotThereForm, NotThereWords
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.meeting import meeting_act, meeting_page


class ReportForm(Questions):
    who = asked(
        forms.ChoiceField(
            label="Who has sent a report?", error_messages={"required": "Select who sent it"}
        ),
        about_nobody=True,
    )
    words = Prose(
        label="What do they report?",
        who_sees="whoever sees the papers of this case",
        error_messages={"required": "Enter what they report"},
    )

    def __init__(self, data: Any, invited: list[Attendance]):
        super().__init__(data)
        self.invited = {str(one.pk): one for one in invited}
        named = [(key, f"{_name(one)}, {one.capacity}") for key, one in self.invited.items()]
        self.fields["who"].choices = [("", "Nobody chosen"), *named]  # type: ignore[attr-defined]


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def heard(request: AskedBy, meeting: Meeting, item: int) -> HttpResponse:
    """Everybody invited for a case, what they wrote, and who is not invited yet."""
    found = reading.item_of(meeting, item)
    if found is None:
        raise Http404
    found.meeting = meeting
    people = reading.heard_on(found)
    form = ReportForm(sent(request), [one.invited for one in people])
    for one in people:
        one.invited.meeting = meeting
    return meeting_act(
        request, meeting, form,
        lambda given: attendance.report(
            form.invited[given.cleaned_data["who"]], found, by=request.user,
            words=given.cleaned_data["words"],
        ),
        rule=lambda: attendance.may_invite(request.user, meeting),
        title=f"Who is heard on case {found.case.reference}",
        button="Save the report",
        template="panels/heard.html",
        people=[_row(one) for one in people],
        bodies=[body.name for body in reading.not_invited(found)],
        referrer=reading.needs_referrer(found),
        invite=reverse("meeting_invite", args=[meeting.pk]),
        may_invite=permits(attendance.may_invite, request.user, meeting),
        done=reverse("meeting_heard", args=[meeting.pk, found.pk]),
        said="The report is kept with the case.",
    )  # fmt: skip


AWAY = NotThereWords(
    who="Who is not in the room for this case?", no_one="Select who is not in the room",
    why="Why not?", no_words="Enter why they are not in the room",
)  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def away(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """Somebody who came to the meeting is away for one case: came late, or left for a while."""
    item = item_of(meeting, number)
    if item is None:
        raise Http404
    here = reverse("meeting_case", args=[meeting.pk, item.pk])
    return case_act(
        request, item.case, NotThereForm(sent(request), AWAY, there=present(item)),
        lambda given: declarations.declare(
            item, by=request.user, kind=Declaration.Kind.AWAY, **given.said
        ),
        rule=lambda: declarations.may_declare(request.user, item),
        title="Somebody is not in the room",
        button="Write it down",
        lead="They do not count for the quorum of this case, and have no position on it. For the"
        " other cases they are there.",
        lead_clause="2.1.3",
        done=here,
        back=here,
        said="It is written down: they do not count for this case.",
    )  # fmt: skip


def _name(invited: Attendance) -> str:
    return invited.user.name if invited.user else invited.organisation.name


def _row(one: reading.Heard) -> dict[str, Any]:
    return {
        "name": _name(one.invited),
        "body": one.invited.organisation.name,
        "capacity": one.invited.capacity,
        "came": one.in_words,
        "reports": [report.words for report in one.reports],
    }
