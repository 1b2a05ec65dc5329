"""Who is heard on one case of a meeting: came, sent a report, or why not (2.5.9)."""

from dataclasses import dataclass

from django.db.models import Q

from waymark.directory.models import Organisation
from waymark.panels.meeting.invited import referrer_stays_unknown
from waymark.panels.models import AgendaItem, Attendance, InvitationAnswer, Meeting, Report
from waymark.sharing.models import Request


@dataclass(frozen=True)
class Heard:
    """Somebody invited for the case or for the whole meeting, and what came of it."""

    invited: Attendance
    reports: list[Report]
    away: str = ""  # why they are not there for this case, having come to the meeting

    @property
    def in_words(self) -> str:
        if self.away:
            return f"Not in the room for this case: {self.away}"
        said = {True: "Came", False: f"Did not come: {self.invited.reason}"}
        words = said.get(self.invited.came) if self.invited.came is not None else None
        if self.reports and not self.invited.came:
            return "Sent a report"
        return words or "Not recorded yet"


def heard_on(item: AgendaItem) -> list[Heard]:
    """Everybody who is invited for a case, members first, each with what they wrote."""
    invited = item.meeting.attendances.filter(Q(item=None) | Q(item=item))
    people = invited.select_related("user", "organisation", "deputy_for__user")
    reports: dict[int, list[Report]] = {}
    for report in item.reports.select_related("by"):
        reports.setdefault(report.attendance_id, []).append(report)
    away = dict(item.declarations.values_list("attendance_id", "words"))
    ordered = people.order_by("-member", "invited_at", "id")
    return [Heard(each, reports.get(each.pk, []), away.get(each.pk, "")) for each in ordered]


def not_invited(item: AgendaItem) -> list[Organisation]:
    """The agencies that were asked about the person, and are not invited to hear the case."""
    asked = Request.objects.filter(case_id=item.case_id).values("organisation")
    there = item.meeting.attendances.filter(Q(item=None) | Q(item=item)).values("organisation")
    found = Organisation.objects.filter(pk__in=asked).exclude(pk__in=there)
    return list(found.order_by("name"))


def needs_referrer(item: AgendaItem) -> str:
    """Whether somebody who referred is still to be invited: in words, empty where one is."""
    there = item.meeting.attendances.filter(item=item, kind=Attendance.Kind.REFERRER)
    if there.exists():
        return ""
    if referrer_stays_unknown(item.case_id):
        return "Somebody who referred stays unknown: the police ask them, and say so here."
    return "Nobody who referred is invited."


def item_of(meeting: Meeting, key: int) -> AgendaItem | None:
    """A case on the meeting's agenda that the reader may see."""
    items = meeting.items.select_related("case__area", "case__person", "meeting__area")
    return items.filter(pk=key).first()


def last_answers(meeting: Meeting) -> dict[int, InvitationAnswer]:
    """What each invited answered last, as far as the reader may see it: by invitation."""
    said = InvitationAnswer.objects.filter(meeting=meeting).select_related("deputy")
    return {each.attendance_id: each for each in said.order_by("at", "id")}
