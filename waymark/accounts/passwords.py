"""What a password may be: long, and neither common nor telling. Nothing else is asked (S11)."""

import re

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from waymark.accounts import factors, sessions
from waymark.audit.events import record
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act

SHORTEST, LONGEST = 15, 128
TELLING = 4  # letters that a word of a name has to have to count
PRODUCT = "waymark"
CLAUSE = "B.1"
COMMON = CommonPasswordValidator()  # 20,000 that were found in breaches


def may_be_password(password: str, user: User) -> None:
    """Refused with the reason, where it is too short, too long, common, or tells whose it is."""
    if len(password) < SHORTEST:
        _refuse(f"Your password has to have {SHORTEST} characters or more")
    if len(password) > LONGEST:
        _refuse(f"Your password can have {LONGEST} characters at most")
    if is_common(password):
        _refuse("That password is on a list of common or stolen ones, so it is tried first")
    if word := told_by(password, user):
        _refuse(f"Your password holds “{word}”, which is easy to guess about you")


def _refuse(why: str) -> None:
    raise Refused(why, clause=CLAUSE, until="Choose another one, such as four words of a story.")


def is_common(password: str) -> bool:
    """Whether it is a common one, with figures put after it or written again and again."""
    said = password.casefold().strip()
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", said)
    once = re.fullmatch(r"(.+?)\1+", said)
    few = len(set(said)) < 5
    tried = {said, bare, once[1] if once else said}
    return few or any(word in COMMON.passwords for word in tried if word)


def told_by(password: str, user: User) -> str:
    """The word of the person's name, user name, organisation or of the product in it, if any."""
    said = _letters(password)
    names = f"{user.name} {user.username} {user.organisation.name} {PRODUCT}"
    words = {_letters(word) for word in re.split(r"[\W_\d]+", names)}
    return next((word for word in sorted(words) if len(word) >= TELLING and word in said), "")


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text.casefold())


@act
def change(password: str, *, by: User, how: str, here: int | None) -> None:
    """Give oneself another password. Every session but that of the key `here` ends.

    `how`: they proved who they are in the session that asks.
    """
    factors.may_change(by, how)
    may_be_password(password, by)
    by.password = make_password(password)
    by.save(update_fields=["password"])
    record("password_changed", by=by, at=now(), user=by.pk)
    sessions.end_all(by, by=by, but=here)
    notify(by, factors.CHANGED, by=by, path="/your-sign-in")
