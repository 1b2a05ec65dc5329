"""The questions of each outcome of a screening: the same for every type of concern (R5)."""

from typing import Any

from django import forms

from waymark.directory.models import Area, User
from waymark.policy.pack import in_force
from waymark.referrals import extracts
from waymark.referrals.deciding.decisions import FOUR, Decision
from waymark.referrals.deciding.known import Known
from waymark.referrals.models import Subject
from waymark.referrals.readers import POLICE
from waymark.ui.forms import Choice, Prose, Questions, asked
from waymark.web.forms.outcome import ENDS, JOINS, NEW, REOPENS, Outcome, Reason

POLICE_READ = "the police Prevent team"
CASE_READ = "the police Prevent team, and whoever comes to see the case"
BASES = (
    ("home", "The person lives there"),
    ("found", "The person was found there"),
    ("placing_council", "The council that placed the person is there"),
    ("prison", "The prison that holds the person is there"),
    ("term", "The person lives there in term time"),
)
HINTS = {
    "what_is_new": "What does this referral tell that was not known before?",
    "what_repeats": "What of it has been said before, by the same or by others?",
    "what_was_left_open": "Which questions did earlier referrals leave without an answer?",
    "what_it_shows_together": "What do all of them show that none shows alone?",
}
ASKED_OF_A_REASON = {
    Reason.SAFEGUARDING: (
        ("passed_to", "To whom was it passed on, and who accepted it?",
         "Enter to whom it was passed on"),
    ),
    Reason.DUPLICATE: (
        ("duplicate_of", "Which referral does it repeat?",
         "Enter the reference of the referral that it repeats"),
    ),
    Reason.MALICIOUS: (
        ("motive", "What is the evidence that it was made to do harm?",
         "Enter the evidence that it was made to do harm"),
        ("content_true", "Apart from the motive: is what was said true, and how do you know?",
         "Enter whether what was said is true, and how you know"),
    ),
}  # fmt: skip
WHY: dict[str, tuple[str, str]] = {
    NEW: ("Why do you open a case?", "Enter why you open a case"),
    JOINS: ("Why does it belong to that case?", "Enter why it belongs to that case"),
    REOPENS: ("Why is the case re-opened?", "Enter why the case is re-opened"),
    Reason.SAFEGUARDING: (
        "Why is this a safeguarding matter, and not for Prevent?",
        "Enter why this is a safeguarding matter",
    ),
    Reason.MISUNDERSTANDING: (
        "What is the ordinary explanation, and how do you know?",
        "Enter what the ordinary explanation is, and how you know",
    ),
    Reason.DUPLICATE: (
        "Is anything in it new, and why is it a duplicate?",
        "Enter whether anything in it is new, and why it is a duplicate",
    ),
    Reason.MALICIOUS: (
        "Why do you find that it is not for Prevent?", "Enter why it is not for Prevent"
    ),
    Reason.NO_CONCERN: (
        "What was looked into, and what showed that nothing is needed?",
        "Enter what was looked into, and what showed that nothing is needed",
    ),
}  # fmt: skip


class DecisionForm(Questions):
    """What one outcome asks. Nothing in it depends on the type of concern."""

    def __init__(
        self, data: Any, *, outcome: Outcome, subject: Subject, user: User, same: list[Known],
        repeat: bool,
    ):  # fmt: skip
        self.outcome = outcome
        self.areas = list(Area.objects.filter(pk__in=user.areas_of(POLICE)).order_by("name"))
        super().__init__(data, version=subject.version)
        fields = self._cases(same) | self._earlier(repeat) | self._reasons()
        if outcome.outcome != ENDS:
            fields |= self._extract(subject)
        fields |= self._concern(subject) | self._area(subject)
        if outcome.outcome in (NEW, REOPENS):
            fields |= self._suspected()
        self.fields.update(fields)

    def _cases(self, same: list[Known]) -> dict[str, forms.Field]:
        if self.outcome.outcome not in (JOINS, REOPENS):
            return {}
        cases = {
            str(one.case_id): one.in_words()
            for one in same
            if one.case_id and one.case_is_open == (self.outcome.outcome == JOINS)
        }
        return {
            "case": Choice(
                label="Which case?", choices=list(cases.items()),
                initial=next(iter(cases), None) if len(cases) == 1 else None,
                error_messages={"required": "Select the case"},
            )
        }  # fmt: skip

    def _earlier(self, repeat: bool) -> dict[str, forms.Field]:
        if not repeat:
            return {}
        return {
            name: Prose(
                label=label, help_text=HINTS[name], who_sees=POLICE_READ, rows=4,
                error_messages={"required": f"Enter {label[0].lower()}{label[1:]}"},
            )
            for name, label in FOUR.items()
        }  # fmt: skip

    def _reasons(self) -> dict[str, forms.Field]:
        reason = Reason(self.outcome.reason) if self.outcome.reason else None
        lines: dict[str, forms.Field] = {}
        for name, label, missing in ASKED_OF_A_REASON.get(reason, ()) if reason else ():
            long = name in ("motive", "content_true")
            wrong = {"required": missing}
            lines[name] = (
                Prose(label=label, who_sees=POLICE_READ, rows=4, error_messages=wrong)
                if long
                else asked(
                    forms.CharField(
                        label=label, max_length=12 if name == "duplicate_of" else 200,
                        error_messages=wrong,
                    ),
                    who_sees=POLICE_READ,
                )
            )  # fmt: skip
        why, missing = WHY[reason or self.outcome.outcome]
        sees = POLICE_READ if reason else CASE_READ
        lines["why"] = Prose(label=why, who_sees=sees, error_messages={"required": missing})
        return lines

    def _extract(self, subject: Subject) -> dict[str, forms.Field]:
        about = (
            "Only what is about this person: leave out words about anybody else. Papers and others"
            " see this, never the referral itself."
        )
        return {
            "extract": Prose(
                label="What of the referral is about this person?",
                help_text=about, who_sees=CASE_READ, rows=10,
                initial=extracts.draft_for(subject),
                error_messages={"required": "Enter what of the referral is about this person"},
            )
        }  # fmt: skip

    def _concern(self, subject: Subject) -> dict[str, forms.Field]:
        kinds = [(kind.code, kind.name) for kind in in_force().types_of_concern]
        wanted = extracts.concern_of(subject.referral)
        return {
            "concern_type": asked(
                forms.ChoiceField(
                    label="Type of concern",
                    help_text="For statistics alone: it changes nothing that can be done.",
                    choices=[("", "Not said"), *kinds], required=False,
                    initial=wanted if wanted in dict(kinds) else "",
                ),
                who_sees=POLICE_READ,
            )
        }  # fmt: skip

    def _area(self, subject: Subject) -> dict[str, forms.Field]:
        """Asked where there is no case yet: a case has its area already."""
        if self.outcome.outcome in (JOINS, REOPENS):
            return {}
        areas = [(str(area.pk), area.name) for area in self.areas]
        first = str(subject.area_id) if subject.area_id else None
        return {
            "area": Choice(
                label="Which area is it for?", choices=areas,
                initial=areas[0][0] if len(areas) == 1 else first,
                error_messages={"required": "Select the area"},
            ),
            "area_basis": Choice(
                label="Why that area?", choices=BASES, initial=subject.area_basis or None,
                error_messages={"required": "Select why it is for that area"},
            ),
        }  # fmt: skip

    def _suspected(self) -> dict[str, forms.Field]:
        return {
            "suspected": Choice(
                label="Is the person suspected of illegal terrorist-related activity?",
                help_text="If so, the police must deal with it (1.3.7): the case is held by the"
                " police from the start, and others see that it is held, not why.",
                choices=[("no", "No"), ("yes", "Yes: the police hold the case")],
                reveals={"yes": "held_why"}, initial="no",
                error_messages={"required": "Select whether the person is suspected"},
            ),
            "held_why": Prose(
                label="What is suspected, and to whom has it gone?", who_sees="the police only",
                rows=4, error_messages={"required": "Enter what is suspected"},
            ),
        }  # fmt: skip

    def decision(self) -> Decision:
        """What was decided, ready for the use case."""
        said = dict(self.cleaned_data)
        chosen = said.pop("area", "")
        area = next((one for one in self.areas if str(one.pk) == chosen), None)
        case = said.pop("case", "")
        for name in ("version", "form_key", "suspected"):
            said.pop(name, None)
        return Decision(
            outcome=self.outcome.outcome, reason=self.outcome.reason, area=area,
            case_id=int(case) if case else None, **said,
        )  # fmt: skip
