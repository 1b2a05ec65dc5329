"""The bodies that take part: entered, found, and brought up to date (1.1.3, 1.4.1, 2.9.1)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory import contacts, keeping
from waymark.directory.models import Area, Organisation, Role, areas_by_code
from waymark.policy.pack import in_force
from waymark.ui.forms import Choice, Choices, Prose, Questions
from waymark.web.access import AskedBy, post_holders, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.page import show
from waymark.web.rows.contact import row_of

WHO_SEES = "everybody with an account"


@signed_in
@require_safe
def organisation(request: AskedBy, key: int) -> HttpResponse:
    """One organisation: its kind, where it works, how it is reached, what it records where."""
    found = _found(key)
    context = {
        "section": "contacts",
        "organisation": found,
        "rows": _facts(found),
        "contacts": [row_of(one) for one in contacts.contacts_at(found)],
        "people": [
            {
                "name": post.user.name,
                "post": post.get_role_display(),
                "area": post.area.name if post.area else "All areas",
            }
            for post in contacts.people_at(found)
        ],
        "keeps": Role.ADMINISTRATOR in request.user.roles_in(),
    }
    return show(request, "directory/organisation.html", context)


def _facts(one: Organisation) -> list[dict[str, str]]:
    kinds = {kind.code: kind.name for kind in in_force().organisation_kinds}
    return [
        {"question": "Kind", "answer": kinds.get(one.kind, one.kind)},
        {"question": "Works in", "answer": contacts.areas_in_words(one)},
        {"question": "Public body", "answer": "Yes" if one.public_body else "No"},
        {"question": "Its own recording policy", "answer": one.recording_policy},
        {"question": "Where its own record is", "answer": one.record_kept},
    ]


class OrganisationForm(Questions):
    name = forms.CharField(
        label="What is it called?",
        max_length=120,
        error_messages={"required": "Enter what the organisation is called"},
    )
    kind = forms.ChoiceField(
        label="What kind of partner is it?", error_messages={"required": "Select the kind"}
    )
    public_body = Choice(
        label="Is it a public body?",
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Select whether it is a public body"},
    )
    areas = Choices(
        label="Where does it work?",
        choices=[],
        none="all",
        error_messages={"required": "Select where it works"},
    )
    recording_policy = Prose(
        label="What does its own recording policy say?",
        who_sees=WHO_SEES,
        rows=3,
        required=False,
    )
    record_kept = Prose(
        label="Where is its own record of this work?", who_sees=WHO_SEES, rows=2, required=False
    )

    def __init__(self, data: Any, **options: Any):
        super().__init__(data, **options)
        self.named = {one.code: one for one in areas_by_code().values()}
        kinds = [(kind.code, kind.name) for kind in in_force().organisation_kinds]
        areas = [(code, one.name) for code, one in self.named.items()]
        self.fields["kind"].choices = [("", "Select a kind"), *kinds]  # type: ignore[attr-defined]
        self.fields["areas"].choices = [*areas, ("all", "In all areas")]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "name": said["name"],
            "kind": said["kind"],
            "public_body": said["public_body"] == "yes",
            "areas": [self.named[code] for code in said["areas"] if code in self.named],
            "recording_policy": said["recording_policy"],
            "record_kept": said["record_kept"],
        }


@post_holders(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedBy) -> HttpResponse:
    """Enter a body that takes part."""
    return act_page(
        request,
        OrganisationForm(sent(request)),
        lambda given: keeping.enter_organisation(by=request.user, **given.said()),
        done=lambda made: reverse("organisation", args=[made.pk]),
        said="The organisation is entered, and can take part.",
        context={
            "section": "contacts",
            "title": "Add an organisation",
            "button": "Add the organisation",
            "lead_clause": "1.1.3, 2.9.1",
            "lead": "It can then be asked for information, lead support, and have contacts.",
            "back": reverse("contacts"),
        },
    )


class ChangeForm(Questions):
    name = forms.CharField(
        label="What is it called?",
        max_length=120,
        error_messages={"required": "Enter what the organisation is called"},
    )
    also_in = Choices(label="Where else does it work now?", choices=[], required=False)
    recording_policy = Prose(
        label="What does its own recording policy say?",
        who_sees=WHO_SEES,
        rows=4,
        required=False,
    )
    record_kept = Prose(
        label="Where is its own record of this work?", who_sees=WHO_SEES, rows=2, required=False
    )

    def __init__(self, data: Any, *, elsewhere: list[Area], **options: Any):
        super().__init__(data, **options)
        self.elsewhere = {one.code: one for one in elsewhere}
        choices = [(code, one.name) for code, one in self.elsewhere.items()]
        if choices:
            self.fields["also_in"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["also_in"]

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "name": said["name"],
            "also_in": [self.elsewhere[code] for code in said.get("also_in", [])],
            "recording_policy": said["recording_policy"],
            "record_kept": said["record_kept"],
        }


@post_holders(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedBy, key: int) -> HttpResponse:
    """Bring a body up to date."""
    found = _found(key)
    here = {service.area_id for service in found.services.all()}
    elsewhere = [one for one in areas_by_code().values() if here and one.pk not in here]
    form = ChangeForm(
        sent(request),
        elsewhere=elsewhere,
        initial={
            "name": found.name,
            "recording_policy": found.recording_policy,
            "record_kept": found.record_kept,
        },
    )
    back = reverse("organisation", args=[key])
    return act_page(
        request,
        form,
        lambda given: keeping.change_organisation(found, by=request.user, **given.said()),
        done=back,
        said="The organisation is up to date.",
        context={
            "section": "contacts",
            "title": "Change an organisation",
            "button": "Save the organisation",
            "lead": "Its own recording policy is shown beside its record on each case.",
            "lead_clause": "1.4.1",
            "back": back,
        },
    )


def _found(key: int) -> Organisation:
    found = contacts.organisation_of(key)
    if found is None:
        raise Http404
    return found
