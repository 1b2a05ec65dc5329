"""Sending: the draft becomes a referral, whole or not at all, once however often it is sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from waymark.audit.events import record
from waymark.cases.tasks import give
from waymark.database.actor import Actor
from waymark.database.clock import day_of, now, today
from waymark.database.keys import random_reference
from waymark.database.sealing import keyed_digest, place, seal, seal_with
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.people.models import (
    Address,
    BirthDate,
    Email,
    Name,
    Person,
    Place,
    Telephone,
)
from waymark.policy.days import due_date
from waymark.policy.pack import in_force
from waymark.referrals import flood
from waymark.referrals.models import Apart, Draft, Receipt, Referral, Referrer, Subject
from waymark.referrals.writing import drafts, receipts

AGAIN_FOR = timedelta(hours=1)
SOURCE = "The referral"


@dataclass(frozen=True)
class Came:
    """How a referral came in, where an officer enters it (2.5.5)."""

    by: str = Referral.CameBy.ONLINE
    on: date | None = None
    original_kept: str = ""
    password_travelled: str = ""


@dataclass(frozen=True)
class Sent:
    """What is said back: the code is shown and printed, never mailed."""

    receipt: Receipt
    code: str


@act
def send(secret: str, written: "Sending", *, by: Actor, came: Came = Came()) -> Sent:
    """Receive what the draft of `secret` says, for each person in it (2.7.2).

    Sent twice is received once: the second time the first receipt comes back.
    """
    may_enter(by, came)
    draft = Draft.objects.select_for_update().filter(digest=drafts.digest_of(secret))
    if not list(draft):  # of two at once, the second comes here when the first is done
        if again := receipts.code_again(secret):
            return Sent(*again)
        raise Refused(
            "This referral was already sent, or it was deleted",
            clause="2.5.6",
            until="Start again, or come back with your receipt code.",
        )
    moment = now()
    referral = _referral(secret, written, by=by, came=came, moment=moment)
    _referrer(referral, written, by=by)
    for position, facts in enumerate(written.people):
        _subject(referral, position, facts, by=by, lead_first=written.lead_first)
    sent = _receipt(secret, referral, by=by, moment=moment)
    drafts.forget(secret)
    return sent


@dataclass(frozen=True)
class PersonFacts:
    """What a referrer says of one person, by what it is."""

    forenames: str = ""
    surname: str = ""
    other_names: tuple[str, ...] = ()
    birth: Mapping[str, int] | None = None  # year, month, day, or age
    addresses: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()  # (school or work, name)
    apart: tuple[Mapping[str, Any], ...] = ()  # protected traits, as asked and answered


@dataclass(frozen=True)
class Sending:
    """A referral ready to be sent.

    `document`: one dict for each question, as asked and as answered, in order. `referrer`:
    what they say of themselves, to be sealed.
    """

    road: str
    document: list[dict[str, Any]]
    people: tuple[PersonFacts, ...]
    referrer: Mapping[str, Any]
    stays_unknown: bool = False
    unknown_by_wish: bool = True
    lead_first: bool = False
    concern_date: date | None = None
    organisation_name: str = ""
    marked: str = ""


def may_enter(user: Actor, came: Came) -> None:
    """What came on paper, by telephone or e-mail is entered by the police Prevent team."""
    if came.by == Referral.CameBy.ONLINE:
        return
    if not (isinstance(user, User) and user.roles_in() & {Role.POLICE_OFFICER, Role.POLICE_LEAD}):
        raise Refused(
            "Only the police Prevent team enters what came in by another way", clause="2.5.5"
        )
    if came.on is None or came.on > today():
        raise Refused(
            "The day on which it came in is missing or still to come",
            clause="2.5.6",
            until="Say when the paper, call or e-mail came in.",
        )
    if not came.original_kept.strip():
        raise Refused(
            "Nothing is said of where the original is kept",
            clause="2.5.5",
            until="Say where it can be found.",
        )


def _referral(
    secret: str, written: Sending, *, by: Actor, came: Came, moment: datetime
) -> Referral:
    person = by if isinstance(by, User) else None
    referral = Referral.objects.create(
        reference=random_reference(),
        edition=in_force().code,
        road=written.road,
        document=written.document,
        came_by=came.by,
        original_kept=came.original_kept,
        password_travelled=came.password_travelled,
        received_at=moment,
        came_date=came.on,
        concern_date=written.concern_date,
        organisation_name=written.organisation_name,
        marked=written.marked or (flood.MARK if flood.is_flood() else ""),
        sent_by=person if came.by == Referral.CameBy.ONLINE else None,
        entered_by=person if came.by != Referral.CameBy.ONLINE else None,
        draft_digest=drafts.digest_of(secret),
    )
    record("referral_received", by=by, at=moment, row=referral, came=str(came.by))
    return referral


def _referrer(referral: Referral, written: Sending, *, by: Actor) -> None:
    referrer = Referrer(
        referral=referral,
        stays_unknown=written.stays_unknown,
        unknown_by_wish=written.unknown_by_wish,
    )
    words = json.dumps(dict(written.referrer), ensure_ascii=False).encode()
    where = place("referrals_referrer", "sealed", referrer.pk)
    referrer.sealed = seal("referrers", words, bound_to=where)
    referrer.save(force_insert=True)
    record("referrer_sealed", by=by, at=referral.received_at, row=referrer)


def _subject(
    referral: Referral,
    position: int,
    facts: PersonFacts,
    *,
    by: Actor,
    lead_first: bool,
) -> None:
    moment = referral.received_at
    person = Person.objects.create(source="referral", made_at=moment)
    _facts_of(person, facts, by=by, moment=moment)
    subject = Subject.objects.create(
        referral=referral, person=person, position=position, lead_first=lead_first
    )
    record("subject_received", by=by, at=moment, row=subject, referral=referral.pk)
    if facts.apart:
        Apart.objects.create(subject=subject, document=[dict(row) for row in facts.apart])
    give(
        "read_first" if lead_first else "screen",
        by=by,
        role=Role.POLICE_LEAD if lead_first else Role.POLICE_OFFICER,
        why="A new referral: say whether it goes on in Prevent.",
        clause="2.5.6",
        due=due_date(referral.came_date or moment, in_force().limit("screening")),
        subject_id=subject.pk,
    )


def _facts_of(person: Person, facts: PersonFacts, *, by: Actor, moment: datetime) -> None:
    said: dict[str, Any] = {
        "person": person,
        "source": SOURCE,
        "noted_at": moment,
        "by": by if isinstance(by, User) else None,
    }
    Name.objects.create(forenames=facts.forenames, surname=facts.surname, **said)
    for other in facts.other_names:
        forenames, _, surname = other.rpartition(" ")
        Name.objects.create(forenames=forenames, surname=surname, kind="other", **said)
    if facts.birth and (facts.birth.get("year") or facts.birth.get("age")):
        on = day_of(moment) if facts.birth.get("age") else None
        BirthDate.objects.create(age_on_date=on, **facts.birth, **said)
    for lines in facts.addresses:
        Address.objects.create(lines=lines, **said)
    for number in facts.telephones:
        Telephone.objects.create(number=number, **said)
    for address in facts.emails:
        Email.objects.create(address=address, **said)
    for kind, name in facts.places:
        Place.objects.create(kind=kind, name=name, **said)


def _receipt(secret: str, referral: Referral, *, by: Actor, moment: datetime) -> Sent:
    code = receipts.new_code()
    receipt = Receipt(
        referral=referral,
        digest=keyed_digest(receipts.PURPOSE, code),
        draft_digest=referral.draft_digest,
        again_until_at=moment + AGAIN_FOR,
        sent_by=referral.sent_by,
        received_at=moment,
        until_date=day_of(moment) + timedelta(days=365),
    )
    where = place("referrals_receipt", "sealed_code", receipt.pk)
    receipt.sealed_code = seal_with(receipts.PURPOSE, secret, code.encode(), bound_to=where)
    receipt.save(force_insert=True)
    record("receipt_made", by=by, at=moment, row=receipt)
    return Sent(receipt, code)
