"""Before every panel the police check again for conflict, where the policy pack asks it."""

from datetime import timedelta

from waymark.cases.known import conflict
from waymark.cases.models import Case, Stage
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.panels.models import AgendaItem, Meeting
from waymark.policy.pack import in_force

HELD = (Meeting.State.ENDED, Meeting.State.SIGNED)


def ask_before(meeting: Meeting, case: Case, *, by: User) -> None:
    """The police get their task by the day before the meeting; for one of today, today."""
    if in_force().before_panel.conflict_check:
        day_before = meeting.on_date - timedelta(days=1)
        conflict.ask_for_check(case, by=by, due=max(day_before, today()))


def may_decide_checked(item: AgendaItem) -> None:
    """Raises Refused where the pack asks the check, and none was made since the last meeting.

    A case that the police hold is only taken note of: they look at it by their own date.
    """
    asked = in_force().before_panel.conflict_check
    if asked and item.case.stage != Stage.POLICE_HELD and not _is_checked(item):
        raise Refused(
            "The police have not checked for conflict since the last meeting on this case",
            clause=conflict.CLAUSE,
            until="The police Prevent officer or police lead records the check. Then decide.",
        )


def _is_checked(item: AgendaItem) -> bool:
    earlier = item.case.agenda_items.filter(meeting__state__in=HELD).exclude(pk=item.pk)
    ended = earlier.order_by("meeting__ended_at").values_list("meeting__ended_at", flat=True)
    checks = item.case.conflict_checks.all()
    last = ended.last()
    return (checks.filter(at__gt=last) if last else checks).exists()
