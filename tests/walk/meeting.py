"""The acts of the panel: its meetings, and what it decides of a case."""

from typing import Any

from django.db import transaction

from tests.panel_steps import WEIGHED
from tests.walk.acts import Act, listed, soon
from tests.walk.known import Known, Meeting, Person, Proposed
from tests.walk.legal import DECISIONS, ENDS, HEARD_BY_PANEL
from tests.walk.watch import everything_seen
from waymark.database.clock import today
from waymark.panels import decisions
from waymark.panels.meeting import attendance, meetings, minutes
from waymark.panels.models import AgendaItem
from waymark.panels.models import Meeting as MeetingRow
from waymark.panels.proposals import PositionSaid, Proposal
from waymark.panels.quorum import members_present

ORDERED = 3  # sessions, in the plan that a story tells


class OfAMeeting(Act):
    """An act on the meeting that is being planned or held."""

    state = ""

    def is_there(self, it: Known) -> bool:
        return it.meeting is not None and it.meeting.state != "signed"

    def row(self, it: Known) -> Any:
        assert it.meeting is not None
        with everything_seen():
            return MeetingRow.objects.select_related("area").get(pk=it.meeting.row.pk)

    def of(self, it: Known) -> Meeting:
        assert it.meeting is not None
        return it.meeting

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if self.of(it).state == self.state else f"the meeting is {self.of(it).state}"


def is_heard(it: Known) -> bool:
    return it.stage in HEARD_BY_PANEL or it.held_from in HEARD_BY_PANEL


@listed
class CallMeeting(OfAMeeting):
    name = "call_meeting"

    def is_there(self, it: Known) -> bool:
        return it.meeting is None or it.meeting.state == "signed"

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return ""

    def do(self, it: Known, who: Person, choice: str) -> object:
        return meetings.call(it.cast.area, by=who.user, on_date=today())

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        it.meeting = Meeting(made, on_agenda=is_heard(it))


@listed
class OpenMeeting(OfAMeeting):
    name = "open_meeting"
    state = "planned"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return meetings.open_meeting(self.row(it), by=who.user)

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        meeting = self.of(it)
        meeting.state, meeting.on_agenda = "open", meeting.on_agenda or is_heard(it)


@listed
class RecordAttendance(OfAMeeting):
    name = "record_attendance"
    choices = ("all", "all", "all but the police")

    def do(self, it: Known, who: Person, choice: str) -> object:
        meeting = self.row(it)
        with everything_seen():
            found = meeting.attendances.select_related("meeting__area", "user", "organisation")
            invited = list(found)
        with transaction.atomic():
            for each in invited:
                came = choice == "all" or each.organisation_id != it.cast.police.pk
                attendance.attended(each, by=who.user, came=came, reason="" if came else "On duty")
        return invited

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        return "" if self.of(it).state in ("planned", "open") else "the meeting has ended"

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        self.of(it).came = choice


@listed
class EndMeeting(OfAMeeting):
    name = "end_meeting"
    state = "open"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return meetings.end_meeting(self.row(it), by=who.user)

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        meeting = self.of(it)
        if meeting.on_agenda and not meeting.heard:
            return "a case is still to be heard"
        return super().lacks(it, who, choice) or ("" if meeting.came else "nobody says who came")

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        self.of(it).state = "ended"


@listed
class SignMinutes(OfAMeeting):
    name = "sign_minutes"
    state = "ended"

    def do(self, it: Known, who: Person, choice: str) -> object:
        return minutes.sign(self.row(it), by=who.user)

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        self.of(it).state = "signed"


@listed
class Decide(OfAMeeting):
    name = "decide"
    choices = (*DECISIONS["panel"], *DECISIONS["supported"], "noted")
    state = "open"

    def is_there(self, it: Known) -> bool:
        return super().is_there(it) and self.of(it).on_agenda

    def do(self, it: Known, who: Person, choice: str) -> object:
        with everything_seen():
            items = AgendaItem.objects.select_related("meeting__area", "case__area")
            item = items.get(meeting=self.of(it).row.pk, case=it.case)
            members = members_present(item)
        said = WEIGHED | {"kind": choice, "next_review_date": soon()}
        if choice == "plan_agreed":
            said["plan"] = it.plan
        said["positions"] = [PositionSaid(each, "agrees") for each in members]
        return decisions.decide(item, by=who.user, said=Proposal(**said))

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        meeting = self.of(it)
        if meeting.state != "open" or meeting.heard or meeting.came != "all":
            return "no open meeting with its quorum has it still to hear"
        if not it.sees(who):
            return "the case is out of sight"
        possible = DECISIONS.get(it.stage, {"noted": it.stage})
        if choice not in possible:
            return f"a panel does not decide that at {it.stage}"
        return "" if choice == "noted" else _lacks(it, choice)

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        self.of(it).heard = True
        if choice == "noted":
            return
        if it.proposed:
            it.proposed.closed = True
        to = DECISIONS[it.stage][choice]
        if choice == "plan_agreed":
            it.agreed, it.consents, it.piece = it.plan, {}, "planned"
            it.entered, it.reconciled, it.disposed = 0, -1, False
        if not (to in ENDS and it.agreed):
            it.moves(to)
        if choice == "exit_recommended":
            it.proposed = Proposed("exited", who.user, it.version, self.of(it))
        elif to in ENDS and it.agreed:
            it.proposed = Proposed(to, who.user, it.version, self.of(it))


def _lacks(it: Known, choice: str) -> str:
    """What a decision needs of the case, beyond the meeting."""
    if not it.signed:
        return "no assessment of the factors is signed"
    if choice == "plan_agreed":
        new = it.plan is not None and it.plan != it.agreed
        checked = it.provider_checked and new and it.plan.ask_by_date >= today()
        return "" if checked else "no new plan with a checked provider and a day to come"
    if choice == "exit_recommended":
        sessions = it.entered >= ORDERED or it.reconciled == it.entered
        return "" if sessions and it.disposed else "sessions or needs are left open"
    if choice == "declined" and it.consent() != "no":
        return "nobody has declined"
    ends = DECISIONS[it.stage][choice] in ENDS
    settled = it.agreed or it.may_end()
    return "what must be before an end is not settled" if ends and not settled else ""
