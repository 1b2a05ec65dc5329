"""The single questions of a support plan: of a need, and of a piece of support."""

from typing import Any

from django import forms

from waymark.policy.pack import in_force
from waymark.support.models import Need, Piece
from waymark.ui.dates import DateField
from waymark.ui.forms import Prose, asked

SEEN = "the panel, and those who write on this case"
PROVIDER = "the panel, and the lead and provider of this piece of support"
Choices = list[tuple[str, str]]
Fields = dict[str, forms.Field]


def select(label: str, choices: Choices, wrong: str, **more: Any) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=label, choices=[("", "Select one"), *choices], **more,
        error_messages={"required": f"Select {wrong}"},
    )  # fmt: skip
    return asked(field, about_nobody=True)


def choose_from(field: forms.Field, choices: Choices) -> None:
    """Give the choices to a question that `select` made, once they are known."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "Select one"), *choices]


def prose(label: str, wrong: str, *, sees: str = SEEN, **more: Any) -> Prose:
    rows = more.pop("rows", 3)
    return Prose(
        label=label, who_sees=sees, rows=rows, error_messages={"required": f"Enter {wrong}"}, **more
    )


def how_far() -> Fields:
    """At which level, where it is not the plan's, and for whom (2.8.10, 2.8.11)."""
    levels = [(level.code, level.name) for level in in_force().support_levels]
    return {
        "level": select(
            "At which level is it?", levels, "at which level it is", required=False,
            help_text="Leave it where it is the level of the whole plan.",
        ),
        "level_why": prose(
            "If it is at another level: why would a lower one not do?",
            "why a lower level would not do", required=False, rows=2,
        ),
        "whole_family": asked(
            forms.ChoiceField(
                label="Is it for the whole family?", choices=FAMILY, required=False, initial="no"
            ),
            about_nobody=True,
        ),
    }  # fmt: skip


FAMILY = [("no", "No, for the person"), ("yes", "Yes, for the whole family")]


def what(needs: Choices) -> Fields:
    """What it is, what it addresses, and what the provider is asked to do."""
    kinds = [(kind.code, f"{kind.name}: {kind.explained}") for kind in in_force().support_kinds]
    return {
        "kind": select("Which kind of support?", kinds, "which kind of support"),
        "need": select("Which need does it address?", needs, "which need it addresses"),
        "aim": prose(
            "What does the person want from it, in their own words?",
            "what the person wants from it", rows=2,
            help_text="If they were not asked yet, say so and why.",
        ),
        "answers_how": prose(
            "How does it answer risk and vulnerability?",
            "how it answers the person’s risk and vulnerability",
        ),
        "locally": prose(
            "What is there locally?", "what there is locally", rows=2,
            help_text="What was looked for nearby, and why this was chosen.",
        ),
        "works_how": prose(
            "How will one see that it works?", "how one will see that it works", rows=2,
            help_text="What will be different, and who will notice.",
        ),
        **how_far(),
        "brief": prose(
            "What is the provider asked to do?", "what the provider is asked to do",
            sees=PROVIDER, help_text="The written brief: support starts when it is accepted.",
        ),
    }  # fmt: skip


def who(leads: Choices, bodies: Choices, workers: Choices, *, not_now: str) -> Fields:
    """`not_now`: in a sentence, the providers that cannot be chosen now."""
    return {
        "lead": select("Who leads it?", leads, "who leads it"),
        "provider": select(
            "Which organisation gives it?",
            bodies,
            "which organisation gives it",
            help_text=not_now,
        ),
        "worker": select("Who gives it there?", workers, "who gives it", required=False),
    }


def when() -> Fields:
    return {
        "rhythm": select("How often?", list(Piece.Rhythm.choices), "how often"),
        "sessions": forms.IntegerField(
            label="How many sessions are ordered?", min_value=1, max_value=200,
            error_messages={
                "required": "Enter how many sessions are ordered",
                "invalid": "How many sessions are ordered must be a whole number, such as 6",
                "min_value": "How many sessions are ordered must be 1 or more",
                "max_value": "How many sessions are ordered must be 200 or fewer",
            },
        ),
        "from_date": DateField(
            label="From which day?", called="The first day",
            error_messages={"required": "Enter from which day"},
        ),
        "until_date": DateField(
            label="Until which day?", called="The last day",
            error_messages={"required": "Enter until which day"},
        ),
    }  # fmt: skip


def safely() -> Fields:
    """The risk to the worker, and how to make contact (2.8.7)."""
    return {
        "risk_to_worker": prose(
            "What is the risk to whoever gives it?", "what the risk to whoever gives it is",
            sees=PROVIDER, help_text="Or that there is none, and why.",
        ),
        "risk_done": prose(
            "What is done about that risk?", "what is done about that risk",
            sees=PROVIDER, rows=2, help_text="Or that nothing needs to be.",
        ),
        "safe_contact": prose(
            "What is the safe way to make contact?", "the safe way to make contact",
            sees=PROVIDER, rows=2,
        ),
    }  # fmt: skip


def own_need(number: int) -> dict[str, forms.Field]:
    called = f"Further need {number + 1}"
    return {
        f"own_{number}_kind": asked(
            forms.ChoiceField(
                label=f"{called}: of which kind?", choices=Need.Kind.choices, required=False,
                initial=Need.Kind.NEED.value,
            ),
            about_nobody=True,
        ),
        f"own_{number}": prose(f"{called}: what is to be addressed?", "it", required=False, rows=2),
        f"own_{number}_not": prose(
            f"{called}: if no support below addresses it, why not?", "why not", required=False,
            rows=2,
        ),
    }  # fmt: skip
