"""What is asked of somebody who signs in, or sets how they do."""

from typing import Any

from django import forms

from waymark.accounts.passwords import LONGEST
from waymark.ui.forms import Questions, asked


def password(label: str, *, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": "Enter your password"},
    )


def code(label: str, help_text: str = "") -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        error_messages={"required": "Enter the code"},
    )
    return asked(field, about_nobody=True)


class SignInForm(Questions):
    username = asked(
        forms.CharField(
            label="User name",
            max_length=150,
            widget=forms.TextInput(attrs={"autocomplete": "username webauthn"}),
            error_messages={"required": "Enter your user name"},
        ),
        about_nobody=True,
    )
    password = password("Password", autocomplete="current-password")


class SecondForm(Questions):
    code = code(
        "Code",
        "Six figures that your app shows now, or one of your recovery codes",
    )


class PasskeyForm(Questions):
    """What a device says is put in by the page's script."""

    said = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("said"):
            self.add_error(
                None,
                "No passkey was shown. Passkeys need JavaScript: without it, use your password and"
                " a code.",
            )
        return self.cleaned_data


class NewPasskeyForm(PasskeyForm):
    name = asked(
        forms.CharField(
            label="What do you call the device or key?",
            help_text="For example, work laptop. You see it in your list of passkeys.",
            max_length=60,
            error_messages={"required": "Enter a name for it, such as work laptop"},
        ),
        about_nobody=True,
    )


class ConfirmCodeForm(Questions):
    code = code("Code", "Six figures that your app shows now")


class ConfirmPasswordForm(Questions):
    password = password("Password", autocomplete="current-password")


class NewPasswordForm(Questions):
    new_password = password(
        "New password",
        autocomplete="new-password",
        help_text="15 characters or more. Four words of a story are easy to remember.",
    )


class CodeAppForm(Questions):
    """`offered`: the app's secret, sealed, until its first code has come."""

    offered = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
    code = code("Code that the app shows", "Six figures")
