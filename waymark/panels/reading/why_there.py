"""Why each case is on an agenda, and the order in which it makes itself (2.8.18).

The number of queries is the same however many cases there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import chain

from waymark.cases.models import Case, Move, Stage, Transfer
from waymark.database.clock import today
from waymark.directory.models import Area, User
from waymark.panels.models import (
    AgendaItem,
    Decision,
    InterimStep,
    Meeting,
    ReviewAfterExit,
)
from waymark.panels.reading.coming import lacking
from waymark.policy.lateness import day_in_words

NEW = "New to the panel"
BY_STAGE = {
    Stage.SEEKING_CONSENT: "Consent to the agreed plan is being sought",
    Stage.SUPPORTED: "Support goes on: it is reviewed at every panel",
    Stage.EXIT_RECOMMENDED: "An exit is recommended and waits for both to endorse it",
    Stage.POLICE_HELD: "Held by the police: it stays on the agenda and is noted",
}
BACK_FROM = {
    Stage.SEEKING_CONSENT: "Back from asking for consent: it was refused, or nobody answered",
    Stage.SUPPORTED: "Back from support: the plan does not work, or consent was withdrawn",
    Stage.EXIT_RECOMMENDED: "Back from an exit that was not endorsed",
}


def reasons(meeting: Meeting, cases: Iterable[Case], user: User) -> dict[int, list[str]]:
    """For each case, by its key: why it is there, the weightiest first."""
    found: dict[int, list[str]] = defaultdict(list)
    listed = list(cases)
    keys = [case.pk for case in listed]
    for decision in _last_decisions(keys, meeting).values():
        _due(found[decision.case_id], decision, meeting.on_date)
    back = _came_back(keys)
    for case in listed:
        stage, first = Stage(case.stage), found[case.pk]
        if stage == Stage.PANEL and not first and case.pk not in back:
            first.insert(0, NEW)
        if stage == Stage.PANEL and case.pk in back:
            first.insert(0, BACK_FROM[back[case.pk]])
        elif stage in BY_STAGE:
            first.insert(0, BY_STAGE[stage])
    for case_id, lacks in lacking(listed, user).items():
        found[case_id] += [f"It lacks {one}" for one in lacks]
    for case_id, said in chain(_steps(keys), _transfers(keys)):
        found[case_id].append(said)
    for item in _carried(meeting):
        day = day_in_words(item.meeting.on_date)
        found[item.case_id].insert(0, f"Adjourned from the meeting of {day}")
    return dict(found)


def in_order(items: list[AgendaItem], why: dict[int, list[str]]) -> list[AgendaItem]:
    """As they were put in order; what nobody has placed: the new ones, then what is due."""

    def key(item: AgendaItem) -> tuple[int, int, float, int]:
        said = why.get(item.case_id, [])
        new = 0 if said[:1] == [NEW] else 1
        return item.place or len(items) + 1, new, item.added_at.timestamp(), item.pk

    return sorted(items, key=key)


def reviews_due(area: Area, by: date) -> list[ReviewAfterExit]:
    """The reviews after an end that fall due by the day of a meeting (R21)."""
    waiting = ReviewAfterExit.objects.filter(state="waiting", due_date__lte=by, case__area=area)
    return list(waiting.select_related("case").order_by("due_date", "id"))


def _last_decisions(cases: list[int], but: Meeting) -> dict[int, Decision]:
    found = Decision.objects.filter(case__in=cases).exclude(meeting=but)
    return {one.case_id: one for one in found.order_by("at", "id")}


def _due(said: list[str], decision: Decision, on: date) -> None:
    again = decision.next_review_date
    what = decision.get_kind_display().lower()
    if again is None:
        said.append(f"Heard last: {what}")
    elif again <= on:
        said.append(f"To be looked at by {day_in_words(again)} (last: {what})")
    else:
        said.append(f"Heard last: {what}. To be looked at by {day_in_words(again)}")


def _came_back(cases: list[int]) -> dict[int, Stage]:
    """Of the cases whose last move to the panel came from a later stage: which."""
    moves = Move.objects.filter(case__in=cases, to=Stage.PANEL).exclude(start=Stage.PANEL)
    last = {one.case_id: one.start for one in moves.order_by("at", "id")}
    return {case: Stage(start) for case, start in last.items() if start in set(BACK_FROM)}


def _steps(cases: list[int]) -> Iterable[tuple[int, str]]:
    """Steps for safety since the last meetings that still hold, once for each case."""
    steps = InterimStep.objects.filter(case__in=cases, until_date__gte=today())
    keys = steps.order_by("case_id").values_list("case_id", flat=True).distinct()
    return [(key, "A step for safety was taken between meetings") for key in keys]


def _transfers(cases: list[int]) -> Iterable[tuple[int, str]]:
    asked = Transfer.objects.filter(case__in=cases, closed_at=None).select_related("to_area")
    return [
        (one.case_id, f"A transfer to {one.to_area or one.outside} is asked for") for one in asked
    ]


def _carried(meeting: Meeting) -> Iterable[AgendaItem]:
    if meeting.follows_id is None:
        return chain()
    return AgendaItem.objects.filter(carried_to=meeting).select_related("meeting")
