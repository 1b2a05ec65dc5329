"""The agenda of a meeting: put in order, brought up to date; confidentiality and interests."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.panels.meeting import agenda, declarations
from waymark.panels.meeting.attendance import may_invite
from waymark.panels.meeting.register import in_order
from waymark.panels.models import Attendance, Meeting
from waymark.panels.quorum import present
from waymark.panels.reading import meetings as reading
from waymark.panels.reading.minuted import item_of
from waymark.policy.pack import in_force
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy
from waymark.web.forms.not_there import NotThereForm, NotThereWords
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.meeting import PlainForm, meeting_act, meeting_page

SEEN = "the panel of this area, and whoever is invited: it goes into the minutes"


class OrderForm(Questions):
    """A place for each case; two of the same place stay in the order that they had."""

    def __init__(self, data: Any, *, rows: list[reading.Row]):
        super().__init__(data)
        self.rows = rows
        for place, row in enumerate(rows, start=1):
            self.fields[f"place_{row.item.pk}"] = asked(
                forms.IntegerField(
                    label=f"Case {row.item.case.reference}: place", initial=place, min_value=1,
                    max_value=999, help_text="; ".join(row.why[:1]),
                    error_messages=dict.fromkeys(
                        ("required", "invalid", "min_value", "max_value"),
                        f"Enter the place of case {row.item.case.reference}, such as {place}",
                    ),
                ),
                about_nobody=True,
            )  # fmt: skip

    def order(self) -> list[int]:
        given = self.cleaned_data
        keys = [row.item.pk for row in self.rows]
        return sorted(keys, key=lambda key: (given[f"place_{key}"], keys.index(key)))


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """Put the cases in another order: every one keeps a place."""
    form = OrderForm(sent(request), rows=reading.agenda(meeting, request.user))
    return meeting_act(
        request, meeting, form,
        lambda given: agenda.arrange(meeting, by=request.user, order=given.order()),
        rule=lambda: may_invite(request.user, meeting),
        title="Put the agenda in order",
        button="Save this order",
        lead="Every open case is heard. Their order is yours; none can be taken off.",
        lead_clause="2.8.18",
        said="The agenda is in this order.",
    )  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def bring_up_to_date(request: AskedBy, meeting: Meeting) -> HttpResponse:
    return meeting_act(
        request, meeting, PlainForm(sent(request)),
        lambda _: agenda.bring_up_to_date(meeting, by=request.user),
        rule=lambda: may_invite(request.user, meeting),
        title="Put on what has come since",
        button="Put these cases on the agenda",
        lead="Those invited can then read of them. When the meeting opens they are put on anyway.",
        lead_clause="2.8.18",
        said="What has come since is on the agenda.",
    )  # fmt: skip


class StatementForm(Questions):
    read_by = Choice(
        label="Who read the statement?", choices=[],
        error_messages={"required": "Select who read the statement"},
    )  # fmt: skip
    interests = Prose(
        label="What interests were declared that are about no single case?", rows=3, who_sees=SEEN,
        help_text="Leave empty if none. An interest in one case is written down with that case.",
        required=False,
    )  # fmt: skip

    def __init__(self, data: Any, *, there: list[Attendance]):
        super().__init__(data)
        self.users = {str(each.user.pk): each.user for each in there if each.user and each.came}
        field = self.fields["read_by"]
        assert isinstance(field, Choice)
        field.choices = [(key, user.name) for key, user in self.users.items()]


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """The confidentiality statement in full, and who read it out."""
    text = in_force().text(declarations.TEXT)
    return meeting_act(
        request, meeting, StatementForm(sent(request), there=in_order(meeting)),
        lambda given: declarations.read_statement(
            meeting, by=request.user, read_by=given.users[given.cleaned_data["read_by"]],
            interests=given.cleaned_data["interests"],
        ),
        rule=lambda: declarations.may_read_statement(request.user, meeting),
        title="Confidentiality and interests",
        button="Write down that it was read",
        template="meetings/statement.html",
        statement=text,
        said="It is written down that the statement was read.",
    )  # fmt: skip


INTEREST = NotThereWords(
    who="Who has an interest in this case?", no_one="Select who has an interest",
    why="What is it?", no_words="Enter what the interest is",
)  # fmt: skip


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """Somebody has an interest in one case: they leave it."""
    item = item_of(meeting, number)
    if item is None:
        raise Http404
    here = reverse("meeting_case", args=[meeting.pk, item.pk])
    return case_act(
        request, item.case, NotThereForm(sent(request), INTEREST, there=present(item)),
        lambda given: declarations.declare(
            item, by=request.user, **given.said
        ),
        rule=lambda: declarations.may_declare(request.user, item),
        title="Declare an interest",
        button="Write it down",
        lead="They leave while this case is heard, and do not count for its quorum.",
        lead_clause="2.1.3",
        done=here,
        back=here,
        said="It is written down: they do not count for this case.",
    )  # fmt: skip
