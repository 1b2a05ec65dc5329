"""Who is invited to a meeting, and who came (2.5.9, 2.10.6)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.directory.models import Organisation, User
from waymark.panels.meeting import attendance, register
from waymark.panels.models import AgendaItem, Attendance, Meeting
from waymark.panels.reading import meetings as reading
from waymark.panels.reading.people import bodies_in, people_of
from waymark.ui.forms import Choice, Prose, asked
from waymark.web.access import AskedBy
from waymark.web.frames.case_act import sent
from waymark.web.frames.meeting import meeting_act, meeting_page
from waymark.web.sections import Section, Sectioned

CAME = [("yes", "Came"), ("no", "Did not come")]
SENT = ("report", "Sent a report about the case")
Kind = Attendance.Kind
SEEN = "the panel of this area, and whoever is invited"


class RegisterForm(Sectioned):
    """For each of those invited: came, or not and why. Who is left out stays not recorded."""

    def __init__(self, data: Any, *, invited: list[Attendance]):
        super().__init__(data)
        self.invited = invited
        for each in invited:
            self.fields |= self._asked(each)

    def _asked(self, each: Attendance) -> dict[str, forms.Field]:
        name = each.user.name if each.user else each.organisation.name
        initial = {True: "yes", False: "no", None: None}[each.came]
        reveals = {"no": f"reason_{each.pk}"} | (
            {"report": f"report_{each.pk}"} if each.item else {}
        )
        return self._report(each, name) | {
            f"came_{each.pk}": Choice(
                label=f"{name}, {each.capacity}", help_text=each.organisation.name,
                choices=[*CAME, SENT] if each.item else CAME, reveals=reveals, required=False,
                initial=initial,
            ),
            f"reason_{each.pk}": asked(
                forms.CharField(
                    label="Why not?", max_length=300, initial=each.reason,
                    error_messages={"required": f"Enter why {name} did not come"},
                ),
                who_sees=SEEN,
            ),
        }  # fmt: skip

    def _report(self, each: Attendance, name: str) -> dict[str, forms.Field]:
        """Of whoever is invited for one case: what they wrote about it."""
        if each.item is None:
            return {}
        words = Prose(
            label=f"What does {name} report?", who_sees="whoever sees the papers of this case",
            error_messages={"required": f"Enter what {name} reports"},
        )  # fmt: skip
        return {f"report_{each.pk}": words}

    def sections(self) -> list[Section]:
        return [Section("", [f"came_{each.pk}" for each in self.invited], small=True)]

    def said(self) -> list[register.Came]:
        given = self.cleaned_data
        return [
            register.Came(
                each.pk,
                given[f"came_{each.pk}"] == "yes",
                given[f"reason_{each.pk}"],
                given.get(f"report_{each.pk}", ""),
            )
            for each in self.invited
            if given[f"came_{each.pk}"]
        ]


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: AskedBy, meeting: Meeting) -> HttpResponse:
    """The register: everybody invited on one page."""
    form = RegisterForm(sent(request), invited=register.in_order(meeting))
    return meeting_act(
        request, meeting, form,
        lambda given: register.take(meeting, by=request.user, said=given.said()),
        rule=lambda: attendance.may_invite(request.user, meeting),
        title="Record who came",
        button="Save who came",
        lead="The chair and the police must be there for the panel to decide, and social care for"
        " the person’s age.",
        lead_clause="2.1.3",
        said="Attendance is recorded.",
    )  # fmt: skip


class InviteForm(Sectioned):
    who = asked(
        forms.ChoiceField(label="Somebody with an account", required=False), about_nobody=True
    )
    body = asked(forms.ChoiceField(label="Or an organisation", required=False), about_nobody=True)
    capacity = asked(
        forms.CharField(
            label="As what are they invited?", max_length=120,
            help_text="Such as: referrer, form tutor, housing.",
            error_messages={"required": "Enter as what they are invited"},
        ),
        who_sees=SEEN,
    )  # fmt: skip
    item = asked(
        forms.ChoiceField(label="For which part of the meeting?", required=False),
        about_nobody=True,
    )
    kind = Choice(
        label="What is their part?",
        choices=[
            (Kind.MEMBER, "A member of the panel, who decides with it"),
            (Kind.REFERRER, "Who referred: is heard on the case"),
            (Kind.AGENCY, "An agency that knows the person: is heard on the case"),
            (Kind.SUPPORT, "Who leads or gives support: is heard on the case"),
            (Kind.INTERPRETER, "An interpreter: sees no papers"),
            (Kind.OTHER, "Somebody else: is heard"),
        ],
        error_messages={"required": "Select what their part is"},
    )

    def __init__(
        self, data: Any, *, people: list[User], bodies: list[Organisation],
        items: list[AgendaItem],
    ):  # fmt: skip
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        self.bodies = {str(one.pk): one for one in bodies}
        self.items = {str(one.pk): one for one in items}
        named = [(key, f"{one.name}, {one.organisation.name}") for key, one in self.people.items()]
        self._choose("who", "Nobody by name", named)
        self._choose("body", "No organisation", [(k, one.name) for k, one in self.bodies.items()])
        cases = [(key, f"Case {one.case.reference}") for key, one in self.items.items()]
        self._choose("item", "The whole meeting", cases)

    def _choose(self, name: str, empty: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", empty), *choices]  # type: ignore[attr-defined]

    def sections(self) -> list[Section]:
        return [Section("", ["who", "body", "kind", "capacity", "item"])]

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "user": self.people.get(given["who"]),
            "organisation": self.bodies.get(given["body"]),
            "capacity": given["capacity"],
            "item": self.items.get(given["item"]),
            "kind": given["kind"],
        }


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: AskedBy, meeting: Meeting) -> HttpResponse:
    form = InviteForm(
        sent(request), people=people_of(meeting.area), bodies=bodies_in(meeting.area),
        items=[row.item for row in reading.agenda(meeting)],
    )  # fmt: skip
    return meeting_act(
        request, meeting, form,
        lambda given: attendance.invite(meeting, by=request.user, **given.said()),
        rule=lambda: attendance.may_invite(request.user, meeting),
        title="Invite somebody",
        button="Invite them",
        lead="The referrer and each relevant agency are required to attend when the case is heard."
        " Whoever is invited sees the papers until the minutes are signed.",
        lead_clause="2.5.9",
        said="They are invited.",
    )  # fmt: skip
