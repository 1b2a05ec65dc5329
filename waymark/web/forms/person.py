"""The questions of each kind of fact about a person, and the use case that each answers to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from waymark.cases.known import person
from waymark.cases.known.person import Source
from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.directory.models import User
from waymark.people.facts import words_of
from waymark.people.models import Address, BirthDate, Fact
from waymark.support import ages
from waymark.ui.dates import DateOrAge, DateOrAgeField
from waymark.ui.forms import Choice, Prose, Questions, asked

WHO_SEES = "the police, the chair, and the Prevent lead whose case it is"
NAME_SEEN = f"{WHO_SEES}; the co-ordinator"
PROTECTED_SEEN = "the police and the chair alone, where it is protected"


class FactForm(Questions):
    """Every fact says where it comes from; one that corrects another, what was wrong with it."""

    source = asked(
        forms.CharField(
            label="Where does this come from?",
            help_text="Who says so, or which record: for example “The school’s register”.",
            max_length=200,
            error_messages={"required": "Enter where this comes from"},
        ),
        who_sees=WHO_SEES,
    )
    corrected = Prose(
        label="What was wrong?",
        who_sees=WHO_SEES,
        rows=3,
        error_messages={"required": "Enter what was wrong"},
    )
    order: tuple[str, ...] = ()

    def __init__(self, data: Any, *, corrects: Fact | None):
        super().__init__(data)
        self.corrects = corrects
        if corrects is None:
            del self.fields["corrected"]
        else:
            self.initial = self.written(corrects)
        self.order_fields([*self.order, "source", "corrected"])

    def written(self, fact: Fact) -> dict[str, Any]:
        """The row that is corrected, as its boxes begin: what was right in it is not typed anew."""
        return {name: getattr(fact, name) for name in self.order}

    def said_by(self) -> Source:
        given = self.cleaned_data
        return Source(given["source"], self.corrects, given.get("corrected", ""))

    def facts(self) -> dict[str, Any]:
        """The fact itself, as its use case takes it."""
        return {name: self.cleaned_data[name] for name in self.order}


class NameForm(FactForm):
    forenames = asked(
        forms.CharField(label="Forenames", max_length=200, required=False), who_sees=NAME_SEEN
    )
    surname = asked(
        forms.CharField(label="Surname", max_length=200, required=False), who_sees=NAME_SEEN
    )
    kind = Choice(
        label="What kind of name is it?",
        choices=[
            ("given", "The name that the person was given or goes by"),
            ("other", "Another name that they use or have used"),
            ("spelling", "Another spelling"),
        ],
        error_messages={"required": "Select what kind of name it is"},
    )
    order = ("forenames", "surname", "kind")


class BirthDateForm(FactForm):
    born = DateOrAgeField(
        label="When were they born?",
        help_text="In full, or the month and year, or the year; or about how old they are.",
        called="The birth date",
        who_sees=WHO_SEES,
        error_messages={"required": "Enter a birth date or an approximate age"},
    )
    order = ("born",)

    def written(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, BirthDate)
        return {"born": DateOrAge(fact.year, fact.month, fact.day, fact.age)}

    def facts(self) -> dict[str, Any]:
        return birth_of(self.cleaned_data["born"], today())


def birth_of(born: DateOrAge, on: date) -> dict[str, Any]:
    """What was answered, as its use case takes it: an age is one on the day `on`."""
    return {
        "year": born.year, "month": born.month, "day": born.day, "age": born.age,
        "age_on_date": None if born.age is None else on,
    }  # fmt: skip


class AddressForm(FactForm):
    words = Prose(
        label="What is the address?",
        who_sees=f"{WHO_SEES}; {PROTECTED_SEEN}",
        rows=4,
        limit=1000,
        error_messages={"required": "Enter the address"},
    )
    lives = Choice(
        label="Do they live there now?",
        choices=[("yes", "Yes"), ("no", "No: an earlier address")],
        error_messages={"required": "Select whether they live there now"},
    )
    protected = Choice(
        label="Must it be protected?",
        help_text="Such as a refuge or a foster home. It is sealed, and read by the police and"
        " the chair alone.",
        choices=[("no", "No"), ("yes", "Yes, protect it")],
        error_messages={"required": "Select whether it must be protected"},
    )
    order = ("words", "lives", "protected")

    def written(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, Address)
        return {
            "words": words_of(fact),
            "lives": "yes" if fact.current else "no",
            "protected": "yes" if fact.protected else "no",
        }

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "words": given["words"],
            "current": given["lives"] == "yes",
            "protected": given["protected"] == "yes",
        }


class TelephoneForm(FactForm):
    number = asked(
        forms.CharField(
            label="Telephone number",
            max_length=40,
            error_messages={"required": "Enter the telephone number"},
        ),
        who_sees=WHO_SEES,
    )
    order = ("number",)


class EmailForm(FactForm):
    address = asked(
        forms.CharField(
            label="E-mail address",
            max_length=200,
            error_messages={"required": "Enter the e-mail address"},
        ),
        who_sees=WHO_SEES,
    )
    order = ("address",)


class PlaceForm(FactForm):
    kind = Choice(
        label="What is it?",
        choices=[
            ("school", "A school or college"),
            ("work", "A place of work"),
            ("none", "Neither: the person does not learn or work anywhere"),
        ],
        error_messages={"required": "Select whether it is a school, a place of work or neither"},
    )
    name = asked(
        forms.CharField(
            label="What is it called, and where is it?",
            help_text="If neither, how that is: for example “Taught at home since Easter”.",
            max_length=300,
            error_messages={"required": "Enter what it is called, or how it is that there is none"},
        ),
        who_sees=WHO_SEES,
    )
    order = ("kind", "name")


class IdentifierForm(FactForm):
    scheme = asked(
        forms.CharField(
            label="What kind of number is it?",
            help_text="For example NHS number, unique pupil number or social care number.",
            max_length=60,
            error_messages={"required": "Enter what kind of number it is"},
        ),
        who_sees=WHO_SEES,
    )
    value = asked(
        forms.CharField(
            label="The number", max_length=100, error_messages={"required": "Enter the number"}
        ),
        who_sees=WHO_SEES,
    )
    order = ("scheme", "value")


@dataclass(frozen=True)
class Kind:
    """`one`: what a single row is called, such as "a name"."""

    one: str
    form: type[FactForm]
    use_case: Callable[..., Fact]


KINDS = {
    "name": Kind("a name or spelling", NameForm, person.add_name),
    "birth-date": Kind("a birth date or age", BirthDateForm, ages.add_birth_date),
    "address": Kind("an address", AddressForm, person.add_address),
    "telephone": Kind("a telephone number", TelephoneForm, person.add_telephone),
    "email": Kind("an e-mail address", EmailForm, person.add_email),
    "place": Kind("a school or place of work", PlaceForm, person.add_place),
    "identifier": Kind("a number", IdentifierForm, person.add_identifier),
}


def added(kind: str, case: Case, form: FactForm, *, by: User) -> Fact:
    """The fact that was answered, added by the use case of its kind."""
    return KINDS[kind].use_case(case, by=by, source=form.said_by(), **form.facts())
