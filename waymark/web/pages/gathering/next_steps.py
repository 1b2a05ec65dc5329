"""The next step: chair and police each say it, without seeing the other's first (2.7.11)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.endings import ending
from waymark.cases.models import Case
from waymark.database.record import Part
from waymark.directory.permission import refusal
from waymark.panels import next_steps
from waymark.panels.models import NextStep, NextStepOpinion
from waymark.panels.next_steps import ENDS_AT_ONCE, Opinion, Outcome, may_give_opinion
from waymark.panels.reading import opinions
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, case_page
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.choosing import Choosing
from waymark.web.page import show

SEEN_BY = "chair, police and the Prevent lead: the other post only once both have said theirs"
HINTS = {
    Outcome.PANEL: "There are reasonable grounds to believe that the person is vulnerable to being"
    " drawn into terrorism.",
    Outcome.NO_FURTHER_ACTION: "The case ends. What must be settled before any end comes first.",
    Outcome.SAFEGUARDING: "The case stays here and is decided again on a date.",
    Outcome.PARTNER_CHECKS: "Partners are asked for more. The next step is then decided again.",
    Outcome.SECOND_RISK: "The police assess the risk again. The next step is decided again.",
}


class OutcomeForm(Choosing):
    outcome = Choice(
        label="What should the next step be?",
        choices=Outcome.choices,
        hints={outcome.value: words for outcome, words in HINTS.items()},
        error_messages={"required": "Select what the next step should be"},
    )


class OpinionForm(Questions):
    why = Prose(
        label="Why is this the next step?",
        who_sees=SEEN_BY,
        error_messages={"required": "Enter why this is the next step"},
    )
    grounds = Prose(
        label="What are the grounds to believe that the person is vulnerable?",
        who_sees=SEEN_BY,
        error_messages={"required": "Enter the grounds to believe that the person is vulnerable"},
    )
    stated_by = asked(
        forms.CharField(
            label="Who states these grounds?",
            help_text="The chief officer’s delegate, or who states them for the council: name and"
            " post.",
            max_length=200,
            error_messages={"required": "Enter who states these grounds"},
        ),
        who_sees=SEEN_BY,
    )
    again_date = DateField(
        label="When is the next step decided again?",
        called="The date on which the next step is decided again",
        future=True,
        error_messages={"required": "Enter the date on which the next step is decided again"},
    )

    def __init__(self, data: Any, *, outcome: Outcome, version: int):
        super().__init__(data, version=version)
        self.outcome = outcome
        if outcome != Outcome.PANEL:
            del self.fields["grounds"], self.fields["stated_by"]
        if outcome in ENDS_AT_ONCE:
            del self.fields["again_date"]

    def said(self) -> Opinion:
        given = {name: value for name, value in self.cleaned_data.items() if name in ASKED}
        return Opinion(outcome=self.outcome.value, **given)


ASKED = ("why", "grounds", "stated_by", "again_date")


@case_page(Part.WORK)
@require_safe
def choose(request: AskedBy, case: Case) -> HttpResponse:
    """What stands: one's own opinion, both once both are given; and which outcome to say."""
    form = OutcomeForm(request.GET)
    if form.is_bound and form.is_valid():
        return redirect("next_step_said", case.reference, form.cleaned_data["outcome"])
    context = case_frame(case, request.user) | {
        "title": "Say what the next step should be",
        "form": form,
        "refusal": refusal(may_give_opinion, request.user, case),
        "own": _told(opinions.own_next_step(case, request.user)),
        "both": [_told(one) for one in opinions.both_next_steps(case)],
        "agreed": _agreed(next_steps.last_closed(case), opinions.both_next_steps(case)),
        "back": reverse("case", args=[case.reference]),
    }
    return show(request, "next_steps/choose.html", context)


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: AskedBy, case: Case, outcome: str) -> HttpResponse:
    """The opinion itself, with what its outcome needs."""
    if outcome not in Outcome.values:
        raise Http404
    chosen = Outcome(outcome)
    form = OpinionForm(sent(request), outcome=chosen, version=case.version)

    def rule() -> None:
        may_give_opinion(request.user, case)
        if chosen == Outcome.NO_FURTHER_ACTION:
            ending.may_end(case)

    return case_act(
        request, case, form,
        lambda given: next_steps.give_opinion(
            case, by=request.user, said=given.said(), version=given.seen_version
        ),
        rule=rule,
        title=f"Next step: {chosen.label[0].lower()}{chosen.label[1:]}",
        button="Give this opinion",
        lead="Chair and police each say it. Neither sees the other’s before giving their own;"
        " then both see both.",
        lead_clause="2.7.11",
        template="next_steps/say.html",
        statute=in_force().statute("s36_3").says if chosen == Outcome.PANEL else "",
        onward=_onward(case) if chosen == Outcome.NO_FURTHER_ACTION else [],
        back=reverse("next_step", args=[case.reference]),
        done=lambda step: _gone_to(case, step),
        said="Your opinion is written down.",
    )  # fmt: skip


def _gone_to(case: Case, step: NextStep) -> str:
    """While the other's is missing or both differ: the page of opinions; else the case."""
    page = "case" if step.agreed else "next_step"
    return reverse(page, args=[case.reference])


def _onward(case: Case) -> list[dict[str, str]]:
    return [
        {
            "text": "Settle what must be before any end",
            "href": reverse("before_an_end", args=[case.reference]),
        }
    ]


def _agreed(step: NextStep | None, both: list[NextStepOpinion]) -> str:
    if step is None:
        return ""
    if not step.agreed:
        return "They differ: talk, then each says it again."
    days = sorted({one.again_date for one in both if one.again_date})
    if len(days) > 1:
        return f"Both said the same, on two days: the earlier counts, {day_in_words(days[0])}."
    return "Both said the same."


def _told(one: NextStepOpinion | None) -> dict[str, Any] | None:
    """An opinion as rows of a summary list."""
    if one is None:
        return None
    rows = [("Next step", one.get_outcome_display()), ("Why", one.why), ("Grounds", one.grounds)]
    rows += [("Stated by", one.stated_by)]
    rows += [("Decided again on", day_in_words(one.again_date) if one.again_date else "")]
    rows += [("Said by", f"{one.by.name}, {one.get_post_display()}")]
    return {
        "post": one.get_post_display(),
        "at": one.at,
        "rows": [{"question": asked, "answer": text} for asked, text in rows if text],
    }
