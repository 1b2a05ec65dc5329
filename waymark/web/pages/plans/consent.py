"""Consent to support: asked with care, kept with who answered, withdrawn at once (1.1.4)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.cases.models import Case
from waymark.cases.writers import may_write_while_open
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.permission import permits
from waymark.policy.lateness import day_in_words
from waymark.support.consent import asking, consents, help_otherwise, withdrawals
from waymark.support.reading import consents as reading
from waymark.ui.forms import Choice, Prose, Questions
from waymark.web.access import AskedBy, case_page
from waymark.web.forms.consent import SEEN, AnswerForm
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.consent import asking as frame
from waymark.web.sections import Section

ENDS = [
    ("withdrawn", "They take their consent back"),
    ("capacity_lacking", "They can no longer decide this"),
]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: AskedBy, case: Case) -> HttpResponse:
    """How to ask, what to show, and the answer."""
    form = AnswerForm(sent(request), version=case.version, parent=reading.one_parent(case))
    return case_act(
        request, case, form,
        lambda given: consents.answer(
            case, by=request.user, version=given.seen_version, **_answered(given)
        ),
        rule=lambda: consents.may_answer(request.user, case),
        title="Record the answer on consent",
        button="Write this answer down",
        lead="Nobody has to take part, and no support starts before consent is given.",
        lead_clause="2.10.4",
        template="consent/consent.html",
        onward=_onward(request, case),
        said="The answer is written down.",
        **frame(case),
    )  # fmt: skip


NAMES = (
    "kind", "name", "authority", "state", "how", "answered_date", "evidence", "capacity_steps",
)  # fmt: skip


def _answered(given: Questions) -> dict[str, Any]:
    return {name: given.cleaned_data[name] for name in NAMES}


def _onward(request: AskedBy, case: Case) -> list[dict[str, str]]:
    """What else can be done of consent now."""
    user, answers = request.user, permits(consents.may_answer, request.user, case)
    apart = reading.may_be_set_apart(case) and permits(may_write_while_open, user, case)
    offered = (
        (answers, "Arrange how consent is asked", "consent_arrange"),
        (answers and asking.waiting(case), "Say that consent was asked", "consent_asked"),
        (permits(withdrawals.may_withdraw, user, case), "Record that consent is withdrawn",
         "withdraw_consent"),
        (permits(help_otherwise.may_offer_help, user, case), "Write down help that needs no"
         " consent", "consent_help"),
        (apart, "Say that a parent or guardian cannot answer alone", "consent_apart"),
        (answers, "No answer came by the date of the plan", "consent_unanswered"),
    )  # fmt: skip
    return [
        {"text": text, "href": reverse(page, args=[case.reference])}
        for there, text, page in offered
        if there
    ]


class UnansweredForm(Questions):
    why = Prose(
        label="How was an answer sought?",
        who_sees=SEEN,
        error_messages={"required": "Enter how an answer was sought"},
    )


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def unanswered(request: AskedBy, case: Case) -> HttpResponse:
    """No answer came by the date: the panel considers the case again."""
    return case_act(
        request, case, UnansweredForm(sent(request), version=case.version),
        lambda given: consents.close_unanswered(
            case, by=request.user, why=given.cleaned_data["why"], version=given.seen_version
        ),
        rule=lambda: consents.may_answer(request.user, case),
        title="No answer on consent",
        button="Send it back to the panel",
        lead="Silence is not consent. The panel considers the case again.",
        lead_clause="2.10.4",
        back=reverse("consent", args=[case.reference]),
        said="The panel considers the case again.",
    )  # fmt: skip


class WithdrawForm(AnswerForm):
    def __init__(self, data: Any, *, version: int, parent: str = ""):
        super().__init__(data, version=version, parent=parent)
        state, how = self.fields["state"], self.fields["how"]
        assert isinstance(state, Choice)
        state.choices, state.initial, state.label = ENDS, "withdrawn", "What has happened?"
        kind = self.fields["kind"]
        assert isinstance(kind, Choice)
        kind.reveals = {"parent": "name"}
        del self.fields["evidence"]
        how.label = "How do we know, and what did they say?"
        how.help_text = "May stay empty: nobody has to say why."
        how.required = False
        self.fields["kind"].initial, self.fields["answered_date"].initial = "person", today()
        self.fields["kind"].label = "Whose consent is it?"
        self.fields["authority"].required = False  # known already of whoever answered before
        self.fields["authority"].help_text = "Needed only of somebody who has not answered before."
        self.fields["answered_date"].label = "On which day?"

    def sections(self) -> list[Section]:
        return [
            Section(
                "What happened", ["kind", "state", "doubt", "how", "answered_date", "authority"]
            )
        ]


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AskedBy, case: Case) -> HttpResponse:
    """What falls with it stands first; then all of it happens at once."""
    parent = reading.one_parent(case)
    return case_act(
        request, case, WithdrawForm(sent(request), version=case.version, parent=parent),
        lambda given: withdrawals.withdraw(
            case, by=request.user, version=given.seen_version,
            **{name: given.cleaned_data[name] for name in NAMES if name != "evidence"},
        ),
        rule=lambda: withdrawals.may_withdraw(request.user, case),
        title="Record that consent is withdrawn",
        button="Stop all support now",
        danger=True,
        lead="A withdrawal takes effect at once. No reason is needed.",
        lead_clause="1.1.4",
        template="consent/withdraw.html",
        falls=reading.falls(case),
        stage=_to_panel(case),
        button_key="s",
        today=day_in_words(today()),
        said="Consent has ended, and all support is stopped.",
    )  # fmt: skip


def _to_panel(case: Case) -> dict[str, str]:
    return {"text": case.get_stage_display(), "kind": "active"}
