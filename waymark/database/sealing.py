"""What is kept sealed: AES-256-GCM, a key for each purpose, bound to the place it stands in.

`settings.WAYMARK_KEYS` are the server's keys: the first seals, all open. A sealed value names
the key that it needs, by a digest, so that a lost key is told from a damaged value.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

FORM = b"\x01"  # of a sealed value: this byte, the key's id, the nonce, the sealed words
KEY_ID, NONCE = 8, 12
HEADER = len(FORM) + KEY_ID


class KeyIsMissing(Exception):
    """None of the server's keys is the one that sealed this."""


class Damaged(Exception):
    """Altered, moved from another place, sealed for another purpose, or the wrong secret."""


def place(table: str, column: str, key: int) -> str:
    """Where a sealed value stands, as `bound_to` wants it."""
    return f"{table}-{column}-{key}"


def seal(purpose: str, words: bytes, *, bound_to: str) -> bytes:
    """Seal `words` so that they open for `purpose` only, and only at the place `bound_to`."""
    return _seal(purpose, b"", words, bound_to)


def open_sealed(purpose: str, sealed: bytes, *, bound_to: str) -> bytes:
    """The words again. Raises `KeyIsMissing` or `Damaged`, never returns anything else."""
    return _open(purpose, b"", sealed, bound_to)


def seal_with(purpose: str, secret: str, words: bytes, *, bound_to: str) -> bytes:
    """Seal under the server's key and a browser's `secret` together: neither opens it alone."""
    return _seal(purpose, _strong(secret), words, bound_to)


def open_with(purpose: str, secret: str, sealed: bytes, *, bound_to: str) -> bytes:
    """What `seal_with` sealed. A wrong `secret` raises `Damaged`, a lost key `KeyIsMissing`."""
    return _open(purpose, _strong(secret), sealed, bound_to)


def keyed_digest(purpose: str, secret: str) -> str:
    """A digest of `secret` that nobody without the server's first key can make: hexadecimal."""
    return _digest(settings.WAYMARK_KEYS[0], purpose, secret)


def keyed_digests(purpose: str, secret: str) -> list[str]:
    """The digests of `secret` under every key, the newest first: to find one made earlier."""
    return [_digest(key, purpose, secret) for key in settings.WAYMARK_KEYS]


def reseal(purpose: str, sealed: bytes, *, bound_to: str) -> bytes:
    """The same words under the first key; unchanged where they are under it already."""
    sealed = bytes(sealed)
    if sealed[:HEADER] == header_of(settings.WAYMARK_KEYS[0]):
        return sealed
    return seal(purpose, open_sealed(purpose, sealed, bound_to=bound_to), bound_to=bound_to)


def header_of(key: bytes) -> bytes:
    """What everything sealed under `key` begins with."""
    return FORM + _derived(key, b"key id", b"")[:KEY_ID]


def _seal(purpose: str, secret: bytes, words: bytes, bound_to: str) -> bytes:
    key, nonce = settings.WAYMARK_KEYS[0], secrets.token_bytes(NONCE)
    header = header_of(key)
    cipher = AESGCM(_derived(key, _about("seal", purpose), secret))
    return header + nonce + cipher.encrypt(nonce, words, _bound(header, purpose, bound_to))


def _open(purpose: str, secret: bytes, sealed: bytes, bound_to: str) -> bytes:
    sealed = bytes(sealed)
    header, nonce, rest = sealed[:HEADER], sealed[HEADER : HEADER + NONCE], sealed[HEADER + NONCE :]
    if len(nonce) < NONCE or header[:1] != FORM:
        raise Damaged("A sealed value is damaged")
    key = next((key for key in settings.WAYMARK_KEYS if header_of(key) == header), None)
    if key is None:
        raise KeyIsMissing("WAYMARK_KEYS lacks the key that a stored value was sealed with")
    try:
        cipher = AESGCM(_derived(key, _about("seal", purpose), secret))
        return cipher.decrypt(nonce, rest, _bound(header, purpose, bound_to))
    except InvalidTag:
        raise Damaged("A sealed value is damaged") from None


def _bound(header: bytes, purpose: str, bound_to: str) -> bytes:
    return b"\x00".join((header, purpose.encode(), bound_to.encode()))


def _digest(key: bytes, purpose: str, secret: str) -> str:
    derived = _derived(key, _about("digest", purpose), b"")
    return hmac.digest(derived, secret.encode(), "sha256").hex()


def _about(use: str, purpose: str) -> bytes:
    return f"waymark {use} {purpose}".encode()


def _strong(secret: str) -> bytes:
    """A browser's secret has 256 random bits: it needs no stretching, only a fixed length."""
    if not secret:
        raise ValueError("A second secret must not be empty")
    return hashlib.sha256(secret.encode()).digest()


@lru_cache(maxsize=256)
def _derived_for_purpose(key: bytes, about: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=about).derive(key)


def _derived(key: bytes, about: bytes, secret: bytes) -> bytes:
    """The key of one purpose. With a second secret it is made anew and not kept in memory."""
    if not secret:
        return _derived_for_purpose(key, about)
    return HKDF(algorithm=SHA256(), length=32, salt=secret, info=about + b" of two").derive(key)
