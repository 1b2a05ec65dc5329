"""Advice without a referral: whom to ask in doubt, and what was asked and advised (2.4.8)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.models import Area, areas_by_code
from waymark.policy.pack import in_force
from waymark.referrals import advice
from waymark.ui import forms as ui
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.page import back_of_lists, show

WHO_SEES = "you, and the police Prevent team and co-ordinators of the area"


@signed_in
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Whom to ask, and the notes that the reader may see: no name stands in any."""
    kinds = dict(advice.kinds())
    context = {
        "section": "referrals",
        **back_of_lists(request.user),
        "whom": in_force().text("whom_to_ask"),
        "notes": [
            {"note": one, "kind": kinds.get(one.asked_by_kind, "")}
            for one in advice.noted(request.user)
        ],
    }
    return show(request, "advice/list.html", context)


class NoteForm(Questions):
    asked_by_kind = ui.asked(
        forms.ChoiceField(
            label="Who was in doubt?",
            help_text="The kind of body, not the person.",
            choices=[],
            error_messages={"required": "Select who was in doubt"},
        ),
        about_nobody=True,
    )
    asked_of = ui.asked(
        forms.CharField(
            label="Which post was asked?",
            help_text="For example the line manager, the Prevent lead or the information"
            " governance team.",
            max_length=200,
            error_messages={"required": "Enter which post was asked"},
        ),
        who_sees=WHO_SEES,
    )
    asked = Prose(
        label="What was asked?",
        help_text="Name nobody: no name is kept without a referral.",
        who_sees=WHO_SEES,
        error_messages={"required": "Enter what was asked"},
    )
    advised = Prose(
        label="What was advised?",
        help_text="Name nobody.",
        who_sees=WHO_SEES,
        error_messages={"required": "Enter what was advised"},
    )
    area = Choice(
        label="In which area?", choices=[], error_messages={"required": "Select the area"}
    )

    def __init__(self, data: Any):
        super().__init__(data)
        self.areas: dict[str, Area] = areas_by_code()
        kinds = [("", "Select a kind"), *advice.kinds()]
        self.fields["asked_by_kind"].choices = kinds  # type: ignore[attr-defined]
        areas = [(code, area.name) for code, area in self.areas.items()]
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["area"].initial = areas[0][0] if len(areas) == 1 else None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: AskedBy) -> HttpResponse:
    """Note a doubt and the advice on it."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    names = ("asked_by_kind", "asked_of", "asked", "advised")
    return act_page(
        request,
        form,
        lambda said: advice.note(
            by=request.user,
            area=said.areas.get(said.cleaned_data["area"]),
            key=said.cleaned_data["form_key"],
            **{name: said.cleaned_data[name] for name in names},
        ),
        done=reverse("advice"),
        said="The advice is noted.",
        context={
            "section": "referrals",
            "title": "Note advice without a referral",
            "button": "Note the advice",
            "lead": "Name nobody: neither who asked, nor about whom. A worry about somebody is"
            " a referral.",
            "back": reverse("advice"),
        },
    )
