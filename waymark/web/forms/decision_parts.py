"""The parts of what is asked of one case at a meeting."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from waymark.database.clock import today
from waymark.directory.models import User
from waymark.panels.models import Action, ActionHeard, Attendance, Decision, Position
from waymark.panels.proposals import NO_SUPPORT
from waymark.panels.reading.decisions import Before
from waymark.policy.lateness import due_in_words
from waymark.ui.dates import DateField
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked
from waymark.web.rows.decision_kinds import HINTS

Kind, Heard = Decision.Kind, ActionHeard.State
Fields = dict[str, forms.Field]
SEEN = "the panel: it goes into the minutes, with who said it"


def prose(
    label: str, wrong: str, *, help_text: str = "", rows: int = 3, required: bool = True
) -> Prose:
    return Prose(
        label=label, help_text=help_text, who_sees=SEEN, rows=rows, required=required,
        error_messages={"required": f"Enter {wrong}"},
    )  # fmt: skip


def named(one: User) -> str:
    return f"{one.name}, {one.organisation.name}"


def earlier(action: Action) -> Fields:
    """What became of an action: done, or not done because, and by when now."""
    states = [Heard.DONE, Heard.NOT_DONE]
    if action.due_date >= today():
        states.append(Heard.NOT_DUE)
    key, wrong = action.pk, f"what became of what {action.owner} was to do"
    return {
        f"heard_{key}": Choice(
            label=action.words, choices=[(one.value, one.label) for one in states],
            help_text=f"{named(action.owner)}. {due_in_words(action.due_date, today())}",
            reveals={Heard.DONE: f"done_{key}", Heard.NOT_DONE: (f"why_not_{key}", f"again_{key}")},
            error_messages={"required": f"Select {wrong}"},
        ),
        f"done_{key}": prose("What came of it?", "what came of it", rows=2),
        f"why_not_{key}": prose("Why not?", "why it is not done", rows=2),
        f"again_{key}": DateField(
            label="By when now?", called="The new date", future=True,
            error_messages={"required": "Enter by when it is done now"},
        ),
    }  # fmt: skip


def considered(before: Before) -> Fields:
    fields: Fields = {
        "information": prose(
            "On what information does the panel decide?", "on what information the panel decides",
            help_text="Who told what (2.8.9).",
        )
    }  # fmt: skip
    if before.unanswered:
        fields["unanswered"] = prose(
            "Why does the panel decide without their answer?",
            "why the panel decides without their answer", rows=2,
        )  # fmt: skip
    fields["more"] = Choice(
        label="Members were asked what else they share for Channel, of this case alone (2.8.3)",
        choices=[("nothing", "Nothing further"), ("something", "They share, or will share")],
        reveals={"something": "more_words"},
        error_messages={"required": "Select whether members share anything further"},
    )
    fields["more_words"] = prose(
        "What, by whom, and why is it necessary?", "what is shared further", rows=2
    )
    return fields


def weighing(before: Before) -> Fields:
    fields: Fields = {
        "assessment_is": Choice(
            label="What does the panel make of the assessment?",
            choices=Decision.Assessed.choices, reveals={"amended": "amended"},
            error_messages={"required": "Select whether the assessment is confirmed or amended"},
        ),
        "amended": prose("What is amended, and on whose word?", "what is amended"),
    }  # fmt: skip
    if before.same_assessment:
        fields["changed"] = prose(
            "What has changed since, factor by factor, or has not?",
            "what has changed since the last decision",
        )
    fields["risk_to_person"] = prose(
        "What is the risk to the person of being drawn in?",
        "the risk to the person of being drawn in",
    )
    fields["risk_to_society"] = prose(
        "What risk does the person pose to society?", "the risk that the person poses to society"
    )
    return fields


def kind_of(kinds: list[Decision.Kind], *, same_assessment: bool) -> Fields:
    """What is decided, with what that kind alone cannot be without."""
    reveals: dict[str, tuple[str, ...]] = {}
    fields: Fields = {}
    for kind in kinds:
        own = _of_a_kind(kind, same_assessment)
        if own:
            reveals[kind.value] = tuple(own)
            fields |= own
    choice = Choice(
        label="What does the panel decide?", choices=[(one.value, one.label) for one in kinds],
        hints={one.value: HINTS[one] for one in kinds}, reveals=reveals,
        error_messages={"required": "Select what the panel decides"},
    )  # fmt: skip
    return {"kind": choice, **fields}


def _of_a_kind(kind: Decision.Kind, same_assessment: bool) -> Fields:
    fields: Fields = {}
    if kind in (Kind.OTHER_SUPPORT, Kind.NOT_APPROPRIATE):
        fields[f"confirm_{kind}"] = Choices(
            label="The chair confirms it (2.8.5)",
            choices=[("yes", "I confirm this recommendation, and that it is recorded")],
            error_messages={"required": "Confirm the recommendation, or decide otherwise"},
        )
    if kind in NO_SUPPORT:
        fields[f"considered_{kind}"] = prose(
            "What was considered of referral to health or social care?",
            "what was considered of referral to health or social care", rows=2,
        )  # fmt: skip
        fields[f"pointed_{kind}"] = prose(
            "To whom is the person pointed, or why to nobody?", "to whom the person is pointed",
            rows=2, help_text="Who, when, and whether they have accepted (2.10.3).",
        )  # fmt: skip
    if kind == Kind.DECLINED:
        fields["review_date"] = DateField(
            label="Is it looked at again on a day?", help_text="Leave empty if not.",
            called="The date of the review", future=True, required=False,
        )  # fmt: skip
    if kind == Kind.EXIT_RECOMMENDED:
        fields |= _of_an_exit(same_assessment)
        fields["referrer_asked"] = prose(
            "What did the referrer say when asked again, or why were they not asked?",
            "what the referrer said, or why they were not asked",
        )
    return fields


def _of_an_exit(same_assessment: bool) -> Fields:
    """What has changed is asked of every exit, and once."""
    remains = prose(
        "What risk or need remains after the exit, and who looks to it?",
        "what remains after the exit",
    )
    if same_assessment:
        return {"remains": remains}
    changed = prose(
        "What has changed since the last decision, factor by factor?",
        "what has changed since the last decision",
    )
    return {"changed_at_exit": changed, "remains": remains}


def told() -> Fields:
    return {
        "social_care": Choice(
            label="Is a referral to social care made?", choices=[("no", "No"), ("yes", "Yes")],
            reveals={"yes": "social_care_by"},
            error_messages={"required": "Select whether a referral to social care is made"},
        ),
        "social_care_by": prose("Who makes it, and by when?", "who makes the referral", rows=2),
        "told_what": prose(
            "What will the person be told?", "what the person will be told", rows=2,
            help_text="Or why they are not told yet.",
        ),
        "told_by": asked(
            forms.CharField(label="By whom, and when?", max_length=300,
                            error_messages={"required": "Enter who tells the person"}),
            who_sees=SEEN,
        ),
    }  # fmt: skip


def reasons(again: date | None) -> Fields:
    return {
        "reasons": prose("What are the reasons?", "the reasons of the decision"),
        "next_review_date": DateField(
            label="When does the panel look at it next?", called="The date of the next review",
            future=True, required=False, initial=again,
        ),
    }  # fmt: skip


def agreement(members: Iterable[Attendance]) -> Fields:
    """All agree: one answer. Else each member’s position, with the words of who disagrees."""
    fields: Fields = {}
    for each in members:
        name = each.user.name if each.user else each.organisation.name
        fields[f"stance_{each.pk}"] = Choice(
            label=f"{name}, {each.capacity}", choices=Position.Stance.choices, initial="agrees",
            error_messages={"required": f"Select the position of {name}"},
        )  # fmt: skip
        fields[f"words_{each.pk}"] = Prose(
            label=f"Why does {name} disagree, or abstain?", who_sees=SEEN, rows=2, required=False
        )
    fields["dissent"] = prose(
        "What else is to stand in the minutes of it?", "", rows=2, required=False,
        help_text="What each member who disagrees says stands there anyway.",
    )  # fmt: skip
    agreed = Choice(
        label="Do all members present agree?",
        choices=[("all", "All agree"), ("apart", "Not all agree")],
        reveals={"apart": tuple(fields)},
        error_messages={"required": "Select whether all members agree"},
    )
    return {"agreed": agreed, **fields}


def action(number: int, people: Mapping[str, User]) -> Fields:
    called = f"Action {number + 1}"
    whom = [("", "Nobody"), *((key, named(one)) for key, one in people.items())]
    return {
        f"action_{number}": Prose(
            label=f"{called}: what is to be done?", who_sees=f"{SEEN}; and whoever does it",
            rows=2, required=False,
        ),
        f"owner_{number}": asked(
            forms.ChoiceField(label=f"{called}: by whom?", choices=whom, required=False),
            about_nobody=True,
        ),
        f"due_{number}": DateField(
            label=f"{called}: by when?", called=f"{called}: the date", future=True, required=False
        ),
    }  # fmt: skip


def check_actions(form: Questions, most: int) -> None:
    """An action has its words, somebody who does it, and a day: all or none."""
    given: dict[str, Any] = form.cleaned_data
    for number in range(most):
        said = [given.get(f"{name}_{number}") for name in ("action", "owner", "due")]
        if any(said) and not said[0]:
            form.add_error(f"action_{number}", "Enter what is to be done")
        if any(said) and not said[1]:
            form.add_error(f"owner_{number}", "Select who does it")
        if any(said) and not said[2] and not form.errors.get(f"due_{number}"):
            form.add_error(f"due_{number}", "Enter by when it is done")


def check_stances(form: Questions, members: Iterable[Attendance]) -> None:
    """Whoever disagrees says why."""
    for each in members:
        against = form.cleaned_data.get(f"stance_{each.pk}") == "disagrees"
        if against and not (form.cleaned_data.get(f"words_{each.pk}") or "").strip():
            name = each.user.name if each.user else each.organisation.name
            form.add_error(f"words_{each.pk}", f"Enter why {name} disagrees")
