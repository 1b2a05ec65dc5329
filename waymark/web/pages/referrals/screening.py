"""Screening one person of a referral: taking it, and deciding what becomes of it (2.5.6)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases.models import Stage
from waymark.directory.models import User
from waymark.directory.permission import refusal
from waymark.referrals import extracts
from waymark.referrals.deciding import decisions, known, readings, screening
from waymark.referrals.models import Screening, Subject
from waymark.referrals.readers import team_for
from waymark.ui.forms import Questions, asked
from waymark.web.access import AskedBy
from waymark.web.forms.outcome import OUTCOMES, OutcomeForm, outcomes_for
from waymark.web.forms.screening import DecisionForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.referral import address, frame, referral_address, subject_page
from waymark.web.page import show
from waymark.web.rows.told import told


class PlainForm(Questions):
    """Nothing to ask: the button is the answer."""


def _act(
    request: AskedBy,
    subject: Subject,
    form: Questions,
    rule: Callable[..., None],
    act: Callable[[Any], object],
    **context: Any,
) -> HttpResponse:
    said = context.pop("said")
    refused = None if request.method == "POST" else refusal(rule, request.user, subject)
    return act_page(
        request,
        form,
        act,
        done=referral_address(subject.referral),
        said=said,
        template="referrals/act.html",
        context=frame(subject, request.user) | context | {"refusal": refused},
    )


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: AskedBy, subject: Subject) -> HttpResponse:
    """Take it, or take it over from somebody: the dates stay as they are."""
    form = PlainForm(request.POST if request.method == "POST" else None, version=subject.version)
    over = subject.taken_by if subject.taken_by_id != request.user.pk else None
    return _act(
        request, subject, form, screening.may_take,
        lambda taken: screening.take(subject, by=request.user, version=taken.seen_version),
        title="Take this referral over" if over else "Take this referral",
        button="Take it over" if over else "Take this referral",
        lead=f"{over.name} has taken it. What is due, and when, stays as it is." if over
        else "From then on its screening waits for you. What is due, and when, stays as it is.",
        said="You have taken this referral. Its screening waits for you now.",
    )  # fmt: skip


class AssignForm(Questions):
    to = asked(forms.ChoiceField(label="To whom do you give it?", choices=[]), about_nobody=True)

    def __init__(self, data: Any, *, team: list[User], version: int):
        super().__init__(data, version=version)
        people = [("", "Select somebody"), *((str(one.pk), one.name) for one in team)]
        self.fields["to"].choices = people  # type: ignore[attr-defined]


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: AskedBy, subject: Subject) -> HttpResponse:
    """The police lead gives it to somebody of the team."""
    team = {one.pk: one for one in team_for(subject)}
    data = request.POST if request.method == "POST" else None
    form = AssignForm(data, team=list(team.values()), version=subject.version)
    return _act(
        request, subject, form, screening.may_assign,
        lambda given: screening.assign(
            subject, to=team[int(given.cleaned_data["to"])], by=request.user,
            version=given.seen_version,
        ),
        title="Give it to somebody of the team", button="Give it to them",
        lead="What is due, and when, stays as it is.", said="It waits for them now.",
    )  # fmt: skip


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: AskedBy, subject: Subject) -> HttpResponse:
    """The police lead has read it first and lets the team read it."""
    form = PlainForm(request.POST if request.method == "POST" else None, version=subject.version)
    return _act(
        request, subject, form, screening.may_release,
        lambda let: screening.release_to_team(subject, by=request.user, version=let.seen_version),
        title="Let the team read it", button="Let the team read it",
        lead="From then on every police Prevent officer who serves the area can read and screen it."
        " If somebody of them may be concerned, screen it yourself.",
        said="The team can read it now.",
    )  # fmt: skip


@subject_page
@require_safe
def choose(request: AskedBy, subject: Subject) -> HttpResponse:
    """Which outcome: those that are possible now."""
    possible = outcomes_for(known.the_same(subject))
    form = OutcomeForm(request.GET, possible=possible)
    if form.is_valid():
        return redirect(address(subject, "screening_outcome", form.cleaned_data["outcome"]))
    refused = refusal(decisions.may_begin_deciding, request.user, subject)
    context = frame(subject, request.user) | {
        "title": "What becomes of it?",
        "form": form,
        "refusal": refused,
        "onward": _onward(subject),
        **_considered(subject),
    }
    return show(request, "screening/choose.html", context)


@subject_page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: AskedBy, subject: Subject, outcome: str) -> HttpResponse:
    """The outcome with all that it needs; a repeat needs four texts of its own."""
    if outcome not in OUTCOMES:
        raise Http404
    same = known.the_same(subject)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        outcome=OUTCOMES[outcome], subject=subject, user=request.user, same=same,
        repeat=known.counts_as_repeat(subject),
    )  # fmt: skip
    if request.method == "POST":
        refused = None
    else:
        refused = refusal(decisions.may_begin_deciding, request.user, subject)
    context = frame(subject, request.user) | {
        "title": OUTCOMES[outcome].title,
        "button": OUTCOMES[outcome].button,
        "refusal": refused,
        "onward": _onward(subject),
        "back": address(subject, "screening_decide"),
        **_considered(subject),
    }
    return act_page(
        request,
        form,
        lambda said: screening.decide(
            subject, by=request.user, decision=said.decision(), version=said.seen_version
        ),
        done=_gone_to,
        said=_said,
        template="screening/decide.html",
        context=context,
    )


def _said(made: Screening) -> str:
    """What is true now, and what comes next."""
    if made.subject.state == Subject.State.PROPOSED:
        return "Your outcome is proposed. It counts once a second person confirms it."
    match made.outcome:
        case Screening.Outcome.NEW_CASE:
            if made.subject.case and made.subject.case.stage == Stage.POLICE_HELD:
                return "The case is open, and the police hold it. You hold the case."
            return "The case is open, and you hold it. Information gathering is next."
        case Screening.Outcome.JOINS_CASE:
            return "The referral has joined the case. Its holder is told."
        case Screening.Outcome.REOPENS_CASE:
            return "The case is open again. Information gathering is next."
    return "It is found not Prevent. The police lead reads it next."


def _gone_to(made: Screening) -> str:
    """The case where there is one; else back to the referral, which others may wait in."""
    if made.outcome != Screening.Outcome.NOT_PREVENT and made.subject.case:
        return reverse("case", args=[made.subject.case.reference])
    return referral_address(made.subject.referral)


def _onward(subject: Subject) -> dict[str, str] | None:
    """Where to go first, while somebody who may be known is not answered for."""
    if not known.unanswered(subject):
        return None
    text = "Say whether this person is known"
    return {"text": text, "href": address(subject, "screening_known")}


def _considered(subject: Subject) -> dict[str, Any]:
    """What stands beside the decision: the referrer's words, and what went before."""
    return {
        "before": [told(one) for one in readings.screenings_of(subject)],
        "words": extracts.referrers_words(subject.referral),
        "earlier": known.perhaps_the_same(subject),
    }
