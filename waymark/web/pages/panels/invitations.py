"""One's own invitation to a meeting: come, do not come, or send a deputy; and deputies (2.5.9)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.directory.models import User
from waymark.panels.meeting import invitations, stand_ins
from waymark.panels.models import Attendance, Meeting
from waymark.panels.reading.panel import has_agreed
from waymark.panels.reading.register import last_answers
from waymark.ui.forms import Choice, Questions, asked
from waymark.web.access import AskedBy, signed_in
from waymark.web.frames.case_act import sent
from waymark.web.frames.meeting import meeting_act, meeting_page

SEEN = "the chair, the vice-chair and the co-ordinator of this panel"
COMES, DECLINES, DEPUTY = "comes", "declines", "deputy"


class AnswerForm(Questions):
    kind = Choice(
        label="Do you come?",
        choices=[
            (COMES, "Yes, I come"),
            (DECLINES, "No"),
            (DEPUTY, "No, and I would send a deputy"),
        ],
        reveals={DECLINES: "why", DEPUTY: "deputy"},
        error_messages={"required": "Select whether you come"},
    )
    why = asked(
        forms.CharField(
            label="Why do you not come?", max_length=300,
            error_messages={"required": "Enter why you do not come"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    deputy = asked(
        forms.ChoiceField(
            label="Whom would you send?",
            help_text="Somebody of your own organisation. The chair or the co-ordinator invites"
            " them, and they see the papers then.",
            error_messages={"required": "Select whom you would send"},
        ),
        about_nobody=True,
    )

    def __init__(self, data: Any, *, people: list[User], appointed: set[int]):
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        named = [
            (key, f"{one.name}, your appointed deputy" if one.pk in appointed else one.name)
            for key, one in self.people.items()
        ]
        self.fields["deputy"].choices = [("", "Nobody chosen"), *named]  # type: ignore[attr-defined]

    def said(self) -> invitations.Answering:
        given = self.cleaned_data
        return invitations.Answering(
            given["kind"], given["why"], self.people.get(given["deputy"] or "")
        )


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """Say whether one comes. What was answered before stands above, and is followed."""
    invited = invitations.of(meeting, request.user)
    if invited is None:
        raise Http404
    invited.meeting = meeting
    form = AnswerForm(
        sent(request), people=invitations.could_stand_in(invited),
        appointed=invitations.deputies_of(invited),
    )  # fmt: skip
    return meeting_act(
        request, meeting, form,
        lambda given: invitations.answer(meeting, by=request.user, said=given.said()),
        rule=lambda: invitations.may_answer(request.user, meeting),
        title="Answer the invitation",
        button="Send your answer",
        lead="Whoever is required to attend comes, sends a report or says why not.",
        lead_clause="2.5.9",
        template="panels/answer.html",
        answered=_answered(meeting, invited),
        agreed=has_agreed(meeting.area, request.user),
        said="Your answer is with the chair and the co-ordinator.",
    )  # fmt: skip


def _answered(meeting: Meeting, invited: Attendance) -> dict[str, str] | None:
    last = last_answers(meeting).get(invited.pk)
    if last is None:
        return None
    words = last.why or (f"Deputy: {last.deputy.name}" if last.deputy else "")
    return {"kind": last.get_kind_display(), "words": words}


class DeputyForm(Questions):
    yes = Choice(
        label="Does the deputy come in their place?",
        choices=[("yes", "Yes, invite the deputy"), ("no", "No")],
        error_messages={"required": "Select whether the deputy comes"},
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request: AskedBy, key: int) -> HttpResponse:
    """Let somebody's deputy come, with their seat and papers, or not."""
    asked_for = stand_ins.found(key, by=request.user)
    if asked_for is None or asked_for.deputy is None or asked_for.by_id == request.user.pk:
        raise Http404
    instead, meeting = asked_for.deputy, asked_for.meeting
    return meeting_act(
        request, meeting, DeputyForm(sent(request)),
        lambda given: stand_ins.name_deputy(
            asked_for, by=request.user, yes=given.cleaned_data["yes"] == "yes"
        ),
        rule=lambda: stand_ins.may_name_deputy(request.user, asked_for),
        title="Decide on a deputy",
        button="Save the decision",
        lead=f"{asked_for.by.name} ({asked_for.attendance.capacity}) does not come, and would send"
        f" {instead.name} of {instead.organisation.name}.",
        lead_clause="2.5.9",
        done=reverse("meeting", args=[meeting.pk]),
        said="It is saved, and whoever asked is told.",
    )  # fmt: skip
