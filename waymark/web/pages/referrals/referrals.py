"""What came in: the queue, a referral as it was sent, who sent it, and what is asked of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import today
from waymark.directory.models import Role
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import due_in_words
from waymark.referrals import additions, extracts, harm, queue, referrers
from waymark.referrals.models import Referral, Subject
from waymark.referrals.readers import name_of, subject_of, subjects_of
from waymark.referrals.writing import receipts
from waymark.ui.forms import Prose, Questions
from waymark.ui.words import counted
from waymark.web.access import AskedBy, post_holders
from waymark.web.door import visiting
from waymark.web.frames.acts import act_page
from waymark.web.frames.referral import (
    POLICE,
    next_act,
    person,
    referral_address,
    referral_page,
)
from waymark.web.page import show
from waymark.web.rows.beside import beside_shelf

SHOWN = (("", "All"), ("overdue", "Overdue"), ("untaken", "Not taken"), ("mine", "Taken by me"))
WAITS = {
    "screen": "To be screened",
    "read_first": "The police lead reads it first",
    "confirm_screening": "A second person",
    "find_second": "A second person is to be found",
}


@post_holders(*POLICE)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """The queue: what waits to be screened, the earliest due first."""
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in dict(SHOWN) else ""
    page = queue.page_of(request.user, show=wanted, after=request.GET.get("after", ""))
    load = queue.load_of(request.user)
    numbers = {"": load.waiting, "overdue": load.overdue, "untaken": load.untaken}
    context = {
        "section": "referrals",
        "rows": [_row(one) for one in page.rows],
        "overdue": load.overdue,
        "shown": [
            {
                "text": f"{text} ({numbers.get(code, load.mine)})",
                "href": f"?show={code}" if code else reverse("referrals"),
                "active": code == wanted,
            }
            for code, text in SHOWN
        ],
        "narrowed": bool(wanted),
        "later": f"?show={wanted}&after={page.following}" if page.following else "",
        "first": bool(request.GET.get("after")),
        "leads": Role.POLICE_LEAD in request.user.roles_in(),
        "unfinished": visiting.entry_in(request),
    }
    return show(request, "referrals/queue.html", context)


def _row(one: queue.Waiting) -> dict[str, Any]:
    late = one.task.is_overdue(today())
    due = due_in_words(one.task.due_date, today())
    age = f"{counted(one.age, 'working day')} ago" if one.age else "Today"
    return {
        "person": {
            "text": f"{one.name} ({one.subject.referral.reference})",
            "href": referral_address(one.subject.referral),
        },
        "area": one.subject.area.name if one.subject.area else "Not said yet",
        "age": age,
        "due": {"text": due, "tag": "danger"} if late else due,
        "waits": WAITS[one.task.kind],
        "taken": one.subject.taken_by.name if one.subject.taken_by else "Nobody yet",
    }


@referral_page
@require_safe
def referral(request: AskedBy, referral: Referral) -> HttpResponse:
    """A referral: the people in it and what each waits for, and what was sent, word for word."""
    subjects = subjects_of(referral)
    for one in subjects:
        one.referral = referral
    people = [person(one, request.user) for one in subjects]
    context = {
        "section": "referrals",
        "read_beside": beside_shelf("referring"),
        "referral": referral,
        "people": people,
        "main": next((one["subject"].pk for one in people if one["act"]), None),
        "sent": _sent(referral, subjects),
        "name_kept": referrers.name_kept(referral),
        "questions": referral.receipt.questions.count(),
        "added": referral.receipt.additions.count(),
        "unread": bool(additions.waiting_for(referral)),
        "may_ask": permits(receipts.may_ask, request.user, referral.receipt),
        "safeguarding": [made for one in subjects for made in harm.made_for(one)],
    }
    return show(request, "referrals/referral.html", context)


def _sent(referral: Referral, subjects: list[Subject]) -> list[dict[str, Any]]:
    names = {one.position: name_of(one) for one in subjects}
    several = referral.subjects.count() > 1
    return [
        {
            "heading": heading,
            "whose": names[who] if several and who is not None else "",
            "rows": rows,
        }
        for heading, who, rows in extracts.as_sent(referral)
        if who is None or who in names
    ]


@post_holders(*POLICE)
@require_safe
def following(request: AskedBy, subject_id: int) -> HttpResponse:
    """Where a task leads: to what can be done next for that person."""
    subject = subject_of(subject_id)
    if subject is None:
        raise Http404
    act = next_act(subject, request.user)
    there = act and not act.get("post")
    return redirect(act["href"] if act and there else referral_address(subject.referral))


@post_holders(*POLICE)
@require_safe
def added_to(request: AskedBy, subject_id: int) -> HttpResponse:
    """Where a task about an addition leads."""
    subject = subject_of(subject_id)
    if subject is None:
        raise Http404
    return redirect("referral_additions", subject.referral.reference)


@referral_page
@require_safe
def referrer(request: AskedBy, referral: Referral) -> HttpResponse:
    """Who sent it: each opening is a look of its own."""
    opened = referrers.opened(referral, by=request.user)
    if opened is None:
        raise Http404
    context = {
        "section": "referrals",
        "referral": referral,
        "opened": opened,
        "facts": [{"question": called, "answer": said} for called, said in opened.facts],
    }
    return show(request, "referrals/referrer.html", context)


class AskForm(Questions):
    words = Prose(
        label="What do you ask?",
        help_text="Name nobody, and say nothing by which somebody could be known: the question is"
        " read with the receipt code, by whoever holds it.",
        who_sees="whoever holds the receipt code, and the police Prevent team",
    )


@referral_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedBy, referral: Referral) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    back = reverse("referral_additions", args=[referral.reference])
    context = {
        "section": "referrals",
        "title": f"Ask the referrer of {referral.reference}",
        "button": "Ask this question",
        "lead": "The question names nobody. When the screening is due stays as it is.",
        "back": back,
        "refusal": _refusal(request, receipts.may_ask, referral.receipt),
    }
    return act_page(
        request,
        form,
        lambda asked: receipts.ask(
            referral.receipt,
            by=request.user,
            words=asked.cleaned_data["words"],
            key=asked.cleaned_data["form_key"],
        ),
        done=back,
        said="The question has been asked. The referrer sees it with their receipt code.",
        context=context,
    )


class ReadForm(Questions):
    """Nothing to ask: the button is the answer."""


@referral_page
@require_http_methods(["GET", "HEAD", "POST"])
def added(request: AskedBy, referral: Referral) -> HttpResponse:
    """What was asked of the referrer and what they added, each as it was written."""
    form = ReadForm(request.POST if request.method == "POST" else None)
    receipt = referral.receipt
    context = {
        "section": "referrals",
        "referral": referral,
        "questions": receipt.questions.select_related("by").prefetch_related("answers"),
        "others": receipt.additions.filter(question=None).prefetch_related("files__file"),
        "to_read": permits(additions.may_note, request.user, referral),
        "may_ask": permits(receipts.may_ask, request.user, receipt),
    }
    return act_page(
        request,
        form,
        lambda _: additions.note_read(referral, by=request.user),
        done=referral_address(referral),
        said="Noted that you have read what was added.",
        template="referrals/additions.html",
        context=context,
    )


def _refusal(request: AskedBy, rule: Any, about: object) -> Any:
    """Before anything is typed, why it cannot be done; afterwards the form keeps the words."""
    return None if request.method == "POST" else refusal(rule, request.user, about)
