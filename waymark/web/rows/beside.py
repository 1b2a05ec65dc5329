"""What the reader of a page may want to read beside it: guidance, signs, words, one step away."""

from typing import Any

from django.urls import reverse

from waymark.policy.document import Shelf
from waymark.policy.pack import NotInPack, in_force

GUIDANCE = ("channel_duty_guidance", "prevent_duty_guidance")


def beside_stage(stage: str) -> list[dict[str, Any]]:
    """For the pages of a case: what its stage rests on (1.1.5, 2.8.20, 2.11.1)."""
    pack = in_force()
    try:
        shelf = pack.shelf_for(stage)
    except NotInPack:
        return beside_shelf("prevent")
    record = {"text": "How to record", "href": reverse("library_text", args=["recording"])}
    return [*_of(shelf), record]


def beside_shelf(code: str) -> list[dict[str, Any]]:
    """For other pages: what stands on one shelf of the library."""
    return _of(in_force().shelf(code))


def _of(shelf: Shelf) -> list[dict[str, Any]]:
    pack = in_force()
    guidance = [pack.reference(code) for code in GUIDANCE]
    return [
        {"text": f"Library: {shelf.name}", "href": reverse("library_shelf", args=[shelf.code])},
        {"text": "Signs to look for, and how to engage people",
         "href": reverse("policy_texts", args=["signs"])},
        {"text": "What radicalisation and extremism mean", "href": reverse("definitions")},
        {"text": "The duty to co-operate", "href": reverse("library_text", args=["co_operation"])},
        *({"text": one.title, "href": one.address, "away": True} for one in guidance),
    ]  # fmt: skip
