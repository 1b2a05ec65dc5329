"""A page that asks which of several pages comes next: its form is sent with the address."""

from collections.abc import Mapping
from typing import Any

from django import forms

from waymark.ui.forms import Questions


class Choosing(Questions):
    """A form sent by GET. Sent without an answer, it says so; a first look is no sending."""

    answered = forms.CharField(widget=forms.HiddenInput, required=False, initial="yes")

    def __init__(self, sent: Mapping[str, Any]):
        """`sent`: what came with the address."""
        super().__init__(sent if set(self.base_fields) & set(sent) else None)
