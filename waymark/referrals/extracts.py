"""What of a referral is about one person: the draft of an extract, and what was asked and given."""

from collections.abc import Iterator
from typing import Any

from waymark.cases.models import Case
from waymark.referrals.models import Extract, Referral, Subject

# Answers that are about somebody else: the family, who noticed, who was told, whom to ask.
ABOUT_OTHERS = frozenset(
    {
        "household", "parental_responsibility", "contacts_of_concern", "pressed_by", "who_saw",
        "insider", "insider_who", "told_somebody", "others_told", "other_agencies", "talked_with",
        "talked_with_detail", "consent_who", "actions_so_far",
    }
)  # fmt: skip
OTHERS_TOPICS = frozenset({"noticed", "own_lead", "referrer", "told"})
OF_ITSELF = frozenset({"forenames", "surname", "other_names", "birth", "type_of_concern"})
EXACT = ("exact_words", "happened", "how_noticed")  # what was said or done, the words first
Row = dict[str, Any]


def draft_for(subject: Subject) -> str:
    """What an extract may begin with: the answers about this person, as they were given.

    Where the referral is about others too, what happened may be about one of them, so that only
    what was asked about this very person is taken.
    """
    others, lines = has_others(subject), []
    for row in subject.referral.document:
        if _is_about(row, subject, others) and (answer := in_words(row)):
            lines.append(f"{row.get('question', '')}\n{answer}")
    return "\n\n".join(lines)


def has_others(subject: Subject) -> bool:
    """Whether the referral is about more people, also such as the reader may not see."""
    asked = {row.get("person") for row in subject.referral.document} - {None, subject.position}
    return bool(asked) or subject.position > 0 or subject.referral.subjects.count() > 1


def _is_about(row: Row, subject: Subject, others: bool) -> bool:
    if row.get("code") in ABOUT_OTHERS | OF_ITSELF or row.get("topic") in OTHERS_TOPICS:
        return False
    person = row.get("person")
    return person == subject.position if person is not None else not others


def in_words(row: Row) -> str:
    """An answer as text; several that were picked, one a line."""
    answer = row.get("answer", "")
    return "\n".join(map(str, answer)) if isinstance(answer, list) else str(answer or "").strip()


def referrers_words(referral: Referral) -> list[Row]:
    """What was said or done in the referrer's words: what a reason is held against."""
    by_code = {row.get("code"): row for row in referral.document if in_words(row)}
    found = [by_code[code] for code in EXACT if code in by_code]
    return found or [row for row in referral.document if in_words(row)][:3]


def concern_of(referral: Referral) -> str:
    """The type of concern as the referrer saw it: a code of the policy pack, or nothing."""
    for row in referral.document:
        if row.get("code") == "type_of_concern":
            return str(row.get("value") or "")
    return ""


def as_sent(referral: Referral) -> Iterator[tuple[str, int | None, list[Row]]]:
    """The document in its order: each heading, whom it is about, and its questions."""
    group: list[Row] = []
    key: tuple[str, int | None] | None = None
    for row in referral.document:
        here = (str(row.get("heading") or row.get("topic") or ""), row.get("person"))
        if key is not None and here != key:
            yield *key, group
            group = []
        key = here
        group.append(row)
    if key is not None:
        yield *key, group


def extracts_of(case: Case) -> list[Extract]:
    """What of each referral is about the person of this case, the first first."""
    found = Extract.objects.filter(subject__case=case).select_related("by")
    return list(found.order_by("at", "pk"))
