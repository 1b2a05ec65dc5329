"""The task list of an unsent referral: every page of the road, and how far each has come."""

from typing import Any

from waymark.referrals.writing.answers import Place, asked_at, places
from waymark.referrals.writing.drafts import Written
from waymark.web.forms.referral import answers_at, form_at, is_complete
from waymark.web.referring import address_of, who_is

GROUPS = (("person", "The person"), ("matter", "What worries you"), ("referrer", "You"))


def groups_of(written: Written) -> list[dict[str, Any]]:
    """For each person, then of the matter, then of who refers. `remove`: which can be taken out."""
    found: list[dict[str, Any]] = []
    several = len(written.people) > 1
    for about, title in GROUPS:
        pages = [one for one in places(written) if one.topic.about == about and not one.more]
        for person in sorted({one.person for one in pages}, key=lambda n: n or 0):
            of_these = [one for one in pages if one.person == person]
            own = written.road == "self" and about == "person"
            name = who_is(of_these[0], written) or ("You" if own else title)
            number = person + 1 if several and person is not None else None
            rows = [_task(one, written) for one in of_these]
            found.append({"title": name, "rows": rows, "remove": number})
    return found


def _task(place: Place, written: Written) -> dict[str, Any]:
    follows = Place(place.topic, place.person, more=True)
    both = [place, follows] if asked_at(follows, written) else [place]
    begun = any(answers_at(one, written) for one in both)
    done = all(
        one.key in written.done and is_complete(form_at(one, written), answers_at(one, written))
        for one in both
    )
    status = "Filled in" if done else "Not finished" if begun else "Not started"
    return {
        "name": place.topic.name_for(written.road),
        "href": address_of(place),
        "status": status,
        "kind": "" if done else "active" if begun else "plain",
    }
