"""The form as different people fill it in, and the ways on which it comes in (2.5.5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from waymark.database.actor import Visitor
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.project.demonstration.people import Somebody, Worry
from waymark.project.demonstration.telling import acting
from waymark.referrals.writing import drafts, ready, sending
from waymark.referrals.writing.sending import Came, Sent

Answers = dict[str, Any]
TELEPHONE = "07700 900{:03}"


def person(somebody: Somebody, today: date, **more: Any) -> Answers:
    """What the form asks about a person."""
    born = somebody.born(today)
    place = {"school": somebody.place} if somebody.age < 20 else {"occupation": somebody.place}
    said: Answers = {
        "forenames": somebody.forenames,
        "surname": somebody.surname,
        "birth": [str(born.day), str(born.month), str(born.year), ""],
        "address": f"{somebody.birthday[0] * 7} {somebody.surname} Row, {somebody.town}",
        "insider": "no",
        **place,
    }
    return said | more


def matter(worry: Worry, since: str = "about two weeks ago") -> Answers:
    """What the form asks about what happened."""
    return {
        "how_noticed": worry.noticed,
        "exact_words": worry.said,
        "when_happened": since,
        "ordinary_explanation": worry.explanation,
        "first_noticed_date": since,
        "type_of_concern": worry.kind,
    }


def professional(worry: Worry, by: User, somebody: Somebody) -> Answers:
    """A teacher or other professional who has spoken with their own lead."""
    child = somebody.is_child
    return matter(worry) | {
        "who_saw": "I heard it myself, and so did a colleague.",
        "inference": f"It may come from {worry.draws}.",
        "strengths": worry.holds,
        "under_18": "yes" if child else "no",
        "parental_responsibility": "Their mother" if child else "",
        "local_procedures": "followed",
        "local_procedures_detail": "Our own lead looked at it with me the same day.",
        "told": "both" if child else "person",
        "told_response": "They were surprised, and glad that somebody asked.",
        "consent": "given",
        "consent_who": "Their mother" if child else somebody.name,
        "noticed_by": "me",
        "lead_consulted": "yes",
        "lead_name": "Our safeguarding lead",
        "lead_outcome": "We agreed that this is the right way, so that support comes early.",
        "referrer_unknown": "named",
        "referrer_name": by.name,
        "referrer_role": "Teacher",
        "referrer_organisation": by.organisation.name,
        "referrer_relationship": "I teach them",
        "referrer_telephone": TELEPHONE.format(101),
        "referrer_email": by.email,
    }


def neighbour(worry: Worry, *, named: bool = False) -> Answers:
    """A member of the public, who would rather not be named."""
    return matter(worry) | {
        "who_saw": "I heard it myself.",
        "told": "no",
        "noticed_by": "me",
        "referrer_unknown": "named" if named else "unknown",
        "referrer_name": "Dee Meadowgate",
        "referrer_relationship": "We live in the same street",
        "referrer_telephone": TELEPHONE.format(102),
    }


def relative(worry: Worry) -> Answers:
    """A relative or friend who knows the person well."""
    return matter(worry) | {
        "who_saw": "I saw it at home.",
        "strengths": worry.holds,
        "changes": "Quieter than before the summer, and always at the screen.",
        "told": "no",
        "told_why_not": ["unsure"],
        "consent": "not_sought",
        "noticed_by": "me",
        "referrer_unknown": "unknown",
        "referrer_name": "Cam Meadowgate",
        "referrer_relationship": "A cousin",
        "referrer_telephone": TELEPHONE.format(103),
    }


def send(
    road: str, matter: Answers, people: Sequence[Answers], *, by: User | None = None,
    came: Came | None = None,
) -> Sent:  # fmt: skip
    """Fill in the form and send it: as a visitor, or by somebody with an account."""
    secret = drafts.new_secret()
    digest = drafts.digest_of(secret)
    actor = by or Visitor(digest)
    become(actor, showing=digest if by else "")
    given = drafts.Written(road=road, matter=dict(matter), people=[dict(one) for one in people])
    written = drafts.ask_of_each(given)
    ready.may_send(written)
    drafts.save(secret, written)
    return sending.send(secret, ready.as_sending(written), by=actor, came=came or Came())


def send_by_officer(
    way: str, original: str, road: str, matter: Answers, people: Sequence[Answers], *, by: User
) -> Sent:
    """Enter what came on paper, by telephone or by e-mail."""
    password = "By telephone, an hour later" if way == "email" else ""
    came = Came(by=way, on=today(), original_kept=original, password_travelled=password)
    return send(road, matter, people, by=acting(by), came=came)
