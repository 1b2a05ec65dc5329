"""The person's own words on assessment, plan and panel; what they wish of a piece of support."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.support import another_worker, briefs, person_words
from waymark.support.models import PersonSaid, Piece
from waymark.support.reading.plans import kind_named
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.plan_fields import SEEN, choose_from, prose, select
from waymark.web.frames.case_act import case_act, sent

Of = PersonSaid.Of
HINTS = {
    Of.ASSESSMENT.value: "What they say of what was found, and what they would put otherwise.",
    Of.PLAN.value: "What they say of the support that is planned.",
    Of.PANEL.value: "That they know when the panel meets, and what they say to that.",
    Of.SUPPORTER.value: "A supporter or advocate whom they bring, or want.",
}


def heard(label: str) -> forms.CharField:
    wrong = {"required": "Enter who heard it"}
    field = forms.CharField(label=label, max_length=200, error_messages=wrong)
    return asked(field, who_sees=SEEN)


def on_which_day() -> DateField:
    wrong = {"required": "Enter on which day"}
    return DateField(label="On which day?", called="The day of it", past=True, error_messages=wrong)


class WordsForm(Questions):
    of = Choice(
        label="What is it about?",
        choices=[(one.value, one.label) for one in Of if one.value in HINTS],
        hints=HINTS,
        error_messages={"required": "Select what it is about"},
    )
    words = prose("What did they say, in their own words?", "what they said", required=False)
    not_yet_why = prose(
        "If there are no words yet: why not, and when are they asked?", "why not", required=False,
        rows=2,
    )  # fmt: skip
    heard_by = heard("Who heard it, or will ask?")
    happened_date = on_which_day()

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("words") and not self.cleaned_data.get("not_yet_why"):
            self.add_error("words", "Enter what they said, or below why there are no words yet")
        return self.cleaned_data


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: AskedBy, case: Case) -> HttpResponse:
    here = reverse("plan", args=[case.reference])
    names = ("of", "words", "not_yet_why", "heard_by", "happened_date")
    return case_act(
        request, case, WordsForm(sent(request), version=case.version),
        lambda form: person_words.say(
            case, by=request.user, version=form.seen_version,
            **{name: form.cleaned_data[name] for name in names},
        ),
        rule=lambda: person_words.may_write_words(request.user, case),
        title="The person’s own words",
        button="Write these words down",
        lead="They stand beside the assessment and the plan when the panel meets.",
        lead_clause="2.8.4",
        back=here,
        done=here,
        said="The person’s words are written down.",
    )  # fmt: skip


class WishForm(Questions):
    of = Choice(
        label="What do they wish?",
        choices=[
            (Of.NOT_THIS.value, "They do not want this support"),
            (Of.SOMEBODY_ELSE.value, "They want somebody else to give it"),
        ],
        hints={
            Of.NOT_THIS.value: "It ends at once. The rest of the plan goes on.",
            Of.SOMEBODY_ELSE.value: "The lead of the case sees to it, and tells them.",
        },
        error_messages={"required": "Select what they wish"},
    )
    words = prose("What did they say, in their own words?", "what they said")
    heard_by = heard("Who heard it?")
    happened_date = on_which_day()


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: AskedBy, case: Case, piece: int) -> HttpResponse:
    """One piece is not wanted, or somebody else is to give it: the plan goes on."""
    one = _piece(case, piece)
    here = reverse("plan", args=[case.reference])
    names = ("of", "words", "heard_by", "happened_date")
    return case_act(
        request, case, WishForm(sent(request), version=case.version),
        lambda form: person_words.wish(
            one, by=request.user, version=form.seen_version,
            **{name: form.cleaned_data[name] for name in names},
        ),
        rule=lambda: person_words.may_wish(request.user, one),
        title=f"What the person wishes of support {one.reference}",
        button="Write this wish down",
        lead=f"{kind_named(one.kind)[0]}, given by {one.provider.name}. Each part of the plan is"
        " theirs to choose.",
        lead_clause="1.1.4",
        back=here,
        done=here,
        said="The wish is written down.",
    )  # fmt: skip


class AnotherForm(Questions):
    worker = select(
        "Who gives it from now on?", [], "who gives it", required=False,
        help_text="Leave it where nobody else can.",
    )  # fmt: skip
    words = prose(
        "What was the person told?", "what the person was told",
        help_text="Who gives it now, or why nobody else can and what they can do.",
    )  # fmt: skip
    told_by = heard("Who told them?")

    def __init__(self, data: Any, *, workers: list[User], version: int):
        super().__init__(data, version=version)
        self.workers = {str(one.pk): one for one in workers}
        choose_from(self.fields["worker"], [(key, one.name) for key, one in self.workers.items()])


@case_page(Part.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def another(request: AskedBy, case: Case, piece: int) -> HttpResponse:
    """The person asked for somebody else: another worker, or why not; and they are told."""
    one = _piece(case, piece)
    here = reverse("plan", args=[case.reference])
    workers = [each for each in briefs.workers_for(one) if each != one.provider_user]
    return case_act(
        request, case, AnotherForm(sent(request), workers=workers, version=case.version),
        lambda form: another_worker.see_to(
            one, by=request.user, worker=form.workers.get(form.cleaned_data["worker"]),
            words=form.cleaned_data["words"], told_by=form.cleaned_data["told_by"],
            version=form.seen_version,
        ),
        rule=lambda: another_worker.may_see_to(request.user, one),
        title=f"Somebody else to give support {one.reference}",
        button="Write this down",
        lead=f"{one.provider.name} gives it. Where none of its workers fits, a new version of the"
        " plan names another provider.",
        lead_clause="2.8.6",
        back=here,
        done=here,
        said="It is written down, and what the person was told.",
    )  # fmt: skip


def _piece(case: Case, key: int) -> Piece:
    found = case.pieces.filter(pk=key)
    one = found.select_related("area", "provider", "provider_user", "lead").first()
    if one is None:
        raise Http404
    one.case = case
    return one
