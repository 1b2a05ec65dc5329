"""A page of the referral form, made from the policy pack's questions."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms

from waymark.policy.form import Choice as Pick
from waymark.policy.form import Question
from waymark.policy.pack import in_force
from waymark.referrals.answers import NOT, PICKED, choices_of, is_answered, ways_out
from waymark.referrals.drafts import Answer
from waymark.ui.dates import DateField, DateOrAgeField, PartsWidget
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked

LONGEST_LINE = 1_000
LONGEST_NAME = {"forenames": 200, "surname": 200}


class TopicForm(Questions):
    """The questions of one page. `typed` is what the draft keeps: right or wrong, as it stands."""

    questions: tuple[Question, ...] = ()
    road: str = ""
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
        for pick in choices_of(question):
            if pick.alone and pick.code in picked and len(picked) > 1:
                self.add_error(question.code, f"Pick what applies, or “{pick.name}”, not both")
                return


def topic_form(questions: list[Question], road: str) -> type[TopicForm]:
    """The form class of these questions in the words of this road."""
    fields: dict[str, Any] = {"questions": tuple(questions), "road": road}
    for question in questions:
        fields[question.code] = _field(question, road)
        if question.kind not in PICKED and ways_out(question):
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


def _field(question: Question, road: str) -> forms.Field:
    said: dict[str, Any] = {
        "label": question.text_for(road),
        "help_text": question.hint_for(road),
        "required": False,
    }
    sees = in_force().reader(question.reader).text
    match question.kind:
        case "long":
            return Prose(who_sees=sees, rows=5, **said)
        case "address":
            return Prose(who_sees=sees, rows=3, **said)
        case "choice" | "yes_no_unknown":
            return _choice(question, sees, said)
        case "many":
            return _many(question, sees, said)
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


def _choice(question: Question, sees: str, said: dict[str, Any]) -> Choice:
    picks = choices_of(question)
    return Choice(
        choices=[(pick.code, pick.name) for pick in picks],
        hints=_hints(picks),
        divider=next((pick.code for pick in ways_out(question)), ""),
        who_sees=sees,
        **said,
    )


def _many(question: Question, sees: str, said: dict[str, Any]) -> Choices:
    picks = choices_of(question)
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
        choices=[(pick.code, pick.name) for pick in ways_out(question)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _hints(picks: list[Pick]) -> dict[str, str]:
    return {pick.code: pick.hint for pick in picks if pick.hint}


def _needed(question: Question, road: str) -> str:
    """One cure: an answer, or saying that there is none."""
    out = " or ".join(f"“{pick.name}”" for pick in ways_out(question))
    said = question.text_for(road).rstrip("?")
    if question.kind in PICKED:
        return f"Choose an answer to “{said}”"
    return f"Answer “{said}”" + (f", or tick {out}" if out else "")
