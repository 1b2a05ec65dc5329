"""Other proceedings about the person: child protection, MAPPA, a licence … with their dates."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.known import processes
from waymark.cases.models import Case, ParallelProcess
from waymark.cases.reading import gathered
from waymark.cases.writers import may_write
from waymark.database.record import Part
from waymark.policy.lateness import day_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case_act import case_act, sent
from waymark.web.rows.not_known import back_to

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
        onward=[
            {
                "text": "Say that none is known",
                "href": reverse("no_proceeding", args=[case.reference]),
            }
        ],
        done=back_to(case)["back"],
        said="The proceeding is written down.",
    )


def _row(one: ParallelProcess) -> dict[str, Any]:
    return {
        "kind": one.get_kind_display(),
        "from": day_in_words(one.from_date) if one.from_date else "",
        "until": day_in_words(one.until_date) if one.until_date else "",
        "words": gathered.in_words(one) if one.asked_date else one.words,
        "source": f"{one.source}; written down by {one.by.name}",
    }


class NoneForm(Questions):
    kinds = Choices(
        label="Of which proceedings is none known?",
        choices=[],
        error_messages={"required": "Select of which proceedings none is known"},
    )
    asked_date = DateField(
        label="On which day did you ask?",
        called="The day on which you asked",
        past=True,
        error_messages={"required": "Enter on which day you asked"},
    )
    asked_of = asked(
        forms.CharField(
            label="Whom did you ask?",
            help_text="Name and post.",
            max_length=200,
            error_messages={"required": "Enter whom you asked"},
        ),
        who_sees=SEEN,
    )

    def __init__(self, data: Any, *, case: Case):
        super().__init__(data, version=case.version)
        first = processes.not_looked_into(case)
        kinds = [*first, *(kind for kind in ParallelProcess.Kind if kind not in first)]
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in kinds
        ]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def none(request: AskedBy, case: Case) -> HttpResponse:
    """Somebody was asked, and knows of no such proceeding: several kinds at once."""
    return case_act(
        request,
        case,
        NoneForm(sent(request), case=case),
        lambda form: processes.none_known(
            case,
            by=request.user,
            version=form.seen_version,
            **{name: form.cleaned_data[name] for name in ("kinds", "asked_date", "asked_of")},
        ),
        rule=lambda: may_write(request.user, case),
        title="Say that no other proceeding is known",
        button="Write down that none is known",
        lead="That nobody was asked is not the same as that none is known.",
        lead_clause="2.11.1",
        done=back_to(case)["back"],
        said="It is written down that none is known, and whom you asked.",
    )
