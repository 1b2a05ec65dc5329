"""Primary keys that tell nothing: random, made here, never by a sequence.

A key from the database would need INSERT … RETURNING, which row-level security refuses to
whoever may write a row but not read it; and a sequence tells how many there are.
"""

import secrets
from functools import partial

from django.db import models

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_key() -> int:
    """A key of 63 random bits."""
    return secrets.randbits(63)


def random_salt() -> bytes:
    """The 128 bits that go into a row's digest and are erased with the row."""
    return secrets.token_bytes(16)


def random_reference(length: int = 8) -> str:
    """A reference of random Crockford characters: it tells neither time nor number."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


Key = partial(models.BigIntegerField, primary_key=True, default=random_key, editable=False)
