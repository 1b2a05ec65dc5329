"""Looking for somebody who may be known under another spelling, name or birth date (R2)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.directory.permission import Refused
from waymark.referrals.deciding import known, lookups
from waymark.referrals.deciding.lookups import Sought
from waymark.referrals.models import Subject
from waymark.ui.dates import DateField
from waymark.ui.forms import Prose, Questions, asked
from waymark.web.access import AskedBy
from waymark.web.frames.referral import address, frame, subject_page
from waymark.web.frames.same_person import beside_rows
from waymark.web.page import show


class LookForm(Questions):
    reference = asked(
        forms.CharField(label="Reference of a referral or a case", required=False, max_length=12),
        about_nobody=True,
    )
    surname = asked(forms.CharField(label="Surname", required=False, max_length=200))
    forenames = asked(forms.CharField(label="Forenames", required=False, max_length=200))
    born = DateField(label="Birth date", called="The birth date", required=False, past=True)
    year = asked(
        forms.IntegerField(
            label="Year of birth", required=False, min_value=1880, max_value=2100,
            help_text="Where only the year is known: then the forenames are needed too.",
            error_messages={"invalid": "Year of birth must be a number, such as 2011"},
        )
    )  # fmt: skip
    postcode = asked(
        forms.CharField(
            label="Postcode", required=False, max_length=10,
            help_text="The whole of it. Not of an address that is protected.",
        )
    )  # fmt: skip
    why = Prose(
        label="Why do you look for so many people?",
        who_sees="the auditor and information governance",
        limit=300,
        rows=2,
        required=False,
    )

    def __init__(self, data: Any, *, often: bool):
        super().__init__(data)
        if not often:
            del self.fields["why"]

    def sought(self) -> Sought:
        said = self.cleaned_data
        return Sought(
            said["reference"].upper(), said["surname"], said["forenames"], said["born"],
            said["year"], said["postcode"],
        )  # fmt: skip


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def look_for(request: AskedBy, subject: Subject) -> HttpResponse:
    """Ask, and show who fits exactly. What is typed is sent, and stands in no address."""
    often = lookups.looks_often(request.user)
    form = LookForm(request.POST if request.method == "POST" else None, often=often)
    found = None
    if form.is_bound and form.is_valid():
        try:
            found = lookups.look_for(
                subject, by=request.user, sought=form.sought(),
                why=form.cleaned_data.get("why", ""),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
    facts, _ = known.put_beside(subject, [])
    context: dict[str, Any] = frame(subject, request.user) | {
        "title": "Look for somebody",
        "form": form,
        "facts": facts,
        "found": None if found is None else beside_rows(subject, found, request.user),
        "back": address(subject, "screening_known"),
    }
    return show(request, "screening/look_for.html", context)
