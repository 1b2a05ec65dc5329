"""Accounts and appointments as pages find and tell them."""

from django.http import Http404

from waymark.directory import accounts
from waymark.directory.models import Appointment, User

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
