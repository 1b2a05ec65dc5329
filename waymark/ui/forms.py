"""What every page's form is made from: plain Django forms, asked the GOV.UK way.

    class EndorseForm(Questions):
        decision = Choice(
            label="What do you decide?",
            choices=[("endorse", "Endorse the exit"), ("refuse", "Refuse it")],
            reveals={"refuse": "why"},
        )
        why = Prose(label="Why do you refuse?", who_sees="the panel, the chair and the police lead")

A revealed question counts only when its choice is made: `why` must be answered if *refuse* is
chosen, and is left out of `cleaned_data` as empty if not.
"""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.http import QueryDict

from waymark.ui import typed_before

LONGEST = 20_000
Asked = TypeVar("Asked", bound=forms.Field)
Reveals = Mapping[str, str | tuple[str, ...]]


def asked(
    field: Asked,
    *,
    who_sees: str = "",
    reveals: Reveals | None = None,
    about_nobody: bool = False,
) -> Asked:
    """A Django field that says who sees the answer, or whose choices reveal other questions.

    `about_nobody` lets the browser complete and spell-check it; text about people is kept from
    both, since some browsers send it away for that.
    """
    said = {"who_sees": who_sees, "reveals": dict(reveals or {}), "about_nobody": about_nobody}
    vars(field).update(said)
    return field


def revealed_by(field: forms.Field) -> Iterator[tuple[str, str]]:
    """Each value of a field that reveals a question, with the name of that question."""
    for value, shown in getattr(field, "reveals", {}).items():
        for name in (shown,) if isinstance(shown, str) else shown:
            yield value, name


class AtMost(MaxLengthValidator):
    """Says how much was typed and how much can be taken, in numbers that people can read."""

    def __call__(self, value: str) -> None:
        if len(value) > self.limit_value:
            words = f"Use {self.limit_value:,} characters or fewer: you have typed {len(value):,}"
            raise forms.ValidationError(words, "too_long")


class Prose(forms.CharField):
    """Words that are recorded, in a box that counts them and says who will see them."""

    def __init__(self, *, who_sees: str, limit: int = LONGEST, rows: int = 6, **options: Any):
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)
        self.who_sees = who_sees
        self.limit = limit
        self.validators.append(AtMost(limit))

    def to_python(self, value: Any) -> Any:
        """Line breaks count as one character, as they do while typing."""
        text = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return super().to_python(text)


class Choice(forms.ChoiceField):
    """One of a few, as radio buttons.

    `reveals`: the field, or fields, to ask when a value is chosen. `hints`: words below a choice.
    `divider`: the value that stands apart, below "or", such as *I do not know*.
    """

    def __init__(
        self,
        *,
        reveals: Reveals | None = None,
        hints: Mapping[str, str] | None = None,
        divider: str = "",
        who_sees: str = "",
        **options: Any,
    ):
        options.setdefault("widget", forms.RadioSelect())
        super().__init__(**options)
        self.reveals, self.hints = dict(reveals or {}), dict(hints or {})
        self.divider, self.who_sees = divider, who_sees


class Choices(forms.MultipleChoiceField):
    """Any of some, as check boxes. `none`: the value that excludes the others."""

    def __init__(
        self,
        *,
        reveals: Reveals | None = None,
        hints: Mapping[str, str] | None = None,
        none: str = "",
        who_sees: str = "",
        **options: Any,
    ):
        options.setdefault("widget", forms.CheckboxSelectMultiple())
        super().__init__(**options)
        self.reveals, self.hints = dict(reveals or {}), dict(hints or {})
        self.divider = self.none = none
        self.who_sees = who_sees

    def clean(self, value: Any) -> Any:
        """Refuses *none of these* together with one of these."""
        chosen = super().clean(value)
        if self.none and self.none in chosen and len(chosen) > 1:
            words = dict(flat(self.choices))[self.none]
            raise forms.ValidationError(f"Select what applies, or “{words}”, not both", "both")
        return chosen


def flat(choices: Any) -> Iterator[tuple[str, str]]:
    """The choices of a field without their groups."""
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from flat(text)
        else:
            yield str(value), str(text)


class Questions(forms.Form):
    """A page's form.

    `form_key` is the same however often one form is sent: the use case keeps it, so that what
    is sent twice happens once. With `version`, the number of what the person was looking at
    comes back with the answers, and `overtaken` says that somebody else was quicker.
    """

    use_required_attribute = False
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, version: int | None = None, **options: Any):
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.version = version
        self.fields["form_key"].initial = secrets.token_urlsafe(18)
        if version is not None:
            hidden = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=version)
            self.fields["version"] = hidden
        for name, field in self.fields.items():
            say_plainly(field, str(field.label or name))
        typed_before.take_again(self)

    @property
    def seen_version(self) -> int | None:
        """The version that the person was looking at when they answered."""
        value = str(self["version"].value()) if "version" in self.fields else ""
        return int(value) if value.isdecimal() and len(value) < 10 else None

    @property
    def overtaken(self) -> bool:
        """What the person looked at has changed since: show both, and ask again."""
        return self.is_bound and self.version is not None and self.seen_version != self.version

    def show_newest(self) -> None:
        """Keep all answers, but let the next sending be of the version now shown."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data[self.add_prefix("version")] = str(self.version)
            self.data = data
        else:
            self.data = {**self.data, self.add_prefix("version"): self.version}

    def shown_fields(self) -> list[BoundField]:
        """The questions in page order, without those that a choice reveals."""
        revealed = self.revealed_fields()
        return [field for field in self.visible_fields() if field.name not in revealed]

    def revealed_fields(self) -> dict[str, tuple[str, str]]:
        """For each revealed field: the field and the value that reveal it."""
        return {
            shown: (name, value)
            for name, field in self.fields.items()
            for value, shown in revealed_by(field)
        }

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # Django's own step; the stubs leave it out
        for name in self._unrevealed():
            self.errors.pop(name, None)
            self.cleaned_data[name] = [] if isinstance(self.fields[name], Choices) else None
            if isinstance(self.fields[name], forms.CharField):
                self.cleaned_data[name] = ""

    def _unrevealed(self) -> list[str]:
        return [
            shown
            for shown, (name, value) in self.revealed_fields().items()
            if value not in self._chosen(name)
        ]

    def _chosen(self, name: str) -> list[Any]:
        value: Any = self.cleaned_data.get(name)
        return value if isinstance(value, list) else [value]


SELECTED = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)
PLAIN_WORDS = {
    "max_length": "Use %(limit_value)d characters or fewer: you have typed %(show_value)d",
    "min_length": "Use %(limit_value)d characters or more: you have typed %(show_value)d",
    "max_value": "Enter a number of %(limit_value)s or less",
    "min_value": "Enter a number of %(limit_value)s or more",
    "invalid_choice": "Select one of the answers shown",
    "invalid_list": "Select from the answers shown",
    "null_characters_not_allowed": "Take out the character that cannot be kept, and send it again",
}


def say_plainly(field: forms.Field, label: str) -> None:
    """Our own words where a field has only Django's."""
    words = dict(PLAIN_WORDS)
    verb = "Select" if isinstance(field.widget, SELECTED) else "Enter"
    words["required"] = f"{verb} an answer to “{label.rstrip('?')}”"
    if isinstance(field, forms.EmailField):
        words["invalid"] = "Enter an e-mail address, such as name@example.org"
    elif isinstance(field, forms.IntegerField):
        words["invalid"] = "Enter a whole number"
    unsaid = {
        code: words
        for cls in reversed(type(field).__mro__)
        if cls.__module__.startswith("django.")
        for code, words in getattr(cls, "default_error_messages", {}).items()
    }
    for code, plain in words.items():
        if field.error_messages.get(code) == unsaid.get(code):
            field.error_messages[code] = plain
