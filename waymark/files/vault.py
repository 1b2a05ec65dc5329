"""Content of clean files: sealed under a key of the file's own, bound to file, case and use (S48).

The key is made when a file is found clean, and stands in its row, wrapped by the server's key.
"""

import json
import logging
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from waymark.database.sealing import Damaged, KeyIsMissing, open_sealed, place, seal
from waymark.files.models import KEYS, NAMES, File
from waymark.files.store import Missing, store

LOG = logging.getLogger("waymark.files")
NONCE = 12
ORIGINAL, WORDS = "original", "words"


def new_key(file: File) -> bytes:
    """Give the file a key of its own; the row is not saved."""
    key = secrets.token_bytes(32)
    file.sealed_key = seal(KEYS, key, bound_to=place("files_file", "sealed_key", file.pk))
    return key


def keep(file: File, what: str, content: bytes, *, key: bytes) -> None:
    """Seal one thing of a file into the store: its original, a page, or its words."""
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, _bound(file, what))
    store().put(f"{file.stored}-{what}", sealed)


def page(number: int) -> str:
    """What the picture of a page is kept as."""
    return f"page{number}"


def read(file: File, what: str) -> bytes:
    """One thing of a clean file. Raises Damaged, with an alarm in the log, and gives no byte."""
    bound_to = place("files_file", "sealed_key", file.pk)
    try:
        key = open_sealed(KEYS, bytes(file.sealed_key), bound_to=bound_to)
        sealed = store().open(f"{file.stored}-{what}")
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(file, what))
    except (InvalidTag, ValueError, Damaged, KeyIsMissing, Missing, OSError) as problem:
        LOG.critical("A stored file is damaged or was exchanged", extra={"file": file.pk})
        raise Damaged("This file is damaged") from problem


def words_of(file: File) -> list[str]:
    """What could be read of each page, or of the whole where it is set anew."""
    found: Sequence[str] = json.loads(read(file, WORDS))
    return list(found)


def given_name(file: File) -> str:
    """The name as it was given: for whoever opens the original, and for no page or log."""
    bound_to = place("files_file", "sealed_name", file.pk)
    return open_sealed(NAMES, bytes(file.sealed_name), bound_to=bound_to).decode()


def _bound(file: File, what: str) -> bytes:
    return f"file-{file.pk}-{file.belongs_to}-{what}".encode()
