"""The questions of an account: whose it is, where its e-mail goes, how its factors were lost."""

from typing import Any

from django import forms

from waymark.directory.contacts import all_organisations
from waymark.directory.models import Organisation
from waymark.ui.forms import Prose, Questions, asked

WHO_SEES = "the administrators of accounts"


class EmailForm(Questions):
    email = asked(
        forms.EmailField(
            label="What is their e-mail address at work?",
            help_text="The link goes there. Nothing personal is ever in an e-mail.",
            error_messages={"required": "Enter their e-mail address"},
        )
    )


class OpenForm(EmailForm):
    name = asked(
        forms.CharField(
            label="What is their name?",
            max_length=120,
            error_messages={"required": "Enter their name"},
        )
    )
    organisation = forms.ChoiceField(
        label="Which organisation do they work for?",
        error_messages={"required": "Select their organisation"},
    )
    username = asked(
        forms.RegexField(
            regex=r"^[a-z0-9][a-z0-9._-]*$",
            label="Which user name do they sign in with?",
            help_text="Small letters, figures, dots and hyphens, such as r.fairwater",
            max_length=60,
            error_messages={
                "required": "Enter a user name",
                "invalid": "Use small letters, figures, dots and hyphens",
            },
        )
    )
    field_order = ("name", "organisation", "username", "email")

    def __init__(self, data: Any):
        super().__init__(data)
        self.bodies = {str(one.pk): one for one in all_organisations()}
        named = [(key, one.name) for key, one in self.bodies.items()]
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            ("", "Select an organisation"), *named,
        ]  # fmt: skip

    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        body: Organisation = self.bodies[said["organisation"]]
        return {
            "name": said["name"],
            "username": said["username"],
            "email": said["email"],
            "organisation": body,
        }


class LostForm(Questions):
    words = Prose(
        label="How do you know that it is them?",
        help_text="Such as: seen in person, or rung back on the number in the directory.",
        who_sees=WHO_SEES,
        error_messages={"required": "Enter how you know that it is them"},
    )
