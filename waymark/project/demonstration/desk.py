"""What lies on the desk: papers without a case, advice, requests for the form, coming meetings."""

from functools import partial

from waymark.database.clock import today
from waymark.panels.meeting import attendance
from waymark.panels.meeting.meetings import next_date
from waymark.panels.models import AgendaItem
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.stories import Teller
from waymark.project.demonstration.telling import Calendar, acting
from waymark.referrals import advice, form_requests, papers

ADVICE = (
    (
        31, "essex", "school", "The safeguarding lead of a school",
        "A pupil asks many questions about a war. Is that a worry?",
        "Questions are for answering. Talk, listen, and come back if something else is seen.",
    ),
    (
        17, "southend", "health", "A practice nurse’s line manager",
        "A patient has changed the way of dressing and praying. Should we refer?",
        "No: belief, worship and dress are no concern in themselves.",
    ),
    (
        6, "thurrock", "public", "A member of the public",
        "A relative reads angry pages all night. Whom could I talk to?",
        "Talk with the relative first, if that is safe; the form can be sent at any time.",
    ),
)  # fmt: skip
FORMS_ASKED = (
    (21, "essex", "email", "marlbrook.office@example.org", True),
    (6, "southend", "telephone", "07700 900214", False),  # late
    (1, "thurrock", "in_person", "the desk of Riverside Row Community Hub", False),
)


class Desk:
    """Puts into the calendar what has no case, or not yet."""

    def __init__(self, calendar: Calendar, cast: Cast) -> None:
        self.calendar, self.cast = calendar, cast

    def fills(self) -> None:
        for days_ago, *words in ADVICE:
            self.calendar.on(days_ago, partial(self._advises, *words))
        for days_ago, area, how, to, answered in FORMS_ASKED:
            self.calendar.on(days_ago, partial(self._asked_for_the_form, area, how, to, answered))
        self.calendar.on(12, self._paper_comes)
        self.calendar.on(8, self._paper_is_settled)

    def _advises(self, area: str, kind: str, post: str, asked: str, advised: str) -> None:
        advice.note(
            by=acting(self.cast.of("coordinator", area)), area=self.cast.places.areas[area],
            asked_by_kind=kind, asked_of=post, asked=asked, advised=advised,
        )  # fmt: skip

    def _asked_for_the_form(self, area: str, how: str, to: str, answered: bool) -> None:
        by = acting(self.cast.of("coordinator", area))
        place = self.cast.places.areas[area]
        asked = form_requests.note(by=by, area=place, asked_how=how, answer_to=to)
        if answered:
            form_requests.answer(asked, by=by, how="email")

    def _paper_comes(self) -> None:
        """A letter that fits no case, and is late to be filed."""
        officer = acting(self.cast["officer.two"])
        papers.note(
            by=officer, area=self.cast.places.areas["southend"], held_by=officer,
            what="A letter without a name: “Look at the boats by the old pier.”",
            told_by="The harbour office, which found it", received_date=today(),
            original_kept="In the team’s safe, envelope 14",
        )  # fmt: skip

    def _paper_is_settled(self) -> None:
        by = acting(self.cast.of("coordinator", "essex"))
        paper = papers.note(
            by=by, area=self.cast.places.areas["essex"], held_by=by,
            what="A drawing found in a library, with no name on it.",
            told_by="The library", received_date=today(), original_kept="In the mailbox",
        )  # fmt: skip
        papers.settle(paper, by=by, how="A page of a comic that a pupil had lost; given back.")


def call_meetings(tellers: dict[str, Teller]) -> None:
    """Essex meets next by its rhythm, Southend-on-Sea in some weeks; a teacher is invited."""
    for area in ("essex", "southend"):
        teller = tellers[area]
        acting(teller.panel.of("coordinator"))
        teller.panel.call(next_date(teller.cast.places.areas[area]))
    _invite_the_referrer(tellers["essex"])


def _invite_the_referrer(teller: Teller) -> None:
    """The referrer takes part in one case of the meeting (2.5.9)."""
    meeting = teller.panel.meeting
    story = teller.stories["Mistlewood"]
    assert meeting is not None
    by = acting(teller.panel.of("coordinator"))
    item = AgendaItem.objects.get(meeting=meeting, case_id=story.case.pk)
    teacher = teller.cast.of("teacher", teller.area)
    attendance.invite(meeting, by=by, capacity="Referrer", user=teacher, item=item)
