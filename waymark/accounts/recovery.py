"""Ten codes that stand in once each for a second factor, kept as Argon2id only (S18)."""

import secrets

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.db.models.functions import Now

from waymark.accounts.models import RecoveryCode
from waymark.audit.events import record
from waymark.database.clock import now
from waymark.database.keys import CROCKFORD
from waymark.directory.models import User

CODES = 10
LENGTH = 10  # characters of five bits


class OfChance(Argon2PasswordHasher):
    """Argon2id as strong as it has to be: what it hides was drawn by lot, and there are ten."""

    memory_cost = 19 * 1024  # KiB
    parallelism = 1


HASHER = OfChance()
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def make(*, by: User) -> list[str]:
    """Ten new codes in place of any older ones. They are shown once: here is the only time."""
    RecoveryCode.objects.filter(user=by).delete()
    secret = ["".join(secrets.choice(CROCKFORD) for _ in range(LENGTH)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=by, slot=slot, hashed=make_password(code, hasher=HASHER), made_at=Now())
        for slot, code in enumerate(secret)
    )
    record("recovery_codes_made", by=by, at=now(), codes=CODES)
    return [f"{slot}-{code[:5]}-{code[5:]}" for slot, code in enumerate(secret)]


def unused(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def use(user: User, typed: str) -> bool:
    """Whether `typed` is one of the codes of `user` that was not used; now it is.

    The first character says which: one slow digest is made for a try, whatever is typed.
    """
    code = "".join(typed.split()).replace("-", "").upper().translate(MISREAD)
    slot = int(code[0]) if code[:1].isdecimal() and code.isascii() else CODES
    found = RecoveryCode.objects.filter(user=user, slot=slot, used_at=None).first()
    if found is None:
        make_password(code, hasher=HASHER)  # as long as checking one
        return False
    if not check_password(code[1:], found.hashed):
        return False
    taken = RecoveryCode.objects.filter(pk=found.pk, used_at=None).update(used_at=Now())
    if taken:
        record("recovery_code_used", by=user, at=now(), code=found.pk)
    return bool(taken)


def looks_like_code(typed: str) -> bool:
    """Whether that is as long as a recovery code, and not what an app shows."""
    return len("".join(typed.split()).replace("-", "")) > 8
