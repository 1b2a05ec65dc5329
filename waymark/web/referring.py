"""What stands on every page of an unsent referral: that it is not sent, and the way out of it."""

from typing import Any

from django.urls import reverse

from waymark.database.clock import day_of, now
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.referrals.answers import Place
from waymark.referrals.drafts import KEPT_FOR, Written
from waymark.referrals.models import Referral

PERSONS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")
MOST_PEOPLE = len(PERSONS)


def unsent(written: Written, **context: Any) -> dict[str, Any]:
    """The context of refer/frame.html."""
    entered = Referral.CameBy(written.came_by).label.lower() if written.came_by else ""
    return {
        "leave_url": "" if entered else reverse("leave"),
        "unsent": True,
        "kept_until": day_in_words(day_of(now() + KEPT_FOR)),
        "entered_from": entered,
        **context,
    }


def address_of(place: Place) -> str:
    """Where a page of the form is."""
    more = ["more"] if place.more else []
    if place.person is None:
        return reverse("refer_topic" + "_more" * bool(more), args=[place.topic.code])
    view = "refer_person_topic" + "_more" * bool(more)
    return reverse(view, args=[place.person + 1, place.topic.code])


def name_of(place: Place, written: Written) -> str:
    """A page's name; with several people, which of them it is about, never who."""
    name = in_force().topic(place.topic.code).name_for(written.road)
    if place.person is None or len(written.people) == 1:
        return name
    return f"{name}: {PERSONS[place.person].lower()} person"
