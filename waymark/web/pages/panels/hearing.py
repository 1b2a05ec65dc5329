"""One case at a meeting, on one page for a shared screen and one who writes (2.5.10, 2.5.11)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from waymark.audit.looks import look
from waymark.cases.endings import ending
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.permission import Refused, permits, refusal
from waymark.panels import decisions
from waymark.panels.meeting import declarations, discussions
from waymark.panels.meeting.agenda import next_day_after
from waymark.panels.models import AgendaItem, Decision, Meeting
from waymark.panels.proposals import NO_SUPPORT, kinds_at, nothing_is_open
from waymark.panels.reading import decisions as reading
from waymark.panels.reading import meetings as meetings_read
from waymark.panels.reading.minuted import discussions_of, item_of
from waymark.panels.reading.people import who_can_act
from waymark.support import plans
from waymark.support.plans import may_be_agreed
from waymark.web.access import AskedBy
from waymark.web.forms.decision import DecisionForm, DiscussionForm
from waymark.web.frames.case_act import case_act, sent
from waymark.web.frames.meeting import agenda_links, meeting_page
from waymark.web.keeping import Keeping
from waymark.web.rows.before_panel import case_rows, who_is_there
from waymark.web.rows.decided import onward, told

Kind = Decision.Kind
Impossible = dict[Decision.Kind, Refused]
PAGE = "meeting_case"


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def hear(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """The case with all that the panel has before it, and the form of what it decides."""
    item = _looked_at(request, meeting, number)
    case, before = item.case, reading.before(item)
    cannot = _impossible(item, before)
    kinds = [kind for kind in kinds_at(case) if kind not in cannot]
    keeping = Keeping(request, case.pk, f"meeting-{item.pk}")
    form = keeping.form(
        DecisionForm, kinds=kinds, before=before, people=who_can_act(case.area),
        version=case.version, again=next_day_after(meeting),
    )  # fmt: skip
    links = agenda_links(meetings_read.agenda(meeting), item)
    return case_act(
        request, case, form,
        lambda given: decisions.decide(
            item, by=request.user, said=given.said(), version=given.seen_version
        ),
        rule=lambda: _possible(request, item, before),
        title="Hear a case",
        button="Record this decision",
        template="meetings/hear.html",
        keeping=keeping,
        back=reverse("meeting", args=[meeting.pk]),
        done=links["onward"],
        said="The decision is recorded, and its minute is drafted.",
        links=links,
        cannot=[(kind, why, onward(case, kind)) for kind, why in cannot.items()],
        **_before_them(request, item, before),
    )  # fmt: skip


def _before_them(request: AskedBy, item: AgendaItem, before: reading.Before) -> dict[str, Any]:
    """What the panel has before it, and what has been said of the case at this meeting."""
    made = reading.decision_on(item)
    asked = permits(_possible, request, item, before)
    return {
        "meeting": item.meeting,
        "decided": told(made) if made else [],
        "there": who_is_there(item, before),
        "papers": case_rows(item, before, request.user, weighed=not asked),
        "discussed": discussions_of(item),
        "acts": _acts(request, item),
    }


def _looked_at(request: AskedBy, meeting: Meeting, number: int) -> AgendaItem:
    item = item_of(meeting, number)
    if item is None:
        raise Http404
    look(
        by=request.user, at=now(), case_id=item.case_id, part=Part.PANEL.value,
        purpose="own_area", object_kind="meeting", object_id=meeting.pk, sight="meeting",
    )  # fmt: skip
    return item


def _acts(request: AskedBy, item: AgendaItem) -> list[dict[str, str]]:
    """What can be written down beside the decision."""
    of_item, of_meeting = [item.meeting_id, item.pk], [item.meeting_id]
    there = (
        (permits(declarations.may_declare, request.user, item), "meeting_interest", of_item,
         "Somebody has an interest in this case"),
        (permits(declarations.may_declare, request.user, item), "meeting_away", of_item,
         "Somebody is not in the room for this case"),
        (permits(declarations.may_declare, request.user, item), "meeting_register", of_meeting,
         "Somebody has come or left"),
        (permits(discussions.may_discuss, request.user, item), "meeting_discussed", of_item,
         "It is talked of, and not decided"),
    )  # fmt: skip
    return [
        {"text": text, "href": reverse(page, args=args)} for may, page, args, text in there if may
    ]


def _possible(request: AskedBy, item: AgendaItem, before: reading.Before) -> None:
    """Raises Refused with what can be known before anything is filled in."""
    decisions.may_decide(request.user, item)
    if kinds_at(item.case) != (Kind.NOTED,) and before.assessment is None:
        raise Refused(
            "There is no signed assessment that the decision could rest on", clause="2.2.6",
            until="An assessment is signed before the panel decides, not after it.",
        )  # fmt: skip


def _impossible(item: AgendaItem, before: reading.Before) -> Impossible:
    """What cannot be decided of the case now, with why."""
    found = {}
    for kind in kinds_at(item.case):
        if why := refusal(_may_be, kind, item, before):
            found[kind] = why
    return found


def _may_be(kind: Decision.Kind, item: AgendaItem, before: reading.Before) -> None:
    case = item.case
    if kind == Kind.PLAN_AGREED:
        if before.plan is None:
            raise Refused(
                "There is no plan to agree", clause="2.10.3",
                until="Write the plan first, with how, when and by whom consent is asked.",
            )  # fmt: skip
        may_be_agreed(case, before.plan)
    if kind == Kind.EXIT_RECOMMENDED:
        nothing_is_open(case)
    if kind in NO_SUPPORT and not plans.was_ever_agreed(case):
        ending.may_end(case)


@meeting_page
@require_http_methods(["GET", "HEAD", "POST"])
def discussed(request: AskedBy, meeting: Meeting, number: int) -> HttpResponse:
    """What was said of a case that is not decided on, such as without the quorum."""
    item = _looked_at(request, meeting, number)
    return case_act(
        request, item.case, DiscussionForm(sent(request)),
        lambda given: discussions.discuss(
            item, by=request.user, words=given.cleaned_data["words"],
            why_undecided=given.cleaned_data["why_undecided"],
        ),
        rule=lambda: discussions.may_discuss(request.user, item),
        title="Write down what was said",
        button="Write it down",
        lead="It goes into the minutes. The case still needs its outcome, or a day to be heard on.",
        lead_clause="2.1.3",
        done=reverse(PAGE, args=[meeting.pk, item.pk]),
        back=reverse(PAGE, args=[meeting.pk, item.pk]),
        said="It is written down.",
    )  # fmt: skip
