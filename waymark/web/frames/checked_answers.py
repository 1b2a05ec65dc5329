"""What is looked over before sending: every answer, what is missing, what is not understood."""

from typing import Any

from waymark.referrals.writing.answers import Place, asked_at, missing, places, row_of
from waymark.referrals.writing.drafts import Written
from waymark.referrals.writing.ready import is_too_long
from waymark.web.forms.referral import not_understood
from waymark.web.referring import address_of, change_address, name_of, who_is, whose_is

Rows = list[dict[str, Any]]


def sections_of(written: Written) -> Rows:
    """The answers, page by page, each with the way to change it."""
    found: Rows = []
    for place in places(written):
        whose = whose_is(place, written).lower()
        rows = [
            row_of(place, question, written)
            | {"change": change_address(place, question), "whose": whose}
            for question in asked_at(place, written)
        ]
        if place.more and found:
            found[-1]["rows"] += rows
        else:
            found.append({"title": _title(place, written), "rows": rows})
    return found


def _title(place: Place, written: Written) -> str:
    who = who_is(place, written)
    return f"{place.topic.name_for(written.road)}. {who}" if who else name_of(place, written)


def missing_from(written: Written) -> Rows:
    """What was to be answered and was not, each with the way to it."""
    return [
        {
            "name": _named(place, written, question.text_for(written.road)),
            "href": change_address(place, question),
        }
        for place, question in missing(written)
    ]


def refused_in(written: Written) -> Rows:
    """The answers that the form does not understand, each with why and the way to it."""
    return [
        {
            "name": _named(place, written, question.text_for(written.road)),
            "why": why,
            "href": change_address(place, question),
        }
        for place, question, why in not_understood(written)
    ]


def names_of_refused(written: Written) -> list[str]:
    """The same answers as the draft names them."""
    return [place.name_of(question) for place, question, _ in not_understood(written)]


def cure_of(written: Written) -> str:
    """Where to change what holds the sending back; empty where no one page does."""
    happened = next((one for one in places(written) if one.topic.code == "happened"), None)
    if happened is None or is_too_long(written):
        return ""
    return f"{address_of(happened)}?back=check#id_how_noticed"


def _named(place: Place, written: Written, question: str) -> str:
    who = who_is(place, written)
    return f"{who}. {question}" if who else question
