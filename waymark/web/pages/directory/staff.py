"""The people who do this work: their training and clearance (2.12.1)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.accounts import account
from waymark.directory.models import User
from waymark.directory.permission import permits
from waymark.oversight import staff
from waymark.oversight.models import Training
from waymark.oversight.reading import staff as reading
from waymark.oversight.reading.staff import Noted, Record
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.web.access import AskedBy, post_holders, signed_in
from waymark.web.forms.staff import ClearanceForm, TrainingForm
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import sent
from waymark.web.page import show


@post_holders(*sorted(staff.WATCH))
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Everybody who works in the areas that one leads, by organisation."""
    people, after = reading.people(request.user, after=request.GET.get("after", ""))
    context = {
        "section": "home",
        "courses": [{"text": one.name, "key": one.code} for one in in_force().courses],
        "lapsing": [_lapsing(one) for one in reading.lapsing(request.user)],
        "rows": [_row(one) for one in people],
        "older": f"?after={after}" if after else "",
    }
    return show(request, "staff/list.html", context)


def _row(one: Record) -> dict[str, Any]:
    codes = [course.code for course in in_force().courses]
    return {
        "name": {"text": one.user.name, "href": reverse("staff_member", args=[one.user.pk])},
        "organisation": one.user.organisation.name,
        "clearance": _state(one.clearance),
        **{code: _state(course) for code, course in zip(codes, one.courses, strict=True)},
    }


def _lapsing(one: Record) -> dict[str, Any]:
    said = [f"{each.name}: {_words(each)}" for each in one.lapsing]
    return _row(one) | {"what": "; ".join(said)}


def _state(one: Noted) -> Any:
    if one.has_lapsed:
        return {"text": _words(one), "tag": "danger"}
    return _words(one)


def _words(one: Noted) -> str:
    if one.until is None:
        return "Not noted"
    day = day_in_words(one.until)
    if one.has_lapsed:
        return f"Lapsed on {day}"
    return f"Lapses on {day}" if one.lapses_soon else f"Until {day}"


@signed_in
@require_safe
def member(request: AskedBy, key: int) -> HttpResponse:
    """What is noted of one person: one's own, or of somebody in an area that one leads."""
    found = _found(request, key)
    record = reading.record_of(found)
    pack = in_force()
    context = {
        "section": "home",
        "member": found,
        "own": found == request.user,
        "courses": [_course(one) for one in record.courses],
        "clearance": [
            {"question": record.clearance.name, "answer": _words(record.clearance),
             "note": _by(record.clearance)}
        ],
        "earlier": [_earlier(one) for one in reading.earlier(found)],
        "texts": [pack.text("wrap_awaited"), pack.text("wrap_replacement")],
    }  # fmt: skip
    return show(request, "staff/member.html", context)


def _course(one: Noted) -> dict[str, Any]:
    done = f"Done on {day_in_words(one.done)}. " if one.done else ""
    return {"name": one.name, "address": one.address, "state": f"{done}{_words(one)}",
            "lapsed": one.has_lapsed, "by": _by(one)}  # fmt: skip


def _by(one: Noted) -> str:
    return f"Noted by {one.by}" if one.by else ""


def _earlier(one: Any) -> dict[str, str]:
    pack = in_force()
    if isinstance(one, Training):
        what, until = pack.course(one.course).name, one.renew_date
    else:
        what, until = pack.clearance_level(one.level).name, one.expires_date
    return {"what": what, "until": day_in_words(until), "by": one.by.name,
            "noted": day_in_words(one.at.date())}  # fmt: skip


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def note_training(request: AskedBy, key: int) -> HttpResponse:
    """Note that a course was done."""
    found = _found(request, key)
    return act_page(
        request,
        TrainingForm(sent(request)),
        lambda form: staff.note_training(found, by=request.user, **_said(form)),
        done=reverse("staff_member", args=[key]),
        said="The training is noted.",
        context=_of(found, "Note training", "It follows what was noted before."),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def note_clearance(request: AskedBy, key: int) -> HttpResponse:
    """Note how somebody is cleared, and until when."""
    found = _found(request, key)
    return act_page(
        request,
        ClearanceForm(sent(request)),
        lambda form: staff.note_clearance(found, by=request.user, **_said(form)),
        done=reverse("staff_member", args=[key]),
        said="The clearance is noted.",
        context=_of(found, "Note clearance", "Only the level and its last day: no papers."),
    )


def _said(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.cleaned_data if name != "form_key"}


def _of(found: User, title: str, lead: str) -> dict[str, Any]:
    return {
        "section": "home",
        "title": title,
        "button": title,
        "lead": f"{found.name}, {found.organisation.name}. {lead}",
        "lead_clause": staff.CLAUSE,
        "back": reverse("staff_member", args=[found.pk]),
    }


def _found(request: AskedBy, key: int) -> User:
    found = account(key)
    if found is None or not permits(staff.may_note, request.user, found):
        raise Http404
    return found
