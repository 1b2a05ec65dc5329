"""Supervision: whose cases one supervises, who is named on a case, and what was talked over."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.cases import supervisors
from waymark.cases.holders import holder_of
from waymark.cases.models import Case
from waymark.cases.reading import worklists
from waymark.cases.writers import WRITERS, people_who_write
from waymark.database.clock import today
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import permits
from waymark.oversight import supervision
from waymark.oversight.models import Supervision
from waymark.oversight.reading import supervised
from waymark.oversight.reading.supervised import Supervised
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.web.access import AskedBy, case_page, post_holders
from waymark.web.forms.supervision import NameForm, TalkForm
from waymark.web.frames.case import case_frame
from waymark.web.frames.case_act import case_act, sent
from waymark.web.page import show


@post_holders(*WRITERS)
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    """Cases that one supervises or holds; for leads, where nobody is named or it lapsed."""
    user = request.user
    names_them = bool(user.roles_in() & set(supervisors.NAME_THEM))
    groups = {"mine": supervised.by_me(user), "own": supervised.of_me(user)}
    if names_them:
        groups |= {"without": supervised.without(user), "lapsed": supervised.lapsed(user)}
    people = [one.case.person_id for rows in groups.values() for one in rows]
    names = worklists.names_of(people)
    context = {name: [_row(one, names) for one in rows] for name, rows in groups.items()}
    return show(
        request,
        "supervision/list.html",
        context | {"section": "home", "names_them": names_them},
    )


def _row(one: Supervised, names: dict[int, str]) -> dict[str, Any]:
    nobody = {"text": "Nobody is named", "tag": "danger"}
    return {
        "person": {
            "text": names.get(one.case.person_id, "Name not shown to you"),
            "href": reverse("case_supervision", args=[one.case.reference]),
        },
        "reference": one.case.reference,
        "holder": one.holder.name,
        "supervisor": _supervisor(one) if one.supervisor else nobody,
        "last": day_in_words(one.last_on) if one.last_on else "Not yet",
        "next": _next(one),
    }


def _supervisor(one: Supervised) -> str:
    name = one.supervisor.name if one.supervisor else ""
    return f"{name} (holds no post here any more)" if one.left else name


def _next(one: Supervised) -> Any:
    if one.next_on is None:
        return ""
    day = day_in_words(one.next_on)
    return {"text": f"Overdue since {day}", "tag": "danger"} if one.is_late else day


@case_page(Part.WORK)
@require_safe
def of_case(request: AskedBy, case: Case) -> HttpResponse:
    """Who supervises the case, when next, and what was talked over."""
    user, now = request.user, supervisors.supervisor_of(case)
    next_on = supervised.next_of(case)
    context = case_frame(case, user) | {
        "supervisor": now,
        "since": day_in_words(now.from_at.date()) if now else "",
        "next_on": day_in_words(next_on) if next_on else "",
        "late": next_on is not None and next_on < today(),
        "may_write": permits(supervision.may_write_down, user, case),
        "may_name": permits(supervisors.may_name, user, case),
        "talks": [_talk(one) for one in supervised.talks_of(case)],
    }
    return show(request, "supervision/case.html", context)


def _talk(one: Supervision) -> dict[str, Any]:
    issues = [in_force().supervision_issue(code).name for code in one.issues]
    return {
        "day": day_in_words(one.held_date),
        "rows": [
            {"question": "Supervisor", "answer": one.by.name},
            {"question": "With", "answer": one.with_user.name},
            {"question": "Taken up", "answer": issues or "None of the policy’s issues"},
            {"question": "Said and agreed", "answer": one.words},
            {"question": "Next talk", "answer": day_in_words(one.next_date)},
            {"question": "Written", "answer": day_in_words(one.at.date())},
        ],
    }


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: AskedBy, case: Case) -> HttpResponse:
    """Name who supervises the case."""
    people = supervisors.who_can_supervise(case)
    back = reverse("case_supervision", args=[case.reference])
    return case_act(
        request, case, NameForm(sent(request), people=people, version=case.version),
        lambda form: supervisors.name(
            case, by=request.user, who=form.who_is_named(), version=form.seen_version
        ),
        rule=lambda: supervisors.may_name(request.user, case),
        done=back,
        back=back,
        title="Name the supervisor",
        button="Name the supervisor",
        lead=f"{holder_of(case).user.name} holds this case. Somebody else supervises it.",
        lead_clause=supervisors.CLAUSE,
        said=lambda made: f"{made.user.name} supervises this case now.",
    )  # fmt: skip


@case_page(Part.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: AskedBy, case: Case) -> HttpResponse:
    """Write down a talk, and when the next one is."""
    back = reverse("case_supervision", args=[case.reference])
    form = TalkForm(
        sent(request),
        people=_whom(case, request.user),
        version=case.version,
        latest=supervision.latest_next(today()),
    )
    return case_act(
        request, case, form,
        lambda said: supervision.write_down(
            case, by=request.user, talk=said.talk(), version=said.seen_version
        ),
        rule=lambda: supervision.may_write_down(request.user, case),
        done=back,
        back=back,
        title="Write down supervision",
        button="Write this down",
        lead="It is not changed afterwards: the next talk follows it.",
        lead_clause=supervisors.CLAUSE,
        onward=[{"text": "What the policy says of supervision",
                 "href": reverse("library_text", args=["recording"])}],
        said="It is written down. You are reminded of the next talk.",
    )  # fmt: skip


def _whom(case: Case, user: User) -> list[User]:
    """Whoever holds the case first, then the others who work on it."""
    holder = holder_of(case).user
    others = [one for one in people_who_write(case) if one not in (holder, user)]
    return [one for one in (holder, *others) if one != user]
