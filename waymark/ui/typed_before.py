"""Words that somebody had typed before they had to sign in again: shown once more, not judged."""

from contextvars import ContextVar
from typing import Any, Protocol

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict


class Waiting(Protocol):
    """What was typed, for the first form of a page that asks for any of it."""

    typed: QueryDict
    is_used: bool

    def take(self) -> QueryDict: ...


waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)


def take_again(form: forms.Form) -> None:
    """Fill in what waits for this form, if anything does; it shows no errors yet."""
    words = waiting.get()
    if words is None or form.is_bound or words.is_used:
        return
    parts = {name.rsplit("-", 1)[0] for name in words.typed}  # of a date
    names = {form.add_prefix(name) for name in form.fields if name != "form_key"}
    if names & (parts | set(words.typed)):
        filled: Any = form
        filled.data, filled.is_bound = words.take(), True
        filled._errors, filled.cleaned_data = ErrorDict(), {}
