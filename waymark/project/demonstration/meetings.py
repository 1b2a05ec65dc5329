"""The panels' meetings: what they hear is whatever case has come to them by then."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from waymark.database.clock import today
from waymark.directory.models import User
from waymark.panels import actions, decisions
from waymark.panels.meeting import attendance, declarations, meetings, minutes
from waymark.panels.models import AgendaItem, Attendance, Decision, Meeting
from waymark.panels.proposals import ActionSaid, HeardSaid, PositionSaid, Proposal
from waymark.panels.quorum import members_present
from waymark.policy.days import next_meeting
from waymark.policy.pack import in_force
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.later import Heard, Later
from waymark.project.demonstration.telling import Calendar, acting

CALLED_BEFORE = 7  # days before a meeting its agenda goes out
# days ago, where the panel meets by need
BY_NEED = (9, 37, 72, 107, 142, 170, 198, 226, 261, 296, 331, 366, 401, 436, 471, 506)
LONGEST_AGO = 540
ACTION_TAKES = 11  # days


class Panel:
    """The panel of one area, and the stories of the cases that it hears."""

    def __init__(self, calendar: Calendar, cast: Cast, area: str) -> None:
        self.calendar, self.cast, self.area = calendar, cast, area
        self.stories: list[Later] = []
        self.days = regular_days(calendar, area) or BY_NEED
        self.meeting: Meeting | None = None

    def of(self, post: str) -> User:
        return self.cast.of(post, self.area)

    def meets(self, number: int) -> None:
        """Put the meetings that are past into the calendar: the last `number` of them."""
        for days_ago in self.days[:number]:
            self.calendar.on(days_ago + CALLED_BEFORE, self.called)
            self.calendar.on(days_ago + 1, self.prepared)
            self.calendar.on(days_ago, self.held)
            self.calendar.on(days_ago - 2, self.signed)

    def called(self) -> None:
        """The co-ordinator calls it for the day a week from now, where a case waits for it."""
        self.meeting = None
        if self._coming():
            day = self.calendar.day(self.calendar.days_ago - CALLED_BEFORE)
            self.call(day)

    def call(self, day: date) -> None:
        area = self.cast.places.areas[self.area]
        self.meeting = meetings.call(area, by=acting(self.of("coordinator")), on_date=day)

    def prepared(self) -> None:
        if self.meeting:
            for story in self._coming():
                story.prepared()

    def held(self) -> None:
        """The chair opens it, hears every case on the agenda, and ends it."""
        if self.meeting is None:
            return
        chair = acting(self.of("chair"))
        meetings.open_meeting(self.meeting, by=chair)
        self.meeting = Meeting.objects.select_related("area").get(pk=self.meeting.pk)
        for invited in self.meeting.attendances.select_related("user", "organisation"):
            self._attends(invited)
        declarations.read_statement(self.meeting, by=chair, read_by=chair)
        for item in meetings.unheard(self.meeting):
            self._hear(item)
        meetings.end_meeting(self.meeting, by=acting(chair))

    def signed(self) -> None:
        if self.meeting:
            minutes.sign(self.meeting, by=acting(self.of("chair")))

    def _attends(self, invited: Attendance) -> None:
        away = invited.user == self.cast["lead.two"]
        reason = "On duty elsewhere; the other police lead came." if away else ""
        attendance.attended(invited, by=self.of("chair"), came=not away, reason=reason)

    def _coming(self) -> list[Later]:
        """The stories whose cases wait for the panel."""
        acting(self.of("chair"))
        area = self.cast.places.areas[self.area]
        waiting = list(meetings.to_be_heard(area).values_list("pk", flat=True))
        return [each for each in self.stories if any(map(each.is_of, waiting))]

    def _hear(self, item: AgendaItem) -> None:
        story = next(each for each in self.stories if each.is_of(item.case_id))
        heard, story.ready = story.ready or story.usual(), None
        chair = acting(self.of("chair"))
        decision = decisions.decide(item, by=chair, said=self._proposal(story, item, heard))
        self.calendar.later(ACTION_TAKES, partial(self._actions_done, decision))
        for days, step in heard.then:
            self.calendar.later(days, step)

    def _actions_done(self, decision: Decision) -> None:
        """Whoever was given something to do has done it."""
        by = acting(self.of("health"))
        for action in decision.actions.filter(owner=by, done_at=None):
            words = "Asked; nothing is known there that the panel does not know."
            actions.finish_action(action, by=by, words=words)

    def _proposal(self, story: Later, item: AgendaItem, heard: Heard) -> Proposal:
        members = members_present(item)
        health = self.of("health")
        due = today() + timedelta(days=14)
        action = ActionSaid("Ask the practice whether anything new is known.", health, due)
        return Proposal(
            kind=heard.kind, reasons=reasons(heard.kind, story), plan=story.plan,
            positions=[PositionSaid(each, "agrees") for each in members],
            next_review_date=today() + timedelta(days=28),
            heard=[HeardSaid(one.pk, "not_due") for one in actions.still_open(item)],
            actions=[action] if heard.kind in ("plan_agreed", "deferred") else [],
            **story.words.weighed(),
        )  # fmt: skip


def reasons(kind: str, story: Later) -> str:
    """Why the panel decided so."""
    worry, first = story.worry, story.words.first
    return {
        "plan_agreed": f"{first} is open to support, which answers {worry.draws}.",
        "deferred": f"It is not yet clear how far it goes with {worry.draws}.",
        "goes_on": f"It goes well and is not finished: {first} still needs company on the way.",
        "exit_recommended": f"The risk is managed: {first} has {worry.activity}.",
        "other_support": f"What {first} needs is another support, which has begun.",
        "not_appropriate": f"{first} is not being drawn into terrorism. {worry.explanation}",
        "declined": f"{first} said no, which is {first}’s right; the door stays open.",
    }.get(kind, "Heard; there is nothing to decide now.")


def regular_days(calendar: Calendar, area: str) -> Sequence[int]:
    """How many days ago each past meeting of a panel with a rhythm was, the latest first."""
    panel = in_force().panel_of(area)
    if panel.weekday is None:
        return ()
    start = calendar.today
    days = (start - timedelta(days=number) for number in range(1, LONGEST_AGO))
    return [(start - day).days for day in days if _is_meeting(day, next_meeting(panel, day))]


def _is_meeting(day: date, coming: date) -> bool:
    return day == coming
