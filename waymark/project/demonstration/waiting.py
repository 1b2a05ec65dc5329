"""What waits at the front door: referrals of every kind, and what was found not Prevent."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from waymark.database.guard import become
from waymark.people.models import SamePerson
from waymark.project.demonstration import forms, people_southend, people_thurrock
from waymark.project.demonstration import people_waiting as who
from waymark.project.demonstration.beginning import Beginning
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.early import along
from waymark.project.demonstration.people import Somebody, Worry
from waymark.project.demonstration.telling import Calendar, acting
from waymark.referrals import harm
from waymark.referrals.deciding import known, readings
from waymark.referrals.models import Subject
from waymark.referrals.writing import receipts

About = tuple[Somebody, Worry]
TOGETHER = {
    "what_is_new": "It comes from somebody else this time, who knows the person well.",
    "what_repeats": "The same talk of going away, in nearly the same words.",
    "what_was_left_open": "Who lends the money was not known then and is not known now.",
    "what_it_shows_together": "A debt that somebody uses; the plan in force answers it.",
}


class FrontDoor:
    """Puts into the calendar what comes in beside the cases."""

    def __init__(self, calendar: Calendar, cast: Cast) -> None:
        self.calendar, self.cast = calendar, cast

    def came(
        self, about: About, area: str, since: int, *, road: str = "public", to: str = "referred",
        second: bool = False,
    ) -> Beginning:  # fmt: skip
        """Somebody refers; the police have taken it, or not yet."""
        story = Beginning(self.calendar, self.cast, area, about, second_officer=second)
        story.road = road
        along(story, since, to=to)
        return story

    def waits(self) -> None:
        """Referrals that nobody has screened."""
        self.came(who.NEW, "essex", 1)
        self.calendar.on(3, self._two_people)
        self.came(people_southend.NO_FURTHER_ACTION, "southend", 2, road="family_friend")
        self.calendar.on(2, self._staff)
        self.calendar.on(1, self._for_themselves)
        self.calendar.on(4, self._by_email)
        late = self.came(who.LATE, "essex", 13, to="taken", second=True)
        self.calendar.on(11, partial(self._asks_the_referrer, late))

    def is_not_prevent(self) -> None:
        """What was found not to be for Prevent, as far as the police lead has read it."""
        story = self.came(who.MISTAKEN, "southend", 24, road="professional", to="taken")
        self._ends(story, 22, reason="misunderstanding", why=who.MISTAKEN[1].explanation)
        self.calendar.on(20, partial(self._read, story, sent_back=False))
        story = self.came(who.PASSED_ON, "essex", 6, road="professional", to="taken")
        passed = {"passed_to": "Essex Children’s Social Care, the duty social worker"}
        self._ends(story, 4, reason="safeguarding", why="Adults use this child.", **passed)
        self.calendar.on(4, partial(self._social_care, story))
        story = self.came(who.SENT_BACK, "thurrock", 9, to="taken", second=True)
        self._ends(story, 7, reason="no_concern", why="Music alone is no concern.")
        self.calendar.on(5, partial(self._read, story, sent_back=True))
        story = self.came(who.MALICIOUS, "southend", 5, to="taken")
        malicious = {
            "motive": "A letter of the referrer’s threatens the neighbour over a fence.",
            "content_true": "Asked apart from that: nobody else saw or heard anything alike.",
        }
        self._ends(story, 3, reason="malicious", why="Meant to do harm to a neighbour", **malicious)

    def joins(self) -> None:
        """A second referral of somebody whose case is open."""
        about = people_thurrock.SUPPORTED
        story = self.came(about, "thurrock", 5, road="public", to="taken", second=True)
        self.calendar.on(3, partial(self._join, story))

    def _ends(self, story: Beginning, days_ago: int, **said: Any) -> None:
        self.calendar.on(days_ago, partial(story.screened, outcome="not_prevent", **said))

    def _read(self, story: Beginning, *, sent_back: bool) -> None:
        by = acting(story.police_lead)
        outcome = readings.to_read(Subject.objects.get(pk=story.subject.pk))
        assert outcome is not None
        why = "Nobody has asked what was said beside the music: ask, then decide."
        readings.read(outcome, by=by, sent_back=sent_back, why=why if sent_back else "")

    def _social_care(self, story: Beginning) -> None:
        by = acting(story.officer)
        to = self.cast.places.of_kind("children_social_care", "essex")
        harm.refer(
            Subject.objects.select_related("area").get(pk=story.subject.pk), by=by, to=to,
            about=story.somebody.name, why="Adults who give presents keep a child out at night.",
        )  # fmt: skip

    def _join(self, story: Beginning) -> None:
        by = acting(story.officer)
        before = known.known_before(story.subject)[0]
        known.say(
            story.subject, by=by, other_id=before.person_id, answer=SamePerson.Answer.SAME,
            why="Name, birth date and address are the same.",
        )  # fmt: skip
        why = "It is about what the open case is about."
        story.screened(outcome="joins_case", case_id=before.case_id, why=why, **TOGETHER)

    def _two_people(self) -> None:
        teacher = self.cast.of("teacher", "thurrock")
        first, worry = who.PAIR
        people = [self._person(each) for each in (first, who.WITH_SHAY)]
        forms.send("professional", forms.professional(worry, teacher, first), people, by=teacher)

    def _staff(self) -> None:
        somebody, worry = who.STAFF
        staff = {"insider": "yes", "insider_who": "They work for the council’s parks themselves."}
        forms.send("public", forms.neighbour(worry), [self._person(somebody, staff)])

    def _for_themselves(self) -> None:
        matter = {
            "how_noticed": "Friends online want me to do things and I do not know how to stop.",
            "exact_words": "“You said that you were one of us.”",
            "when_happened": "every week since June",
            "pressed_by": "Two people whom I only know by their names online.",
            "hoped_for": "Somebody to talk to who does not shout.",
            "type_of_concern": "not_sure",
        }
        forms.send("self", matter, [dict(who.FOR_THEMSELVES)])

    def _by_email(self) -> None:
        somebody, worry = who.BY_EMAIL
        teacher = self.cast.of("teacher", "essex")
        matter = forms.professional(worry, teacher, somebody)
        original = "In the team’s secure mailbox, under its day"
        person, officer = self._person(somebody), self.cast["officer.one"]
        forms.send_by_officer("email", original, "professional", matter, [person], by=officer)

    def _asks_the_referrer(self, story: Beginning) -> None:
        """The screener asks something, and the referrer comes back with the receipt code."""
        words = "Can you say on which days you saw this, and from where?"
        question = receipts.ask(story.sent.receipt, by=acting(story.officer), words=words)
        visitor = receipts.visitors_of(story.sent.code)[0]
        become(visitor)
        answer = "On two Mondays, from the yard. The door stood open."
        receipts.add(story.sent.receipt, by=visitor, kind="answer", words=answer, question=question)

    def _person(self, somebody: Somebody, more: Mapping[str, str] | None = None) -> forms.Answers:
        return forms.person(somebody, self.calendar.today, **(more or {}))


def tell(calendar: Calendar, cast: Cast) -> None:
    """Everything that comes in beside the cases that are told elsewhere."""
    door = FrontDoor(calendar, cast)
    door.waits()
    door.is_not_prevent()
    door.joins()
