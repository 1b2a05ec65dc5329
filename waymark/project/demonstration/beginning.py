"""The beginning of somebody's story: the referral, and its screening."""

from typing import Any

from waymark.cases.models import Case
from waymark.directory.models import Area, User
from waymark.project.demonstration import forms
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.people import Somebody, Worry
from waymark.project.demonstration.telling import Calendar, acting
from waymark.project.demonstration.words import Words
from waymark.referrals.deciding import screening
from waymark.referrals.models import Subject
from waymark.referrals.writing.sending import Sent


class Beginning:
    """One person's story. Each step is the act of the person whose step it is."""

    case: Case
    subject: Subject
    sent: Sent

    def __init__(
        self, calendar: Calendar, cast: Cast, area: str, about: tuple[Somebody, Worry],
        *, second_officer: bool = False,
    ) -> None:  # fmt: skip
        self.calendar, self.cast, self.area = calendar, cast, area
        self.somebody, self.worry = about
        self.words = Words(*about)
        self.number = "two" if second_officer else "one"
        self.road = "professional"

    @property
    def place(self) -> Area:
        return self.cast.places.areas[self.area]

    @property
    def officer(self) -> User:
        return self.cast[f"officer.{self.number}"]

    @property
    def police_lead(self) -> User:
        return self.cast[f"lead.{self.number}"]

    @property
    def chair(self) -> User:
        return self.cast.of("chair", self.area)

    @property
    def lead(self) -> User:
        """The Prevent lead whose case it is."""
        return self.cast.of("families" if self.somebody.is_child else "adults", self.area)

    def is_of(self, case_id: int) -> bool:
        """Whether this is the story of that case, once there is one."""
        return hasattr(self, "case") and self.case.pk == case_id

    def look(self) -> Case:
        """The case as it stands, as the police lead sees it."""
        acting(self.police_lead)
        self.case = Case.objects.select_related("area", "person").get(pk=self.case.pk)
        return self.case

    def referred(self) -> None:
        """A professional, a member of the public or a relative sends the form."""
        person = forms.person(self.somebody, self.calendar.today)
        teacher = self.cast.of("teacher", self.area)
        if self.road == "professional":
            matter = forms.professional(self.worry, teacher, self.somebody)
            self.sent = forms.send(self.road, matter, [person], by=teacher)
        elif self.road == "public":
            self.sent = forms.send(self.road, forms.neighbour(self.worry), [person])
        else:
            self.sent = forms.send(self.road, forms.relative(self.worry), [person])
        self.find()

    def find(self) -> None:
        """The person as the police find them in the queue."""
        acting(self.police_lead)
        self.subject = Subject.objects.get(referral__receipt=self.sent.receipt, position=0)

    def taken(self) -> None:
        screening.take(self.subject, by=acting(self.officer))

    def screened(self, **differs: Any) -> None:
        decision = self.words.decision(self.place, **differs)
        screening.decide(self.subject, by=acting(self.officer), decision=decision)
        self.subject = Subject.objects.select_related("case").get(pk=self.subject.pk)
        if self.subject.case is not None:
            self.case = self.subject.case
