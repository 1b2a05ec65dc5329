"""How old somebody is, by what is known of them: the one place that tells a child from an adult."""

import calendar
from datetime import date

from waymark.database.clock import today
from waymark.people.models import AgeDispute, BirthDate, Person
from waymark.policy.pack import in_force

ADULT = 18  # years


def comes_of_age(born: date) -> date:
    """The eighteenth birthday. Of somebody born on 29 February: as the policy pack says."""
    return _birthday(born, born.year + ADULT)


def adult_on(born: date, day: date) -> bool:
    """Whether somebody born then is 18 on `day`."""
    return day >= comes_of_age(born)


def eighteenth(person: Person) -> date | None:
    """The first day on which they are certainly 18, by the latest birth date; None: not known."""
    latest = next(iter(person.birth_dates.all()), None)
    return comes_of_age(_latest_day(latest)) if latest else None


def dispute_of(person: Person) -> AgeDispute | None:
    """The dispute about their age that no assessment has ended yet, if any."""
    disputes = person.age_disputes.all()
    return next((one for one in disputes if not hasattr(one, "assessment")), None)


def is_adult(person: Person, day: date | None = None) -> bool:
    """18 or over on `day`, by what is known. Age unknown or disputed: a child until assessed."""
    since = eighteenth(person)
    return since is not None and (day or today()) >= since and dispute_of(person) is None


def age_in_words(person: Person) -> str:
    """Their age today, as far as it is known: "16", "15 or 16", "About 16"."""
    latest = next(iter(person.birth_dates.all()), None)
    if latest is None:
        return "Not known"
    if born := latest.exact():
        return str(today().year - born.year - (today() < _birthday(born, today().year)))
    if latest.year:
        age = today().year - latest.year
        return f"{age - 1} or {age}"
    return f"About {_years_since(latest)}"


def _years_since(birth: BirthDate) -> int:
    """The age that was said on a day, and the whole years since."""
    said, day = birth.age_on_date, today()
    assert birth.age is not None and said is not None  # the table holds it
    return birth.age + day.year - said.year - (day < _birthday(said, day.year))


def _latest_day(birth: BirthDate) -> date:
    """The last day on which somebody so described can have been born."""
    if born := birth.exact():
        return born
    if birth.year:
        month = birth.month or 12
        return date(birth.year, month, calendar.monthrange(birth.year, month)[1])
    assert birth.age is not None and birth.age_on_date is not None  # the table holds it
    return _birthday(birth.age_on_date, birth.age_on_date.year - birth.age)


def _birthday(born: date, year: int) -> date:
    """The day and month of `born` in another year; for a 29 February that it lacks, the day that
    the policy pack says (F19)."""
    if not is_leap_day(born) or calendar.isleap(year):
        return born.replace(year=year)
    return date(year, 2, 28) if in_force().ages.leap_birthday == "28 February" else date(year, 3, 1)


def is_leap_day(born: date) -> bool:
    return (born.month, born.day) == (2, 29)
