"""Dates as people give them: a day they know, or a birth date of which only a part is known."""

from calendar import month_abbr, month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from django import forms

from waymark.database.clock import today

PARTS = ("day", "month", "year")
PARTS_OR_AGE = (*PARTS, "age")
MONTHS = {
    name.lower(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
}
OLDEST = 120


@dataclass(frozen=True)
class DateOrAge:
    """A birth date in full, or its year, or month and year; or else an age in years today."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    age: int | None = None

    def exact(self) -> date | None:
        """The whole date, where it is known."""
        if self.year and self.month and self.day:
            return date(self.year, self.month, self.day)
        return None


class PartsWidget(forms.Widget):
    """Several short boxes that make one answer: what was typed is a list, part by part."""

    parts: tuple[str, ...] = PARTS

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [str(data.get(f"{name}-{part}") or "").strip() for part in self.parts]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in self.parts)

    def typed(self, value: Any) -> Sequence[str]:
        """What each box shows for `value`: as typed, or the parts of a date."""
        if isinstance(value, list | tuple):
            return [str(part) for part in value]
        parts = (getattr(value, part, None) for part in self.parts)
        return ["" if part is None else str(part) for part in parts]


class DateWidget(PartsWidget):
    pass


class DateOrAgeWidget(PartsWidget):
    parts = PARTS_OR_AGE


class PartsField(forms.Field):
    """What both kinds of date share: `called` is what error messages call the date."""

    default_error_messages = {
        "missing": "%(called)s must include a %(parts)s",
        "invalid": "%(called)s must be a real date",
        "short_year": "%(called)s must have a year of 4 numbers",
        "too_late": "%(called)s must be today or in the past",
        "too_early": "%(called)s must be today or in the future",
    }

    def __init__(
        self,
        *,
        called: str = "",
        past: bool = False,
        future: bool = False,
        who_sees: str = "",
        **options: Any,
    ):
        super().__init__(**options)
        self.called = called or str(self.label or "The date")
        self.past, self.future, self.who_sees = past, future, who_sees

    def refuse(self, code: str, wrong: Sequence[str], **params: str) -> NoReturn:
        """An error whose `wrong` parts turn red."""
        facts = {"called": self.called, "wrong": wrong, **params}
        raise forms.ValidationError(self.error_messages[code], code, facts)

    def number(self, part: str, text: str) -> int | None:
        """The number that a part says: a month may be a word."""
        if not text:
            return None
        if part == "month" and text.lower() in MONTHS:
            return MONTHS[text.lower()]
        if not text.isdecimal() or len(text) > 4:
            self.refuse("invalid", [part])
        if part == "year" and len(text) != 4:
            self.refuse("short_year", [part])
        return int(text)

    def real(self, year: int, month: int, on: int, wrong: Sequence[str] = PARTS) -> date:
        """The date, if there is one and it lies on the right side of today."""
        try:
            found = date(year, month, on)
        except ValueError:
            self.refuse("invalid", ["month"] if not 1 <= month <= 12 else wrong)
        if self.past and found > today():
            self.refuse("too_late", wrong)
        if self.future and found < today():
            self.refuse("too_early", wrong)
        return found


class DateField(PartsField):
    """A date asked for as day, month and year. `past`, `future`: today at the latest, earliest."""

    widget = DateWidget

    def clean(self, value: Any) -> date | None:
        """A date; None when nothing was typed and nothing need be."""
        if not value or not any(value):
            super().clean(None)
            return None
        if missing := [part for part, text in zip(PARTS, value, strict=True) if not text]:
            self.refuse("missing", missing, parts=" and ".join(missing))
        on, month, year = (self.number(part, text) for part, text in zip(PARTS, value, strict=True))
        assert on is not None and month is not None and year is not None  # none is missing
        return self.real(year, month, on)


class DateOrAgeField(PartsField):
    """A birth date: in full, as month and year, as a year; or about how old the person is."""

    widget = DateOrAgeWidget
    default_error_messages = {
        "both": "Enter a birth date or an approximate age, not both",
        "age": f"Approximate age must be a number from 0 to {OLDEST}",
        "too_old": "%(called)s must be a year from %(earliest)s on",
    }

    def __init__(self, **options: Any):
        super().__init__(past=True, **options)

    def clean(self, value: Any) -> DateOrAge | None:
        """What is known; None when nothing was typed and nothing need be."""
        if not value or not any(value):
            super().clean(None)
            return None
        *parts, age = value
        if age and any(parts):
            self.refuse("both", ["age"])
        return self._age(age) if age else self._birth_date(parts)

    def _age(self, text: str) -> DateOrAge:
        if not text.isdecimal() or int(text[:4]) > OLDEST:
            self.refuse("age", ["age"])
        return DateOrAge(age=int(text))

    def _birth_date(self, parts: Sequence[str]) -> DateOrAge:
        if missing := self._missing(*parts):
            self.refuse("missing", missing, parts=" and ".join(missing))
        on, month, year = (self.number(part, text) for part, text in zip(PARTS, parts, strict=True))
        assert year is not None  # it is not missing
        if year < today().year - OLDEST:
            self.refuse("too_old", ["year"], earliest=str(today().year - OLDEST))
        # in part, its earliest day stands for it: a month or year to come is still refused
        given = [part for part, text in zip(PARTS, parts, strict=True) if text]
        self.real(year, 1 if month is None else month, 1 if on is None else on, given)
        return DateOrAge(year, month, on)

    @staticmethod
    def _missing(on: str, month: str, year: str) -> list[str]:
        return [
            *(["month"] if on and not month else []),
            *([] if year else ["year"]),
        ]
