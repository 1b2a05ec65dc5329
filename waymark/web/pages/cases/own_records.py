"""Where each organisation keeps its own record of the person, under which policy (1.4.1)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.contacts import all_organisations
from waymark.directory.models import Organisation, Role, User
from waymark.directory.permission import refusal
from waymark.policy.lateness import day_in_words
from waymark.sharing import own_records
from waymark.sharing.models import OwnRecord
from waymark.sharing.own_records import Keeping
from waymark.ui.forms import Questions, asked
from waymark.web.access import AskedBy, case_page, post_holders
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import case_act, sent

SEEN = "everybody who sees what partners were asked on this case"


class KeepingForm(Questions):
    file_number = asked(
        forms.CharField(label="Its own file number", max_length=100, required=False),
        who_sees=SEEN,
    )
    kept_for = asked(
        forms.CharField(
            label="How long does it keep its record?",
            max_length=300,
            error_messages={"required": "Enter how long it keeps its record"},
        ),
        who_sees=SEEN,
    )
    where = asked(
        forms.CharField(
            label="Where is its record?",
            max_length=300,
            error_messages={"required": "Enter where its record is"},
        ),
        who_sees=SEEN,
    )

    def keeping(self) -> Keeping:
        given = self.cleaned_data
        return Keeping(given["file_number"], given["kept_for"], given["where"])


class CaseForm(KeepingForm):
    organisation = forms.ChoiceField(
        label="Whose record?", error_messages={"required": "Select the organisation"}
    )

    def __init__(self, data: Any, *, bodies: list[Organisation]):
        super().__init__(data)
        self.bodies = {str(one.pk): one for one in bodies}
        choices = [(key, one.name) for key, one in self.bodies.items()]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(["organisation", "file_number", "kept_for", "where"])

    def body(self) -> Organisation:
        return self.bodies[self.cleaned_data["organisation"]]


@case_page(Part.REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: AskedBy, case: Case) -> HttpResponse:
    """What each organisation says of its own record, and a form for one's own."""
    here = reverse("own_records", args=[case.reference])
    return case_act(
        request,
        case,
        CaseForm(sent(request), bodies=_bodies(request.user, case)),
        lambda said: own_records.say_on_case(
            case, by=request.user, organisation=said.body(), keeping=said.keeping()
        ),
        rule=lambda: own_records.may_say_on_case(request.user, case),
        said="It is noted where the record is kept.",
        done=here,
        template="own_records/case.html",
        title="Where each organisation keeps its own record",
        button="Note where it is kept",
        lead="Each organisation follows its own recording policy. A later note follows an earlier.",
        lead_clause=own_records.CLAUSE,
        rows=[_row(one) for one in own_records.of_case(case)],
    )


def _bodies(user: User, case: Case) -> list[Organisation]:
    """One's own organisation first; for the police, every other too."""
    if not user.roles_in(case.area) & {Role.POLICE_OFFICER, Role.POLICE_LEAD}:
        return [user.organisation]
    return [user.organisation, *(one for one in all_organisations() if one != user.organisation)]


def _row(one: OwnRecord) -> dict[str, Any]:
    return {
        "organisation": {
            "text": one.organisation.name,
            "href": reverse("organisation", args=[one.organisation_id]),
        },
        "number": one.file_number,
        "kept_for": one.kept_for,
        "where": one.where,
        "policy": one.organisation.recording_policy,
        "said": f"{day_in_words(one.at.date())}, {one.by.name}",
    }


@post_holders(Role.PARTNER)
@require_http_methods(["GET", "HEAD", "POST"])
def of_request(request: AskedBy, key: int) -> HttpResponse:
    """The same by an organisation that was asked: it sees its request, and not the case."""
    found = own_records.request_of(request.user, key)
    if found is None:
        raise Http404
    said = own_records.of_request(found)
    here = reverse("own_record", args=[key])
    return act_page(
        request,
        KeepingForm(sent(request)),
        lambda form: own_records.say_on_request(found, by=request.user, keeping=form.keeping()),
        done=here,
        said="It is noted where your record is kept.",
        template="own_records/request.html",
        context={
            "title": f"Your own record, request {found.reference}",
            "button": "Note where it is kept",
            "lead": "Your organisation follows its own recording policy. Here you say under which"
            " number, for how long and where it keeps its record.",
            "lead_clause": own_records.CLAUSE,
            "rows": [_row(said)] if said else [],
            "refusal": None
            if request.method == "POST"
            else refusal(own_records.may_say_on_request, request.user, found),
        },
    )
