"""What a referrer sends, and what the police make of it."""

from waymark.referrals.models.asked import Addition, Question
from waymark.referrals.models.files import AddedFile
from waymark.referrals.models.other import Advice, FormRequest, Paper
from waymark.referrals.models.screening import (
    Extract,
    Screening,
    ScreeningConfirmation,
    ScreeningReturn,
)
from waymark.referrals.models.sent import Apart, Draft, Receipt, Referral, Referrer, Subject

__all__ = [
    "AddedFile",
    "Addition",
    "Advice",
    "Apart",
    "Draft",
    "Extract",
    "FormRequest",
    "Paper",
    "Question",
    "Receipt",
    "Referral",
    "Referrer",
    "Screening",
    "ScreeningConfirmation",
    "ScreeningReturn",
    "Subject",
]
