"""A page of the referral form, made from the policy pack's questions."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms

from waymark.policy.form import Choice as Pick
from waymark.policy.form import Question
from waymark.policy.pack import in_force
from waymark.referrals.writing.answers import (
    NOT,
    PICKED,
    Place,
    asked_at,
    choices_of,
    in_words,
    is_answered,
    kept_at,
    places,
    ways_out,
)
from waymark.referrals.writing.drafts import Answer, Written
from waymark.ui.dates import DateField, DateOrAgeField, PartsWidget
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked

LONGEST_LINE = 1_000
LONGEST_NAME = {"forenames": 200, "surname": 200}


class TopicForm(Questions):
    """The questions of one page. `typed` is what the draft keeps: right or wrong, as it stands.

    `who_sees`: who sees the whole page, where that is the same for all of its questions; then it
    is not said again beside each.
    """

    questions: tuple[Question, ...] = ()
    road: str = ""
    who_sees: str = ""
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    shown = forms.IntegerField(widget=forms.HiddenInput, required=False)
    asked_as = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean(self) -> dict[str, Any]:
        """An answer that the form needs may be that one does not know, but it is an answer."""
        cleaned = super().clean() or {}
        answers = self.typed()
        for question in self.questions:
            if question.code in self.errors:
                continue
            if question.required and not is_answered(question, answers):
                self.add_error(question.code, _needed(question, self.road))
            if question.kind == "many":
                self._clean_alone(question, answers)
            if ticked := answers.get(question.code + NOT):
                self._clean_ways_out(question, answers, ticked)
        return cleaned

    def typed(self) -> dict[str, Answer]:
        """Everything on the page as it was typed or ticked."""
        found: dict[str, Answer] = {}
        for question in self.questions:
            for name in (question.code, question.code + NOT):
                if name in self.fields:
                    found[name] = _plain(self[name].value())
        return found

    def _clean_alone(self, question: Question, answers: Mapping[str, Answer]) -> None:
        picked = set(answers.get(question.code, []))
        for pick in choices_of(question, self.road):
            if pick.alone and pick.code in picked and len(picked) > 1:
                self.add_error(question.code, f"Pick what applies, or “{pick.name}”, not both")
                return

    def _clean_ways_out(
        self, question: Question, answers: Mapping[str, Answer], ticked: list[str]
    ) -> None:
        """“I do not know” stands beside no answer, and beside no other tick."""
        names = [f"“{pick.name}”" for pick in ways_out(question) if pick.code in ticked]
        if in_words(question, dict(answers)):
            words = f"Write an answer, or tick {' or '.join(names)}, not both"
            self.add_error(question.code, words)
        elif len(names) > 1:
            self.add_error(question.code, f"Tick {' or '.join(names)}, not both")


def form_at(place: Place, written: Written) -> type[TopicForm]:
    """The form class of a page, as things stand."""
    return topic_form(asked_at(place, written), written.road)


def answers_at(place: Place, written: Written) -> dict[str, Answer]:
    """What is kept of a page's questions, as it was typed."""
    answers, form = kept_at(place, written), form_at(place, written)
    return {code: answers[code] for code in form.base_fields if answers.get(code)}


def not_understood(written: Written) -> list[tuple[Place, Question, str]]:
    """The answers that the form refuses, as against those that are missing, and why."""
    return [
        (place, question, errors[question.code])
        for place in places(written)
        if (errors := _errors(place, written))
        for question in asked_at(place, written)
        if question.code in errors and is_answered(question, kept_at(place, written))
    ]


def _errors(place: Place, written: Written) -> dict[str, str]:
    """The first fault of each question on a page, also where it is in the ticks below its box."""
    form = form_at(place, written)
    found = form(_as_sent(form, answers_at(place, written))).errors
    return {code.removesuffix(NOT): str(errors[0]) for code, errors in found.items()}


def topic_form(questions: list[Question], road: str) -> type[TopicForm]:
    """The form class of these questions in the words of this road."""
    readers = {question.reader for question in questions}
    once = in_force().reader(readers.pop()).text if len(readers) == 1 else ""
    fields: dict[str, Any] = {"questions": tuple(questions), "road": road, "who_sees": once}
    for question in questions:
        sees = "" if once else in_force().reader(question.reader).text
        fields[question.code] = _field(question, road, sees)
        if question.kind not in PICKED and ways_out(question, road):
            fields[question.code + NOT] = _ways_out_field(question, road)
    return type("PageForm", (TopicForm,), fields)


def is_complete(form: type[TopicForm], answers: Mapping[str, Answer]) -> bool:
    """Whether what the draft keeps would pass as it stands."""
    return form(_as_sent(form, answers)).is_valid()


def digest_of_questions(questions: list[Question], road: str) -> str:
    """What was asked when a page was shown: tells an old page from today's."""
    said = [(one.code, one.text_for(road), one.hint_for(road)) for one in questions]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _as_sent(form: type[TopicForm], answers: Mapping[str, Answer]) -> dict[str, Any]:
    data: dict[str, Any] = dict(answers)
    for name, field in form.base_fields.items():
        if isinstance(field.widget, PartsWidget):
            typed = answers.get(name) or [""] * len(field.widget.parts)
            for part, text in zip(field.widget.parts, typed, strict=True):
                data[f"{name}-{part}"] = text
    return data


def _plain(value: Any) -> Answer:
    if isinstance(value, list | tuple):
        parts = [str(one).replace("\0", "") for one in value]
        return parts if any(parts) else []
    return str(value or "").replace("\r\n", "\n").replace("\0", "")


def _field(question: Question, road: str, sees: str) -> forms.Field:
    said: dict[str, Any] = {
        "label": question.text_for(road),
        "help_text": question.hint_for(road),
        "required": False,
    }
    match question.kind:
        case "long":
            return Prose(who_sees=sees, rows=5, **said)
        case "address":
            return Prose(who_sees=sees, rows=3, **said)
        case "choice" | "yes_no_unknown":
            return _choice(question, sees, said, road)
        case "many":
            return _many(question, sees, said, road)
        case "date_or_age":
            return DateOrAgeField(who_sees=sees, called="The date of birth", **said)
        case "date":
            return DateField(who_sees=sees, past=True, **said)
        case _:
            return _line(question, sees, said)


def _line(question: Question, sees: str, said: dict[str, Any]) -> forms.Field:
    longest = LONGEST_NAME.get(question.code, LONGEST_LINE)
    if question.kind == "telephone":
        said["widget"] = forms.TextInput(attrs={"inputmode": "tel"})
    if question.kind == "email":
        return asked(forms.EmailField(max_length=longest, **said), who_sees=sees)
    return asked(forms.CharField(max_length=longest, strip=False, **said), who_sees=sees)


def _choice(question: Question, sees: str, said: dict[str, Any], road: str) -> Choice:
    picks = choices_of(question, road)
    return Choice(
        choices=[(pick.code, pick.name) for pick in picks],
        hints=_hints(picks),
        divider=next((pick.code for pick in ways_out(question, road)), ""),
        who_sees=sees,
        **said,
    )


def _many(question: Question, sees: str, said: dict[str, Any], road: str) -> Choices:
    picks = choices_of(question, road)
    return Choices(
        choices=[(pick.code, pick.name) for pick in picks],
        hints=_hints(picks),
        none=next((pick.code for pick in picks if pick.alone), ""),
        who_sees=sees,
        **said,
    )


def _ways_out_field(question: Question, road: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=f"If you have no answer: {question.text_for(road)}",
        choices=[(pick.code, pick.name) for pick in ways_out(question, road)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _hints(picks: list[Pick]) -> dict[str, str]:
    return {pick.code: pick.hint for pick in picks if pick.hint}


def _needed(question: Question, road: str) -> str:
    """One cure: an answer, or saying that there is none."""
    out = " or ".join(f"“{pick.name}”" for pick in ways_out(question, road))
    said = question.text_for(road).rstrip("?")
    if question.kind in PICKED:
        return f"Choose an answer to “{said}”"
    return f"Answer “{said}”" + (f", or tick {out}" if out else "")
