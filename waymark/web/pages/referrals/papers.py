"""Papers that fit no case: the list, each with a name to it, and what becomes of one (R8)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.models import Area, Role, User
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.referrals import papers
from waymark.referrals.models import Paper
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.access import AskedBy, post_holders
from waymark.web.frames.acts import act_page
from waymark.web.page import back_of_lists, show

KEEP = (Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.COORDINATOR)
WHO_SEES = "the police Prevent team and the co-ordinators of the area"


@post_holders(*KEEP)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    context = {
        "section": "referrals",
        **back_of_lists(request.user),
        "rows": [_row(one) for one in papers.unsettled(request.user)],
        "settled": [
            {
                "what": {"text": _short(one.what), "href": reverse("paper", args=[one.pk])},
                "on": day_in_words(one.settled_at.date()) if one.settled_at else "",
                "how": _short(one.settled_how),
            }
            for one in papers.settled_lately(request.user)
        ],
    }
    return show(request, "papers/list.html", context)


def _row(one: Paper) -> dict[str, Any]:
    return {
        "what": {"text": _short(one.what), "href": reverse("paper", args=[one.pk])},
        "told": one.told_by,
        "received": day_in_words(one.received_date),
        "written": day_in_words(one.at.date()),
        "area": one.area.name,
        "held": one.held_by.name,
    }


def _short(words: str) -> str:
    first = words.strip().split("\n")[0]
    return first if len(first) < 80 else first[:77].rstrip() + "…"


class HolderForm(Questions):
    """Asks whose name stands by it: `held_by` is one of `people`."""

    def __init__(self, data: Any, *, people: list[User]):
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        choices = [("", "Select somebody"), *((key, one.name) for key, one in self.people.items())]
        self.fields["held_by"].choices = choices  # type: ignore[attr-defined]

    def holder(self) -> User | None:
        return self.people.get(self.cleaned_data["held_by"])


def _held_by() -> forms.ChoiceField:
    wrong = {"required": "Select who has it in hand"}
    field = forms.ChoiceField(label="Who has it in hand?", choices=[], error_messages=wrong)
    return asked(field, about_nobody=True)


class NoteForm(HolderForm):
    what = Prose(
        label="What is it?",
        help_text="What came, and what it says.",
        who_sees=WHO_SEES,
        error_messages={"required": "Enter what it is"},
    )
    told_by = asked(
        forms.CharField(
            label="From whom did it come?",
            max_length=200,
            error_messages={"required": "Enter from whom it came"},
        ),
        who_sees=WHO_SEES,
    )
    received_date = DateField(label="When did it come?", called="The day it came", past=True)
    original_kept = asked(
        forms.CharField(
            label="Where is the original kept?",
            max_length=500,
            error_messages={"required": "Enter where the original is kept"},
        ),
        who_sees=WHO_SEES,
    )
    area = Choice(
        label="In which area?", choices=[], error_messages={"required": "Select the area"}
    )
    held_by = _held_by()

    def __init__(self, data: Any, *, people: list[User], areas: list[Area]):
        super().__init__(data, people=people)
        self.areas = {str(one.pk): one for one in areas}
        choices = [(key, one.name) for key, one in self.areas.items()]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]
        self.fields["area"].initial = choices[0][0] if len(choices) == 1 else None


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: AskedBy) -> HttpResponse:
    """Put a paper on the list."""
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        people=papers.holders_for(request.user),
        areas=papers.areas_of(request.user),
    )
    return act_page(
        request,
        form,
        lambda said: papers.note(
            by=request.user,
            area=said.areas.get(said.cleaned_data["area"]),
            held_by=said.holder(),
            key=said.cleaned_data["form_key"],
            **{name: said.cleaned_data[name] for name in
               ("what", "told_by", "received_date", "original_kept")},
        ),
        done=reverse("papers"),
        said="The paper is on the list.",
        context={
            "section": "referrals",
            "title": "Put a paper on the list",
            "button": "Put it on the list",
            "back": reverse("papers"),
        },
    )  # fmt: skip


class SettleForm(Questions):
    how = Prose(
        label="What became of it?",
        who_sees=WHO_SEES,
        error_messages={"required": "Enter what became of it"},
    )
    case_reference = asked(
        forms.CharField(
            label="To which case does it belong?",
            help_text="Its reference. Leave empty where it belongs to none. On a case it becomes"
            " an entry, with the day it came and today’s.",
            max_length=12,
            required=False,
        ),
        who_sees="whoever sees the case",
        about_nobody=True,
    )


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: AskedBy, key: int) -> HttpResponse:
    """One paper, and what became of it."""
    found = _found(request, key)
    form = SettleForm(request.POST if request.method == "POST" else None)
    context = _context(request, found, papers.may_settle) | {
        "title": "A paper that fits no case",
        "button": "Settle it",
        "may_hand_over": permits(papers.may_hand_over, request.user, found),
    }
    return act_page(
        request,
        form,
        lambda said: papers.settle(
            found,
            by=request.user,
            how=said.cleaned_data["how"],
            case_reference=said.cleaned_data["case_reference"],
        ),
        done=reverse("papers"),
        said="It is written down what became of the paper.",
        context=context,
    )


class HandOverForm(HolderForm):
    held_by = _held_by()


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: AskedBy, key: int) -> HttpResponse:
    """Put another name to it."""
    found = _found(request, key)
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, people=papers.holders_for(request.user))
    context = _context(request, found, papers.may_hand_over) | {
        "title": "Put another name to a paper",
        "button": "Put this name to it",
        "may_hand_over": False,
        "back": reverse("paper", args=[found.pk]),
    }
    return act_page(
        request,
        form,
        lambda said: papers.hand_over(found, by=request.user, to=said.holder()),
        done=reverse("paper", args=[found.pk]),
        said="Another name stands by the paper. When it is due stays as it was.",
        context=context,
    )


def _found(request: AskedBy, key: int) -> Paper:
    found = papers.found(key, request.user)
    if found is None:
        raise Http404
    return found


def _context(request: AskedBy, found: Paper, rule: Any) -> dict[str, Any]:
    return {
        "section": "referrals",
        "paper": found,
        "above": "papers/paper.html",
        "back": reverse("papers"),
        "refusal": None if request.method == "POST" else refusal(rule, request.user, found),
    }
