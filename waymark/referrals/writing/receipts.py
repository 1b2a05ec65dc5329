"""The receipt: 26 random characters and two to check them, the referrer's only way back (S38).

A slip of the pen is told by the check alone. Stored is a keyed digest; the code itself is shown
once, and for an hour to the browser that sent.
"""

import hashlib
from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.tasks import give
from waymark.cases.words import needs
from waymark.database.actor import Actor, Visitor
from waymark.database.clock import now
from waymark.database.keys import random_reference
from waymark.database.sealing import Damaged, keyed_digests, open_with, place
from waymark.directory.models import Area, Role, User
from waymark.directory.permission import Refused, act
from waymark.files.uploads import Upload
from waymark.referrals import added_files
from waymark.referrals.models import Addition, Question, Receipt
from waymark.referrals.once import once
from waymark.referrals.writing import codes
from waymark.referrals.writing.codes import in_fours as in_fours
from waymark.referrals.writing.drafts import digest_of

PURPOSE = "receipts"
LENGTH = 26


def new_code() -> str:
    """A new receipt code: 130 random bits and a check."""
    return codes.with_check(random_reference(LENGTH))


def tidied(typed: str) -> str | None:
    """The code meant by what was typed, or None: a slip of the pen, told without a look-up."""
    return codes.tidied(typed, LENGTH)


def looks_like_code(typed: str) -> bool:
    """Whether that is as long as a receipt code, or nearly."""
    return codes.is_about(typed, LENGTH)


def visitors_of(code: str) -> list[Visitor]:
    """Who the holder of that code may be, the newest key first: `become` each until one sees it."""
    return [Visitor(digest) for digest in keyed_digests(PURPOSE, code)]


def shown(visitor: Visitor) -> Receipt | None:
    """The receipt that this visitor holds; expired is like unknown."""
    today = now().date()
    return Receipt.objects.filter(digest=visitor.digest, until_date__gte=today).first()


def code_again(secret: str) -> tuple[Receipt, str] | None:
    """The receipt and its code once more, for the browser that sent, for an hour (S40)."""
    receipt = Receipt.objects.filter(draft_digest=digest_of(secret)).first()
    if receipt is None or receipt.again_until_at < now():
        return None
    try:
        where = place("referrals_receipt", "sealed_code", receipt.pk)
        code = open_with(PURPOSE, secret, bytes(receipt.sealed_code), bound_to=where)
    except Damaged:
        return None
    return receipt, code.decode()


def already_sent(secret: str) -> bool:
    """Whether the draft of this secret has been sent."""
    return Receipt.objects.filter(draft_digest=digest_of(secret)).exists()


def may_ask(user: User, receipt: Receipt) -> None:
    """The police Prevent team asks, as long as the matter is being looked at."""
    if receipt.state == Receipt.State.ENDED:
        raise Refused(
            "Each person in this referral has been screened, so nothing more can be asked",
            clause="2.5.6",
            until="A new concern comes in as a new referral.",
        )


@act
def ask(receipt: Receipt, *, by: User, words: str, key: str = "") -> Question:
    """Put a question to whoever sent the referral. It must name nobody: say so beside the box.

    `key`: of the form that it was typed in; what is sent twice with the same is asked once.
    """
    may_ask(by, receipt)
    said = needs(words, why="Nothing is asked", clause="2.5.6", until="Write the question.")
    asked = Question(receipt=receipt, words=said, by=by, at=now())
    return once(asked, by=by, key=key, then=lambda made: _wait_for_answer(made, by=by))


def _wait_for_answer(asked: Question, *, by: User) -> None:
    """Whoever asked sees to it that silence is noticed; no date of the screening moves."""
    record("question_asked", by=by, at=asked.at, row=asked, receipt=asked.receipt_id)
    waiting = asked.receipt.referral.subjects.exclude(state="screened").order_by("position")
    give(
        "await_answer", by=by, role=Role.POLICE_OFFICER, user=by, clause="2.5.6",
        why="See whether the referrer has answered", limit="referrer_answer",
        subject_id=waiting.values_list("pk", flat=True).first(), object_id=asked.pk,
    )  # fmt: skip


@act
def add(
    receipt: Receipt,
    *,
    by: Actor,
    kind: str,
    words: str,
    question: Question | None = None,
    key: str = "",
    files: Sequence[Upload] = (),
) -> None:
    """Answer, correct or add something: a row of its own, told to whoever holds the matter.

    `key`: of the form that it was typed in; what is sent twice with the same is kept once.
    `files`: that come with it, into quarantine first.
    """
    person = by if isinstance(by, User) else None
    added = Addition(
        receipt=receipt, question=question, kind=kind, words=words, at=now(), by=person
    )
    if key:
        added.pk = _key_of(receipt, key)
    try:
        with transaction.atomic():
            added.save(force_insert=True)
    except IntegrityError:
        return
    record("referral_added_to", by=by, at=added.at, row=added, receipt=receipt.pk)
    added_files.hang(files, added, by=by)
    _tell(receipt, added, by=by)


def _key_of(receipt: Receipt, key: str) -> int:
    """The same row key for the same form: 63 bits of a digest."""
    said = hashlib.sha256(f"{receipt.digest} {key}".encode()).digest()
    return int.from_bytes(said[:8]) >> 1


def _tell(receipt: Receipt, added: Addition, *, by: Actor) -> None:
    """A task for whoever has each of the people in it, which a visitor may not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM matters_of(%s)", [receipt.pk])
        matters = cursor.fetchall()
    for subject_id, case_id, area_id, lead_first, user_id in sorted(
        matters, key=lambda matter: matter[1] or 0
    ):
        role = Role.POLICE_LEAD if lead_first else Role.POLICE_OFFICER
        give(
            "read_addition",
            by=by,
            role=role,
            why="Read what a referrer has added",
            clause="2.5.6",
            limit="screening",
            case=Case(pk=case_id) if case_id else None,
            area=Area(pk=area_id) if area_id else None,
            user=User(pk=user_id) if user_id else None,
            subject_id=subject_id,
            object_id=added.pk,
        )
