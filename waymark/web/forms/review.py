"""The questions of the Prevent lead's review, of an adult or a child (2.7.6, 2.7.7)."""

from typing import Any

from django import forms

from waymark.cases.lead_review import Referring
from waymark.cases.models import Case
from waymark.directory.models import Organisation
from waymark.people.age import is_adult
from waymark.ui.forms import Choice, Choices, Prose, asked
from waymark.web.sections import Section, Sectioned

SEEN = "chair, police and the Prevent lead of this case"
SOCIAL_CARE_TOO = f"{SEEN}, and the social care it goes to"
NOBODY = "nobody"
CARE = {
    "care_to": "Select the social care that you refer to",
    "care_about": "Enter whom the referral to social care is about",
    "care_why": "Enter what harm is suspected",
}
WITH_A_CHILD = (
    "Ordinarily with the child, the family (unless implicated in potential extremism) and the"
    " other professionals who work with the child. Each conversation, or why there was none."
)
WITH_AN_ADULT = "With the person and the professionals who know them: each, or why there was none."


class ReviewForm(Sectioned):
    conversations = Prose(
        label="Which conversations were held?", who_sees=SEEN, rows=5,
        error_messages={"required": "Enter which conversations were held, or why there were none"},
    )  # fmt: skip
    harm_suspected = Choice(
        label="Is significant harm suffered or likely?",
        choices=[("no", "No"), ("yes", "Yes")],
        error_messages={"required": "Select whether significant harm is suffered or likely"},
    )
    care_to = Choice(
        label="To which social care do you refer?", choices=[], required=False,
    )  # fmt: skip
    care_about = asked(
        forms.CharField(
            label="About whom?", help_text="The person, or another child of the household.",
            max_length=200, required=False,
        ),
        who_sees=SOCIAL_CARE_TOO,
    )  # fmt: skip
    care_why = Prose(
        label="What harm is suspected, and why?", who_sees=SOCIAL_CARE_TOO, rows=3,
        required=False,
    )  # fmt: skip
    safeguarding = Prose(
        label="What was considered about safeguarding?", who_sees=SEEN, rows=3,
        help_text="Also where nothing is needed.",
        error_messages={"required": "Enter what was considered about safeguarding"},
    )  # fmt: skip
    to_ask = Choices(
        label="Which partners may know something?",
        help_text="Only those whose knowledge is needed.",
        choices=[], none=NOBODY, reveals={NOBODY: "nobody_to_ask_why"},
        error_messages={"required": "Select the partners to ask, or that there is nobody to ask"},
    )  # fmt: skip
    nobody_to_ask_why = Prose(
        label="Why is there nobody to ask?", who_sees=SEEN, rows=2,
        error_messages={"required": "Enter why there is nobody to ask"},
    )  # fmt: skip
    recommendation = Prose(
        label="What do you recommend?", who_sees=SEEN, rows=3,
        error_messages={"required": "Enter what you recommend"},
    )  # fmt: skip

    def __init__(
        self, data: Any, *, case: Case, bodies: list[Organisation], care: list[Organisation],
        name: str,
    ):  # fmt: skip
        """`care`: the social care that can be referred to; none where a referral is made."""
        super().__init__(data, version=case.version)
        self.bodies = {str(one.pk): one for one in bodies}
        self.care = {str(one.pk): one for one in care}
        self.fields["conversations"].help_text = (
            WITH_AN_ADULT if is_adult(case.person) else WITH_A_CHILD
        )
        self._asks_whom(care, name)
        self._asks_partners()

    def _asks_whom(self, care: list[Organisation], name: str) -> None:
        if not care:
            for field in CARE:
                del self.fields[field]
            return
        to = self.fields["care_to"]
        assert isinstance(to, Choice)
        to.choices = [(str(one.pk), one.name) for one in care]
        self.fields["care_about"].initial = name

    def _asks_partners(self) -> None:
        asked = self.fields["to_ask"]
        assert isinstance(asked, Choices)
        named = [(key, one.name) for key, one in self.bodies.items()]
        asked.choices = [*named, (NOBODY, "Nobody needs to be asked")]
        # a dictionary of this form's own: fields share theirs with the class
        asked.reveals = asked.reveals | {key: f"why_{key}" for key in self.bodies}
        for key, one in self.bodies.items():
            self.fields[f"why_{key}"] = Prose(
                label="What may it know, and why is it needed?", who_sees=f"{SEEN}", rows=2,
                error_messages={"required": f"Enter what {one.name} may know"},
            )  # fmt: skip

        reasons = [f"why_{key}" for key in self.bodies]  # errors are listed in the page's order
        before = ["conversations", "harm_suspected", "safeguarding", *CARE, "to_ask"]
        self.order_fields([*before, *reasons])

    def clean(self) -> dict[str, Any] | None:
        """Where harm is suspected and no referral is made yet, it is made here."""
        said = super().clean() or self.cleaned_data
        if self.care and said.get("harm_suspected") == "yes":
            for name, wrong in CARE.items():
                if not said.get(name):
                    self.add_error(name, wrong)
        return said

    def sections(self) -> list[Section]:
        return [
            Section("Conversations", ["conversations"], clause="2.4.2",
                    lead="The concern is clarified before anything else."),
            Section("Safeguarding", ["harm_suspected", "safeguarding"], clause="2.5.13",
                    lead="Where significant harm is suspected, social care is told before the"
                    " review goes on."),
            *self._referring(),
            Section("Partners to ask", ["to_ask"], clause="1.3.3",
                    lead="Information is shared only as far as is strictly necessary."),
            Section("Recommendation", ["recommendation"]),
        ]  # fmt: skip

    def _referring(self) -> list[Section]:
        if not self.care:
            return []
        lead = "Only if you answered yes above. It is sent when you sign this review."
        return [Section("The referral to social care", list(CARE), lead=lead, clause="2.5.13")]

    def referral(self) -> Referring | None:
        """The referral to social care that is made with the review, if any."""
        said = self.cleaned_data
        if not self.care or said["harm_suspected"] != "yes":
            return None
        return Referring(self.care[said["care_to"]], said["care_about"], said["care_why"])

    def named(self) -> dict[Organisation, str]:
        """Each organisation to ask, and what it may know."""
        chosen = [key for key in self.cleaned_data["to_ask"] if key != NOBODY]
        return {self.bodies[key]: self.cleaned_data[f"why_{key}"] for key in chosen}
