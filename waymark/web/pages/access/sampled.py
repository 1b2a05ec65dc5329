"""Looks that were drawn by chance: the viewer's supervisor answers for each (R24)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.audit.looks import Look, looks_of_keys, words_for
from waymark.database.clock import today
from waymark.directory.models import Role
from waymark.directory.permission import permits
from waymark.oversight import sampling
from waymark.oversight.models import SampledLook
from waymark.oversight.reading import looked, sampled
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.ui.forms import Choice, Prose, Questions
from waymark.ui.words import moment
from waymark.web.access import AskedBy, post_holders, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.page import show
from waymark.web.rows.look import case_cell, how, person_cell, purpose, what

READERS = (Role.AUDITOR, Role.INFORMATION_GOVERNANCE)
SEEN_BY = "you, the auditor and information governance"
TOLD = {True: "The person is told", False: "The person is not told"}


class AnswerForm(Questions):
    outcome = Choice(
        label="What was the look for?",
        choices=SampledLook.Outcome.choices,
        error_messages={"required": "Select what the look was for"},
    )
    words = Prose(
        label="What did you find out?",
        help_text="Ask the viewer. Say what they did with what they saw.",
        who_sees=SEEN_BY,
        limit=2000,
        error_messages={"required": "Enter what you found out"},
    )
    told = Choice(
        label="Is the person whose case it is told of the look?",
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Select whether the person is told"},
    )
    told_words = Prose(
        label="Why, or why not?",
        help_text="If they are told: who tells them, and how.",
        who_sees=SEEN_BY,
        limit=2000,
        error_messages={"required": "Enter why the person is told, or why not"},
    )


@post_holders(*READERS)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Those that wait, the oldest first; then what was answered."""
    waiting, answered = sampled.all_drawn()
    looks = looks_of_keys(one.look_id for one in (*waiting, *answered))
    cases = looked.references({one.case_id for one in looks.values() if one.case_id})
    context = {
        "section": "home",
        "waiting": [_row(one, looks, cases) for one in waiting],
        "answered": [_row(one, looks, cases) for one in answered],
        "rate": sampled.rate(),
    }
    return show(request, "seen/sampled.html", context)


def _row(one: SampledLook, looks: dict[int, Look], cases: dict[int, str]) -> dict[str, Any]:
    look = looks.get(one.look_id)
    return {
        "who": person_cell(one.viewer),
        "case": case_cell(cases.get(look.case_id or 0, "") if look else ""),
        "look": {"text": moment(look.at) if look else "", "href": _address(one)},
        "supervisor": one.supervisor.name if one.supervisor else "Nobody was found to answer",
        "state": _state(one),
    }


def _address(one: SampledLook) -> str:
    return reverse("sampled_look", args=[one.pk])


def _state(one: SampledLook) -> Any:
    if one.answered_at:
        return f"{one.get_outcome_display()}. {TOLD[bool(one.told)]}"
    due = due_in_words(one.due_date, today())
    return {"text": due, "tag": "danger"} if sampling.is_late(one) else due


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AskedBy, key: int) -> HttpResponse:
    """One look; the supervisor answers for it here, and others read what was answered."""
    made = sampling.sampled(key)
    if made is None:
        raise Http404
    context = {"section": "home", "rows": _rows(request, made), "back": reverse("home"),
               "title": "A look that was drawn by chance"}  # fmt: skip
    if not permits(sampling.may_answer, request.user, made):
        return show(request, "seen/one.html", context)
    return act_page(
        request, AnswerForm(sent(request)),
        lambda form: sampling.answer(
            made, by=request.user, outcome=form.cleaned_data["outcome"],
            words=form.cleaned_data["words"], told=form.cleaned_data["told"] == "yes",
            told_words=form.cleaned_data["told_words"],
        ),
        done=reverse("home"),
        said="Your answer is recorded.",
        template="seen/one.html",
        context=context | {"button": "Record your answer"},
    )  # fmt: skip


def _rows(request: AskedBy, made: SampledLook) -> list[dict[str, Any]]:
    look = looks_of_keys([made.look_id]).get(made.look_id)
    rows = [{"question": "Who looked", "answer": f"{made.viewer}, {made.viewer.organisation}"}]
    if look:
        rows += [
            {"question": "When", "answer": moment(look.at)},
            {"question": "Case", "answer": _case(request, look)},
            {"question": "What", "answer": what(look)},
            {"question": "What for", "answer": purpose(look, words_for([look]))},
            {"question": "How they saw it", "answer": how(look)},
        ]
    if made.answered_at and made.answered_by:
        said = f"{made.get_outcome_display()}: {made.words}"
        rows += [
            {"question": f"Answered by {made.answered_by.name}", "answer": said},
            {"question": TOLD[bool(made.told)], "answer": made.told_words},
        ]
    else:
        rows.append({"question": "To be answered by", "answer": day_in_words(made.due_date)})
    return rows


def _case(request: AskedBy, look: Look) -> str:
    """Its reference, for whoever sees the case or reads all looks."""
    key = look.case_id or 0
    if request.user.roles_in() & set(READERS):
        return looked.references([key]).get(key, "")
    return looked.references_for(request.user, [key]).get(key, "A case that you do not see")
