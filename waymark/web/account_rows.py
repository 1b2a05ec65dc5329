"""Accounts and appointments as pages find and tell them."""

from django.http import Http404

from waymark.directory import accounts
from waymark.directory.models import Appointment, User
from waymark.policy.lateness import day_in_words

KINDS = {  # of tags, by where an appointment stands
    "In force": "active",
    "To be approved": "soon",
    "Approved, begins later": "plain",
}


def account_of(key: int) -> User:
    found = accounts.account(key)
    if found is None:
        raise Http404
    return found


def area_of(post: Appointment) -> str:
    return post.area.name if post.area else "All areas"


def until_of(post: Appointment) -> str:
    """The last day of a post; one taken back before its first day has none."""
    if post.until_date is None:
        return "No end set"
    return "Never held" if post.until_date < post.from_date else day_in_words(post.until_date)
