"""What stands on every page of an unsent referral: that it is not sent, and the way out of it;
and how its pages are called and found."""

from datetime import date
from typing import Any

from django.urls import reverse

from waymark.database.clock import day_of, now
from waymark.policy.form import Question
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.referrals.models import Referral
from waymark.referrals.writing.answers import Place
from waymark.referrals.writing.drafts import KEPT_FOR, Written

PERSONS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")
MOST_PEOPLE = len(PERSONS)


def unsent(written: Written, **context: Any) -> dict[str, Any]:
    """The context of refer/frame.html. `here` names the page, so that it offers no way to itself.

    What an officer enters for somebody stands in the officer's own frame.
    """
    entered = Referral.CameBy(written.came_by).label.lower() if written.came_by else ""
    return {
        "leave_url": "" if entered else reverse("leave"),
        "officers": bool(entered),
        "section": "referrals" if entered else "",
        "unsent": True,
        "kept_until": day_in_words(day_of(now() + KEPT_FOR)),
        "entered_from": entered,
        "came_on": day_in_words(date.fromisoformat(written.came_on)) if written.came_on else "",
        **context,
    }


def address_of(place: Place) -> str:
    """Where a page of the form is."""
    more = ["more"] if place.more else []
    if place.person is None:
        return reverse("refer_topic" + "_more" * bool(more), args=[place.topic.code])
    view = "refer_person_topic" + "_more" * bool(more)
    return reverse(view, args=[place.person + 1, place.topic.code])


def change_address(place: Place, question: Question) -> str:
    """Where an answer is changed: at the very question, and from there back to check them all."""
    part = {"date": "-day", "date_or_age": "-day"}.get(question.kind, "")
    return f"{address_of(place)}?back=check#id_{question.code}{part}"


def name_of(place: Place, written: Written) -> str:
    """A page's name; with several people, which of them it is about, never who."""
    name = in_force().topic(place.topic.code).name_for(written.road)
    if place.more:
        name = f"{name}, a little more"
    whose = whose_is(place, written)
    return f"{name}: {whose.lower()}" if whose else name


def whose_is(place: Place, written: Written) -> str:
    """Which of several people a page is about, as in "Second person"; of one alone, nothing."""
    if place.person is None or len(written.people) == 1:
        return ""
    return f"{PERSONS[place.person]} person"


def who_is(place: Place, written: Written) -> str:
    """The same with the name that was typed: never for a title or an address."""
    if not (whose := whose_is(place, written)) or place.person is None:
        return ""
    said = written.people[place.person]
    name = " ".join(str(said.get(code, "")).strip() for code in ("forenames", "surname")).strip()
    return f"{whose}: {name}" if name else whose
