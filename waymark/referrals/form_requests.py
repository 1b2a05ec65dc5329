"""Requests for the form: in view until somebody has answered them (2.5.15)."""

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Area, Contact, Role, User
from waymark.directory.permission import Refused, act
from waymark.directory.published import published_contacts
from waymark.referrals.models import FormRequest
from waymark.referrals.once import once
from waymark.referrals.papers import KEEP

CLAUSE = "2.5.15"
HOW = (
    ("email", "By e-mail"),
    ("telephone", "By telephone"),
    ("in_person", "In person"),
    ("letter", "By letter"),
)

SENT_HOW = (
    ("email", "By e-mail"),
    ("in_person", "Handed over"),
    ("letter", "By letter"),
    ("link", "By telling them where it can be printed or filled in"),
)


def waiting(user: User) -> list[FormRequest]:
    """The requests of the reader's areas that nobody has answered, the oldest first."""
    asked = FormRequest.objects.filter(answered_at=None, area__in=user.areas_of(frozenset(KEEP)))
    return list(asked.select_related("area", "noted_by")[:200])


def due_dates(requests: list[FormRequest]) -> dict[int, Task]:
    """The task of each, by the request's key."""
    tasks = Task.objects.filter(
        kind="answer_form_request", object_id__in=[one.pk for one in requests]
    )
    return {task.object_id or 0: task for task in tasks}


def answered_lately(user: User) -> list[FormRequest]:
    asked = FormRequest.objects.filter(area__in=user.areas_of(frozenset(KEEP)))
    done = asked.exclude(answered_at=None).select_related("area", "answered_by")
    return list(done.order_by("-answered_at")[:10])


def found(key: int, user: User) -> FormRequest | None:
    asked = FormRequest.objects.filter(area__in=user.areas_of(frozenset(KEEP)))
    return asked.select_related("area", "noted_by", "answered_by").filter(pk=key).first()


def local_contacts(user: User) -> list[Contact]:
    """Whom somebody can ask locally: what is published for the reader's areas."""
    areas = user.areas_of(frozenset(KEEP))
    return [one for one in published_contacts() if one.area_id is None or one.area_id in areas]


def may_note(user: User, area: Area | None) -> None:
    if area is None or not user.roles_in(area) & set(KEEP):
        raise Refused(
            "Requests of this area are not yours to note", clause=CLAUSE,
            until="Pass it on to the co-ordinator or the police Prevent team of the area.",
        )  # fmt: skip


@act
def note(
    *, by: User, area: Area | None, asked_how: str, answer_to: str, key: str = ""
) -> FormRequest:
    """Note that somebody asked for the form, and where the answer goes."""
    may_note(by, area)
    assert area is not None
    if asked_how not in dict(HOW):
        raise Refused("It is not said how the form was asked for", clause=CLAUSE)
    asked = FormRequest(
        area=area, asked_how=asked_how, asked_at=now(), noted_by=by,
        answer_to=needs(answer_to, why="Nothing says where the answer goes", clause=CLAUSE),
    )  # fmt: skip
    return once(asked, by=by, key=key, then=lambda made: _see_to(made, by=by))


def _see_to(asked: FormRequest, *, by: User) -> None:
    record("form_asked_for", by=by, at=asked.asked_at, row=asked, how=asked.asked_how)
    give(
        "answer_form_request", by=by, role=Role.COORDINATOR, area=asked.area, clause=CLAUSE,
        why="Send the form to somebody who asked for it", limit="form_request",
        object_id=asked.pk,
    )  # fmt: skip


def may_answer(user: User, asked: FormRequest) -> None:
    """Police or co-ordinator of the area, once."""
    may_note(user, asked.area)
    if asked.answered_at is not None:
        raise Refused("This request has been answered already", clause=CLAUSE)


@act
def answer(asked: FormRequest, *, by: User, how: str) -> FormRequest:
    """The form has been sent, by one of `HOW`: the request leaves the list."""
    asked = FormRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    may_answer(by, asked)
    if how not in dict(SENT_HOW):
        raise Refused("It is not said how the form was sent", clause=CLAUSE)
    asked.answered_at, asked.answered_by, asked.answered_how = now(), by, how
    asked.save(update_fields=["answered_at", "answered_by", "answered_how"])
    record("form_request_answered", by=by, at=asked.answered_at, row=asked, how=how)
    finish_those([*due_dates([asked]).values()], by=by, outcome="answered")
    return asked
