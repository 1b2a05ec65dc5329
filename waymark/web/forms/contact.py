"""The questions of a contact: which office, whose, and how it is reached (Annex B)."""

from typing import Any

from django import forms

from waymark.directory import offices
from waymark.directory.contacts import all_organisations
from waymark.directory.models import Area, Contact, Role, areas_by_code
from waymark.directory.offices import Reached
from waymark.policy.pack import in_force
from waymark.ui.forms import Choice, Questions, asked

EVERYBODY = "everybody with an account; if it is published, everybody"
ELSE = "other"
YES_NO = [("yes", "Yes"), ("no", "No")]


class Narrow(forms.Form):
    """By area, by kind of organisation and by post (B.1): asked by GET."""

    area = forms.ChoiceField(label="Area", required=False)
    kind = forms.ChoiceField(label="Kind of organisation", required=False)
    post = forms.ChoiceField(
        label="Post", required=False, choices=[("", "All posts"), *Role.choices]
    )

    def __init__(self, data: Any):
        super().__init__(data, label_suffix="")
        areas = [(code, area.name) for code, area in areas_by_code().items()]
        kinds = [(kind.code, kind.name) for kind in in_force().organisation_kinds]
        self._choices("area", [("", "All areas"), *areas])
        self._choices("kind", [("", "All kinds"), *kinds])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What is asked for, by name; what is not among the answers counts as not asked."""
        self.is_valid()
        return {name: said for name, said in self.cleaned_data.items() if said}

    def in_words(self, name: str) -> str:
        """The words of what was chosen."""
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices[self.cleaned_data[name]])


class ContactForm(Questions):
    """`areas`: those that the reader may keep; `everywhere`: whether "All areas" is one choice."""

    office = Choice(
        label="Which office?",
        choices=[],
        reveals={ELSE: "other_office"},
        divider=ELSE,
        error_messages={"required": "Select the office"},
    )
    other_office = forms.CharField(
        label="What is the office called?",
        max_length=120,
        error_messages={"required": "Enter what the office is called"},
    )
    organisation = forms.ChoiceField(
        label="Of which organisation?", error_messages={"required": "Select the organisation"}
    )
    area = forms.ChoiceField(
        label="For which area?", error_messages={"required": "Select the area"}
    )
    held_by = asked(
        forms.CharField(
            label="Who holds it?",
            help_text="Two people can share an office: enter a contact for each, or both names.",
            max_length=120,
            required=False,
        ),
        who_sees=EVERYBODY,
    )
    email = asked(
        forms.EmailField(label="E-mail address", max_length=254, required=False),
        who_sees=EVERYBODY,
    )
    telephone = asked(
        forms.CharField(label="Telephone number", max_length=30, required=False),
        who_sees=EVERYBODY,
    )
    shared = Choice(
        label="Who reads this e-mail address?",
        choices=[("shared", "Several people: it is shared"), ("personal", "One person only")],
        error_messages={"required": "Select who reads this e-mail address"},
    )
    secure = Choice(
        label="Is the e-mail address secure?",
        help_text="Such as nhs.net, .pnn, cjsm, .gsi, or a system such as Egress.",
        choices=YES_NO,
        error_messages={"required": "Select whether the e-mail address is secure"},
    )
    published = Choice(
        label="Shall everybody see it, without an account?",
        choices=YES_NO,
        error_messages={"required": "Select whether everybody shall see it"},
    )

    def __init__(self, data: Any, *, areas: list[Area], everywhere: bool, **options: Any):
        super().__init__(data, **options)
        self.areas: dict[str, Area | None] = {str(one.pk): one for one in areas}
        self.bodies = {str(one.pk): one for one in all_organisations()}
        named = [(key, one.name) for key, one in self.areas.items() if one]
        if everywhere:
            self.areas["all"] = None
            named.insert(0, ("all", "All areas"))
        bodies = [(key, one.name) for key, one in self.bodies.items()]
        self._choices("area", [("", "Select an area"), *named] if len(named) > 1 else named)
        self._choices("organisation", [("", "Select an organisation"), *bodies])
        self._choices(
            "office",
            [*((one, one) for one in offices.offices()), (ELSE, "Another office")],
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def reached(self) -> Reached:
        """What was answered, as the use cases take it."""
        said = self.cleaned_data
        return Reached(
            office=said["other_office"] if said["office"] == ELSE else said["office"],
            organisation=self.bodies[said["organisation"]],
            area=self.areas[said["area"]],
            held_by=said["held_by"],
            email=said["email"],
            telephone=said["telephone"],
            shared=said["shared"] == "shared",
            secure=said["secure"] == "yes",
            published=said["published"] == "yes",
        )


def as_it_is(contact: Contact) -> dict[str, str]:
    """A contact as the answers that the form begins with."""
    known = contact.office in offices.offices()
    return {
        "office": contact.office if known else ELSE,
        "other_office": "" if known else contact.office,
        "organisation": str(contact.organisation_id),
        "area": str(contact.area_id or "all"),
        "held_by": contact.held_by,
        "email": contact.email,
        "telephone": contact.telephone,
        "shared": "shared" if contact.shared else "personal",
        "secure": "yes" if contact.secure else "no",
        "published": "yes" if contact.published else "no",
    }
