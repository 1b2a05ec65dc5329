"""What a password may be: long, neither soon guessed nor telling. Nothing else is asked (S11)."""

import re
from threading import Lock

from django.contrib.auth.hashers import make_password
from zxcvbn import zxcvbn  # type: ignore[import-untyped]

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
FEWEST = 10**10  # guesses, by whoever has lists of stolen passwords, words, names and keyboards
# The work grows with each reading of a sign that stands for a letter ("p@$$w0rd"): a beginning
# that takes long to guess is enough, and signs that are read alike are one. Then any password is
# judged within half a second; without, 128 chosen signs take half a minute.
JUDGED = 48
READ_ALIKE = str.maketrans("{[<|", "(((1")
ONE_AT_A_TIME = Lock()  # the library keeps the words of a person in a variable of its own


def may_be_password(password: str, user: User) -> None:
    """Refused with the reason, where it is too short, long, soon guessed, or tells whose it is."""
    if len(password) < SHORTEST:
        _refuse(f"Your password has to have {SHORTEST} characters or more")
    if len(password) > LONGEST:
        _refuse(f"Your password can have {LONGEST} characters at most")
    if word := told_by(password, user):
        _refuse(f"Your password holds “{word}”, which is easy to guess about you")
    if guesses(password, user) < FEWEST:
        _refuse(
            "That password would soon be guessed: it is, or is made of, common words or stolen"
            " passwords, names, dates, repeats or keys side by side"
        )


def _refuse(why: str) -> None:
    raise Refused(why, clause=CLAUSE, until="Choose another one, such as four words of a story.")


def guesses(password: str, user: User) -> int:
    """How many guesses it takes, about, whoever has its person's words and lists of breaches."""
    begun = password.strip()[:JUDGED].translate(READ_ALIKE)
    with ONE_AT_A_TIME:
        return int(zxcvbn(begun, user_inputs=sorted(_words_of(user)))["guesses"])


def told_by(password: str, user: User) -> str:
    """The word of the person's name, user name, organisation or of the product in it, if any."""
    said = _letters(password)
    words = sorted(_words_of(user))
    return next((word for word in words if len(word) >= TELLING and word in said), "")


def _words_of(user: User) -> set[str]:
    names = f"{user.name} {user.username} {user.organisation.name} {PRODUCT}"
    return {_letters(word) for word in re.split(r"[\W_\d]+", names)} - {""}


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
