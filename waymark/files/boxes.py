"""Sealed boxes: whoever holds the public key can close one, and only the private key opens it.

What is uploaded lies in one until it is found clean (S44). No Django in here: the configuration
reads the keys.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORM = b"\x01"
PUBLIC = 32
NONCE = bytes(12)  # a box has a key of its own, so that this is used once with it


class DoesNotOpen(Exception):
    """Altered, moved from another place, or closed for another key."""


@dataclass(frozen=True)
class BoxKeys:
    """The public key that closes boxes, and what opens them: nothing, but in a job worker."""

    public: bytes
    private: tuple[bytes, ...] = field(default=(), repr=False)


def public_of(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def derived(key: bytes) -> bytes:
    """The private key that follows from a key of the server, where none is given."""
    about = b"waymark quarantine private"
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=about).derive(key)


def close(public: bytes, content: bytes, *, bound_to: str) -> bytes:
    """`content` in a box: nobody who has only the public key can open it again."""
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    cipher = AESGCM(_key(shared, mine, public))
    return FORM + mine + cipher.encrypt(NONCE, content, bound_to.encode())


def open_box(keys: tuple[bytes, ...], box: bytes, *, bound_to: str) -> bytes:
    """What is in the box. Raises DoesNotOpen, never returns anything else."""
    theirs, rest = box[len(FORM) : len(FORM) + PUBLIC], box[len(FORM) + PUBLIC :]
    if not box.startswith(FORM) or len(theirs) < PUBLIC:
        raise DoesNotOpen
    for private in keys:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(theirs)
        )
        try:
            cipher = AESGCM(_key(shared, theirs, public_of(private)))
            return cipher.decrypt(NONCE, rest, bound_to.encode())
        except InvalidTag:
            continue
    raise DoesNotOpen


def _key(shared: bytes, theirs: bytes, public: bytes) -> bytes:
    about = b"waymark quarantine box" + theirs + public
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=about).derive(shared)
