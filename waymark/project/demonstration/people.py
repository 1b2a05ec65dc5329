"""What is known of somebody who was referred, and of the worry: all of it invented."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Somebody:
    """A person referred. `age`: today; `birthday`: month and day. `place`: school or work.

    `adult_in`: days until they are 18, of somebody whose birthday must be near.
    """

    forenames: str
    surname: str
    age: int
    birthday: tuple[int, int]
    town: str
    place: str
    adult_in: int = 0

    @property
    def name(self) -> str:
        return f"{self.forenames} {self.surname}"

    @property
    def is_child(self) -> bool:
        return self.age < 18

    def born(self, today: date) -> date:
        """The birth date that makes them so old today."""
        if self.adult_in:
            day = today + timedelta(days=self.adult_in)
            return date(day.year - 18, day.month, min(day.day, 28))
        had_it = self.birthday <= (today.month, today.day)
        return date(today.year - self.age - (not had_it), *self.birthday)


@dataclass(frozen=True)
class Worry:
    """What somebody was worried about. `kind`: a type of concern of the policy pack.

    `factor`: what of the framework is found; `support`: the kind of support that answers it.
    """

    kind: str
    noticed: str
    said: str
    explanation: str
    draws: str  # what or who draws the person in
    holds: str  # what is good for them
    need: str
    factor: str
    support: str
    activity: str
