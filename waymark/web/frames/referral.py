"""What stands on every page of a referral: which one, who is in it, and what comes next."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from waymark.audit.looks import look
from waymark.database.clock import day_of, now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words, due_in_words
from waymark.referrals.deciding import decisions, known, readings, screening, second
from waymark.referrals.deciding.settling import waiting_for
from waymark.referrals.models import Referral, Subject
from waymark.referrals.queue import KINDS
from waymark.referrals.readers import found, name_of, subjects_of
from waymark.web.access import AskedBy, View, post_holders
from waymark.web.rows.beside import beside_shelf
from waymark.web.rows.told import told

POLICE = (Role.POLICE_OFFICER, Role.POLICE_LEAD)
State = Subject.State
STATES = {State.WAITING: "To be screened", State.PROPOSED: "Waits for a second person",
          State.SCREENED: "Screened"}  # fmt: skip


def referral_page(view: View) -> View:
    """A page of one referral, for the police: to others, and where nobody in it may be seen by
    the reader, it does not exist. The look is written down before the page is made (S33)."""

    @post_holders(*POLICE)
    @wraps(view)
    def page(request: AskedBy, reference: str, **given: Any) -> HttpResponse:
        referral = found(reference)
        if referral is None:
            raise Http404
        look(
            by=request.user, at=now(), case_id=None, part="referral", purpose="screening",
            object_kind="referral", object_id=referral.pk,
        )  # fmt: skip
        return view(request, referral, **given)

    return page


def subject_page(view: View) -> View:
    """A page of one person in a referral, counted from 1."""

    @referral_page
    @wraps(view)
    def page(request: AskedBy, referral: Referral, number: int, **given: Any) -> HttpResponse:
        for subject in subjects_of(referral):
            if subject.position == number - 1:
                subject.referral = referral
                return view(request, subject, **given)
        raise Http404

    return page


def address(subject: Subject, page: str, *more: str) -> str:
    """The address of a page about one person of a referral."""
    return reverse(page, args=[subject.referral.reference, subject.position + 1, *more])


def referral_address(referral: Referral) -> str:
    return reverse("referral", args=[referral.reference])


def frame(subject: Subject, user: User) -> dict[str, Any]:
    """The context of referrals/frame.html, for a page about one person."""
    return {
        "section": "referrals",
        "read_beside": beside_shelf("referring"),
        "referral": subject.referral,
        "subject": subject,
        "person_name": name_of(subject),
        "stage": _stage(subject),
        "back": referral_address(subject.referral),
        "due": due_words(subject),
        "area": subject.area.name if subject.area else "",
    }


def person(subject: Subject, user: User) -> dict[str, Any]:
    """One person as the referral's page shows them, with what can be done now."""
    return {
        "subject": subject,
        "name": name_of(subject),
        "stage": _stage(subject),
        "due": due_words(subject),
        "taken": _taken(subject, user),
        "act": next_act(subject, user),
        "others": _other_acts(subject, user),
        "why_not": _why_not(subject, user),
        "decided": [told(one) for one in readings.screenings_of(subject)],
        "area": subject.area.name if subject.area else "Not said yet",
    }


def next_act(subject: Subject, user: User) -> dict[str, Any] | None:
    """The one thing that `user` can do next for this person, if any."""
    if subject.state == State.SCREENED:
        unread = readings.to_read(subject)
        if unread and permits(readings.may_settle, user, unread):
            return {"text": "Read and decide", "href": address(subject, "screening_read")}
        return None
    if known.unanswered(subject) and subject.taken_by_id is not None:
        text = "Say whether this person is known"
        return {"text": text, "href": address(subject, "screening_known")}
    if proposal := second.proposal_of(subject):
        if permits(second.may_confirm, user, proposal):
            return {"text": "Confirm or not", "href": address(subject, "screening_confirm")}
        return None
    if subject.taken_by_id is None:
        act = {"text": "Take this referral", "href": address(subject, "screening_take")}
        return act | {"post": {"version": subject.version}}
    if subject.taken_by_id == user.pk:
        return {"text": "Decide what becomes of it", "href": address(subject, "screening_decide")}
    return None


def _other_acts(subject: Subject, user: User) -> list[dict[str, str]]:
    offered: list[tuple[Callable[..., None], str, str]] = [
        (screening.may_assign, "Give it to somebody of the team", "screening_assign"),
        (screening.may_release, "Let the team read it", "screening_release"),
        (known.may_say, "Who may be known already", "screening_known"),
        (decisions.may_screen, "Refer to social care", "subject_safeguarding"),
    ]
    acts = [
        {"text": text, "href": address(subject, page)}
        for rule, text, page in offered
        if permits(rule, user, subject)
    ]
    if subject.taken_by_id not in (None, user.pk) and permits(screening.may_take, user, subject):
        acts.insert(0, {"text": "Take it over", "href": address(subject, "screening_take")})
    return acts


def _why_not(subject: Subject, user: User) -> Any:
    """Why somebody who might have to confirm cannot: they are told whom to ask."""
    proposal = second.proposal_of(subject)
    return refusal(second.may_confirm, user, proposal) if proposal else None


def _stage(subject: Subject) -> dict[str, str]:
    last = subject.screenings.last() if subject.state == State.SCREENED else None
    text = last.get_outcome_display() if last else STATES[State(subject.state)]
    kinds = {State.WAITING: "active", State.PROPOSED: "soon", State.SCREENED: "done"}
    return {"text": text, "kind": kinds[State(subject.state)]}


def due_words(subject: Subject) -> dict[str, Any]:
    """When its screening is due; empty words where nothing waits."""
    tasks = waiting_for(subject, *KINDS)
    if not tasks:
        return {"text": "", "late": False}
    due = min(task.due_date for task in tasks)
    return {"text": due_in_words(due, today()), "late": due < today()}


def _taken(subject: Subject, user: User) -> str:
    if subject.taken_by is None or subject.taken_at is None:
        return "Nobody has taken it"
    who = "you" if subject.taken_by_id == user.pk else subject.taken_by.name
    return f"Taken by {who} on {day_in_words(day_of(subject.taken_at))}"
