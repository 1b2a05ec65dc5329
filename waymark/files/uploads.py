"""A file as somebody sends it, judged by its name and bytes before anything else reads it (S42)."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from waymark.files.containers import kind_inside
from waymark.files.kinds import BY_ENDING, LARGEST, PICTURES, PLAIN, Kind
from waymark.files.reasons import NotTaken, Why

PDF, ZIP, OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = {PDF: Kind.PDF, b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}
ENDS = {Kind.JPEG: b"\xff\xd9", Kind.PNG: b"IEND\xaeB`\x82", Kind.PDF: b"%%EOF"}
MARKUP = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?xml", b"<?php", b"<iframe", b"<body")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
HIDDEN = ("Cc", "Cf", "Cs", "Co")  # control and format characters: some turn the reading round


@dataclass(frozen=True)
class Upload:
    """A file that may be put into quarantine. `name`: as it was given, for sealing alone."""

    name: str
    content: bytes
    kind: Kind

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def examined(name: str, content: bytes) -> Upload:
    """The file, if name, signature and outer structure agree. Raises NotTaken if not."""
    if not name or "/" in name or "\\" in name or any(_is_hidden(each) for each in name):
        raise NotTaken(Why.NAME)
    claimed = BY_ENDING.get(_ending(name))
    if claimed is None:
        raise NotTaken(Why.KIND)
    if not content:
        raise NotTaken(Why.EMPTY)
    if len(content) > LARGEST:
        raise NotTaken(Why.TOO_BIG)
    found = kind_of(content)
    if found is not claimed and not (found in PLAIN and claimed in PLAIN):
        raise NotTaken(Why.DIFFERS)
    return Upload(name, content, claimed)


def plain_name(name: str) -> str:
    """A name to show to whoever gave it: without folders and hidden characters, and short."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(each for each in last if not _is_hidden(each))
    return shown if len(shown) <= 80 else f"{shown[:60]}…{shown[-19:]}"


def kind_of(content: bytes) -> Kind:
    """The kind that the bytes are of: plain text is TXT. Raises NotTaken for what none is."""
    if content.startswith(OLE):  # an old Office file, or a new one under a password
        raise NotTaken(Why.LOCKED if _utf16("EncryptedPackage") in content else Why.KIND)
    if content.startswith(ZIP):
        return kind_inside(content)
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            _refuse_a_second_kind(kind, content)
            return kind
    return _plain(content)


def _refuse_a_second_kind(kind: Kind, content: bytes) -> None:
    end = content.rfind(ENDS[kind])
    if end < 0:
        raise NotTaken(Why.BROKEN)
    after = content[end + len(ENDS[kind]) :]
    if after.strip(b"\0\r\n\t ") or b"PK\x05\x06" in content[-65_557:]:
        raise NotTaken(Why.TWO_KINDS)
    if kind in PICTURES:
        lower = content.lower()
        if any(each in lower for each in MARKUP[:3]):
            raise NotTaken(Why.TWO_KINDS)


def _plain(content: bytes) -> Kind:
    words = decoded(content)
    if CONTROLS.search(words):
        raise NotTaken(Why.KIND)
    start = words.lstrip("\ufeff \t\r\n").lower()[:200]
    if any(start.startswith(each.decode()) for each in (*MARKUP, b"%pdf", b"{\\rtf", b"mz")):
        raise NotTaken(Why.KIND)
    return Kind.TXT


def decoded(content: bytes) -> str:
    """The words of a plain text. Raises NotTaken for bytes that are none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codings = ["utf-16"]
    else:
        codings = ["utf-8-sig", "cp1252"]
    for coding in codings:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise NotTaken(Why.KIND)


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.strip().lower()}" if dot and stem else ""


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in HIDDEN


def _utf16(words: str) -> bytes:
    return words.encode("utf-16-le")
