"""Somebody asked the mailbox or a contact for the form: in view until it is answered (2.5.15, A.1)."""

from waymark.audit.events import record
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.database.clock import now
from waymark.directory.models import Area, Role, User
from waymark.directory.permission import Changed, Refused, act
from waymark.referrals.models import FormRequest

KIND = "send_form"
MAY = frozenset({Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.COORDINATOR})


def may_note(user: User, area: Area) -> None:
    """The police Prevent team and the area's co-ordinator look after the mailbox."""
    if not user.roles_in(area) & MAY:
        raise Refused(
            "Only the police Prevent team and the co-ordinator note who asked for the form",
            clause="2.5.15",
        )


@act
def note(area: Area, *, by: User, asked_how: str, answer_to: str) -> FormRequest:
    """Note that somebody asked for the form; a task stands until it is answered."""
    may_note(by, area)
    asked = FormRequest.objects.create(
        area=area, asked_how=asked_how, answer_to=answer_to, asked_at=now(), noted_by=by
    )
    record("form_asked_for", by=by, at=asked.asked_at, row=asked)
    give(
        KIND,
        by=by,
        role=Role.POLICE_OFFICER,
        why="Send the form to somebody who asked for it",
        clause="2.5.15",
        limit="screening",
        area=area,
        object_id=asked.pk,
    )
    return asked


@act
def answer(asked: FormRequest, *, by: User) -> None:
    """Say that the form was sent or handed over."""
    found = FormRequest.objects.select_for_update(of=("self",)).select_related("area")
    asked = found.get(pk=asked.pk)
    may_note(by, asked.area)
    if asked.answered_at:
        raise Changed("Somebody else has answered this request already.")
    asked.answered_at, asked.answered_by = now(), by
    asked.save(update_fields=["answered_at", "answered_by"])
    record("form_given", by=by, at=asked.answered_at, row=asked)
    waiting = Task.objects.waiting().filter(kind=KIND, object_id=asked.pk)
    finish_those(list(waiting), by=by, outcome="answered")


def in_view(user: User) -> list[FormRequest]:
    """Those still to be answered in the areas of `user`, the oldest first."""
    found = FormRequest.objects.filter(answered_at=None, area__in=user.areas_of(MAY))
    return list(found.select_related("area", "noted_by"))


def found(key: int, *, user: User) -> FormRequest | None:
    """One that waits, if `user` may see it."""
    return next((each for each in in_view(user) if each.pk == key), None)
