"""Other proceedings about the person: child protection, MAPPA, a licence … with their dates."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from waymark.cases import processes
from waymark.cases.models import Case, ParallelProcess
from waymark.cases.writers import may_write
from waymark.database.record import Part
from waymark.policy.lateness import day_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.case_act import case_act, sent

SEEN = "police, chair and the Prevent lead of this case"
ANSWERS = ("kind", "from_date", "until_date", "words", "source")


class ProceedingForm(Questions):
    kind = Choice(
        label="Which proceeding is it?",
        choices=ParallelProcess.Kind.choices,
        error_messages={"required": "Select which proceeding it is"},
    )
    from_date = DateField(label="From which day?", called="The first day", required=False)
    until_date = DateField(label="Until which day?", called="The last day", required=False)
    words = Prose(
        label="What of it matters here?",
        help_text="Such as conditions, a conference, or whom to speak with.",
        who_sees=SEEN,
        rows=3,
        required=False,
    )
    source = asked(
        forms.CharField(
            label="Who told of it?",
            help_text="Name and post.",
            max_length=200,
            error_messages={"required": "Enter who told of it"},
        ),
        who_sees=SEEN,
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: AskedBy, case: Case) -> HttpResponse:
    return case_act(
        request,
        case,
        ProceedingForm(sent(request), version=case.version),
        lambda form: processes.write(
            case,
            by=request.user,
            version=form.seen_version,
            **{name: form.cleaned_data[name] for name in ANSWERS},
        ),
        rule=lambda: may_write(request.user, case),
        title="Write down another proceeding",
        button="Write down this proceeding",
        lead="It bears on what is done here. What changes about it is written down again.",
        lead_clause="2.11.1",
        template="proceedings/write.html",
        rows=[_row(one) for one in processes.processes_of(case)],
        said="The proceeding is written down.",
    )


def _row(one: ParallelProcess) -> dict[str, Any]:
    return {
        "kind": one.get_kind_display(),
        "from": day_in_words(one.from_date) if one.from_date else "",
        "until": day_in_words(one.until_date) if one.until_date else "",
        "words": one.words,
        "source": f"{one.source}; written down by {one.by.name}",
    }
