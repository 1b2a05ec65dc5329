"""Writing down what happened on a case between its stages (2.11.1)."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.cases.writers import may_write
from waymark.cases.written import entries
from waymark.database.record import Part
from waymark.ui.dates import DateField
from waymark.ui.forms import Prose, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.door.uploading import sent_files, takes_files
from waymark.web.forms.enclosed import TakesFiles, file_fields
from waymark.web.frames.case_act import case_act, sent

SEEN = "police, chair and the Prevent lead of this case"


class EntryForm(TakesFiles):
    kind = asked(
        forms.ChoiceField(
            label="What was it?",
            choices=[("", "Choose"), *entries.Kind.choices],
            error_messages={"required": "Select what it was"},
        )
    )
    happened_date = DateField(
        label="On which day did it happen?",
        called="The day on which it happened",
        past=True,
        error_messages={"required": "Enter the day on which it happened"},
    )
    told_by = asked(
        forms.CharField(
            label="Who told it?",
            help_text="Name and post. Yourself, if you saw or heard it.",
            max_length=200,
            error_messages={"required": "Enter who told it"},
        ),
        who_sees=SEEN,
    )
    words = Prose(
        label="What happened?",
        help_text="Keep apart what was seen or said and what somebody makes of it.",
        who_sees=SEEN,
        error_messages={"required": "Enter what happened"},
    )
    documents, documents_title = file_fields(SEEN).values()


@takes_files
@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: AskedBy, case: Case) -> HttpResponse:
    """When it happened, who told it and when it is written: three things apart (R8)."""
    return case_act(
        request, case, EntryForm(sent(request), files=sent_files(request), version=case.version),
        lambda form: entries.write(
            case, by=request.user, kind=form.cleaned_data["kind"],
            happened_date=form.cleaned_data["happened_date"],
            told_by=form.cleaned_data["told_by"], words=form.cleaned_data["words"],
            enclosed=form.enclosed(), version=form.seen_version,
        ),
        rule=lambda: may_write(request.user, case),
        title="Write down what happened",
        button="Write this down",
        lead="It is not edited afterwards: a later entry follows it.",
        lead_clause="2.11.1",
        onward=[
            {"text": "How to record", "href": reverse("policy_texts", args=["sharing"])},
        ],
        done=reverse("case_timeline", args=[case.reference]),
        said="It is written down. What happened shows it, with who told it and when.",
    )  # fmt: skip
