"""Keeping a page of the form: as typed, and so that one tab loses nothing of another's."""

import hashlib
import json
from collections.abc import Mapping

from waymark.referrals.writing.answers import Place, kept_at
from waymark.referrals.writing.drafts import Answer, Written

REMEMBERED = 5  # texts of other tabs, for each page


def digest_of(answers: Mapping[str, Answer]) -> str:
    """What a page's answers were when it was shown: tells one tab from another."""
    text = json.dumps(_given(answers), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def keep(
    written: Written, place: Place, typed: Mapping[str, Answer], *, tab: str, seen: str
) -> None:
    """Keep what was typed on a page. What another tab kept there meanwhile is set beside it.

    `tab`: of the form that was typed in. `seen`: the digest of what it was shown with.
    """
    answers = kept_at(place, written)
    kept = {code: answers.get(code, "") for code in typed}
    by_another = written.tabs.get(place.key) != tab and digest_of(kept) != seen
    if by_another and _given(kept) and _given(kept) != _given(typed):
        beside = written.earlier.setdefault(place.key, [])
        beside.append(_given(kept))
        del beside[:-REMEMBERED]
    answers.update(typed)
    written.tabs[place.key] = tab


def settle(written: Written, place: Place, *, complete: bool) -> None:
    """The page was saved by its button, with the other tab's words in view."""
    written.earlier.pop(place.key, None)
    done = [key for key in written.done if key != place.key]
    written.done = [*done, place.key] if complete else done


def add_person(written: Written) -> None:
    written.people.append({})


def remove_person(written: Written, number: int) -> None:
    """Take one person out, with all that was said of them alone; the others move up."""
    del written.people[number]

    def moved(key: str) -> str | None:
        topic, _, rest = key.partition(":")
        whose, _, more = rest.partition(":")
        if not whose.isdecimal() or int(whose) < number:
            return key
        if int(whose) == number:
            return None
        return ":".join(filter(None, (topic, str(int(whose) - 1), more)))

    written.done = [new for key in written.done if (new := moved(key))]
    written.tabs = {new: tab for key, tab in written.tabs.items() if (new := moved(key))}
    written.earlier = {new: was for key, was in written.earlier.items() if (new := moved(key))}


def _given(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {code: typed for code, typed in answers.items() if typed}
