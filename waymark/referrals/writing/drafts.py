"""An unsent referral: sealed so that neither the database nor the server's key alone opens it.

The browser holds the secret; the row holds its SHA-256 and the words, sealed under a key made of
the server's and the browser's secret. Whoever asks must first `become` the visitor of that
digest: no other draft exists for them.
"""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from waymark.database.clock import now
from waymark.database.sealing import Damaged, open_with, place, seal_with
from waymark.policy.pack import in_force
from waymark.referrals.models import Draft
from waymark.referrals.writing import codes

PURPOSE = "drafts"
KEPT_FOR = timedelta(days=7)
SECRET_BYTES = 32
CODE_LENGTH = 52  # characters of five bits that hold a secret

NOT = "_not"  # behind a question's code: "I do not know", "I would rather not say"
Answer = Any  # a string, a list of strings, or the parts of a date: what JSON can hold


@dataclass
class Written:
    """What has been written so far: of the matter, and of each person referred.

    Answers are kept as they were typed, right or wrong. `earlier`: by page, what another tab
    had kept there and this one followed; `tabs`: by page, which tab wrote last. `as_typed`: the
    answers that are sent although the form does not understand them, by page and question.
    `came_by` and what follows it: of an officer who enters what came on paper, by telephone or
    e-mail, and on which day (2.5.5).
    """

    road: str = ""
    matter: dict[str, Answer] = field(default_factory=dict)
    people: list[dict[str, Answer]] = field(default_factory=lambda: [{}])
    done: list[str] = field(default_factory=list)  # pages saved without a fault
    started_at: str = ""
    edition: str = ""
    earlier: dict[str, list[dict[str, Answer]]] = field(default_factory=dict)
    tabs: dict[str, str] = field(default_factory=dict)
    marked: str = ""
    as_typed: list[str] = field(default_factory=list)
    came_by: str = ""
    came_on: str = ""  # a day, as in 2026-11-25
    original_kept: str = ""
    password_travelled: str = ""

    def as_json(self) -> bytes:
        return json.dumps(self.__dict__, ensure_ascii=False, sort_keys=True).encode()


def new_secret() -> str:
    """A browser's secret: 256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def is_secret(text: str) -> bool:
    """Whether `text` has the form of a browser's secret."""
    return _bytes_of(text) is not None


def come_back_code(secret: str) -> str:
    """The secret as people can write it down, with two characters that tell a slip."""
    held = _bytes_of(secret)
    if held is None:
        raise ValueError("That is no browser's secret")
    return codes.with_check(codes.spelled(int.from_bytes(held), CODE_LENGTH))


def looks_like_code(typed: str) -> bool:
    """Whether that is as long as a come-back code, or nearly."""
    return codes.is_about(typed, CODE_LENGTH)


def secret_of(typed: str) -> str | None:
    """The secret that a come-back code stands for, or None: a slip of the pen."""
    code = codes.tidied(typed, CODE_LENGTH)
    number = codes.number_of(code[:CODE_LENGTH]) if code else 1 << 256
    if number >> 256:
        return None
    return base64.urlsafe_b64encode(number.to_bytes(SECRET_BYTES)).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """What the row and the database know of a browser's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def opened(secret: str) -> Written | None:
    """The draft of that secret, or None: never begun, sent, deleted or expired."""
    draft = Draft.objects.filter(digest=digest_of(secret), expires_at__gt=now()).first()
    return _read(draft, secret) if draft else None


def save(secret: str, written: Written) -> None:
    """Keep what was written, for seven days from now."""
    digest = digest_of(secret)
    draft = Draft.objects.filter(digest=digest).first() or Draft(digest=digest)
    _write(draft, secret, written)


def change(secret: str, edit: Callable[[Written], None]) -> Written | None:
    """Let `edit` change what was written, one tab after the other; None if there is no draft."""
    waiting = Draft.objects.select_for_update()
    draft = waiting.filter(digest=digest_of(secret), expires_at__gt=now()).first()
    written = _read(draft, secret) if draft else None
    if draft is None or written is None:
        return None
    edit(written)
    _write(draft, secret, written)
    return written


def forget(secret: str) -> None:
    """Delete the draft now: the referrer asked for it, or it was sent."""
    Draft.objects.filter(digest=digest_of(secret)).delete()


def forget_expired() -> int:
    """Delete what has expired. For the duty `expire_drafts`; returns how many were deleted."""
    return Draft.objects.filter(expires_at__lte=now()).delete()[0]


def ask_of_each(written: Written) -> Written:
    """Move to each person what was written of the matter and is asked of each person."""
    pack = in_force()
    for question in pack.form.questions:
        if pack.topic(question.topic).about == "person":
            for code in (question.code, question.code + NOT):
                typed = written.matter.pop(code, None)
                for person in written.people if typed else ():
                    person.setdefault(code, typed)
    return written


def _read(draft: Draft, secret: str) -> Written | None:
    try:
        words = open_with(PURPOSE, secret, bytes(draft.sealed), bound_to=_place(draft))
    except Damaged:
        return None
    return ask_of_each(Written(**json.loads(words)))


def _write(draft: Draft, secret: str, written: Written) -> None:
    moment = now()
    draft.sealed = seal_with(PURPOSE, secret, written.as_json(), bound_to=_place(draft))
    draft.saved_at, draft.expires_at = moment, moment + KEPT_FOR
    if draft._state.adding:
        draft.save(force_insert=True)
    else:
        draft.save(update_fields=["sealed", "saved_at", "expires_at"])


def _bytes_of(secret: str) -> bytes | None:
    try:
        held = base64.b64decode(secret + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return held if len(held) == SECRET_BYTES else None


def _place(draft: Draft) -> str:
    return place("referrals_draft", "sealed", draft.pk)
