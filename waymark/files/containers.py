"""What a zip container says of itself, judged before anything is unpacked (S43, S47)."""

import re
import stat
import struct
import zipfile
from io import BytesIO

from waymark.files.kinds import Kind
from waymark.files.reasons import NotTaken, Why

MOST_ENTRIES = 1_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_TIMES = 100  # larger unpacked than packed
MOST_OF_DIRECTORY = 1024 * 1024
SMALL = 1024 * 1024  # a part of a document that repeats itself may well shrink further
END = b"PK\x05\x06"
ENCRYPTED = 0x1
MACROS = re.compile(
    r"vbaProject|vbaData|macrosheets/|^Basic/|^Scripts/|\.(bas|vbs|js|exe|dll)$", re.IGNORECASE
)
OTHERS = re.compile(
    r"/embeddings/|/activeX/|oleObject|^Object \d+$"
    r"|\.(zip|jar|docx|docm|xlsx|xlsm|odt|ods|7z|rar|gz|bz2|xz|tar|cab|iso|ole|msg|eml)$",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"externalLinks/", re.IGNORECASE)
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}


def kind_inside(content: bytes) -> Kind:
    """The kind of a zip container. Raises NotTaken where it is unsafe or none that we take."""
    entries = _entries(content)
    names = [one.filename for one in entries]
    _refuse_unsafe(entries)
    for pattern, why in ((MACROS, Why.MACROS), (ELSEWHERE, Why.HOLDS_LINKS)):
        if any(pattern.search(name) for name in names):
            raise NotTaken(why)
    found = _kind_of(content, set(names))
    if any(OTHERS.search(name) for name in names):
        raise NotTaken(Why.HOLDS_FILES)
    return found


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    at = content.rfind(END)
    if at < 0 or len(content) < at + 22:
        raise NotTaken(Why.BROKEN)
    count, size = struct.unpack("<HL", content[at + 10 : at + 16])
    if count > MOST_ENTRIES or size > MOST_OF_DIRECTORY:
        raise NotTaken(Why.UNPACKS_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            entries = container.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OverflowError):
        raise NotTaken(Why.BROKEN) from None
    if len(entries) > MOST_ENTRIES:
        raise NotTaken(Why.UNPACKS_LARGE)
    # what stands before the first entry would be another file; what stands after the end, too
    if not entries or min(one.header_offset for one in entries) != 0:
        raise NotTaken(Why.TWO_KINDS)
    if at + 22 + struct.unpack("<H", content[at + 20 : at + 22])[0] != len(content):
        raise NotTaken(Why.TWO_KINDS)
    return entries


def _refuse_unsafe(entries: list[zipfile.ZipInfo]) -> None:
    packed = sum(one.compress_size for one in entries)
    unpacked = sum(one.file_size for one in entries)
    if unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * max(packed, 1):
        raise NotTaken(Why.UNPACKS_LARGE)
    for one in entries:
        if one.flag_bits & ENCRYPTED:
            raise NotTaken(Why.LOCKED)
        if one.file_size > max(SMALL, MOST_TIMES * one.compress_size):
            raise NotTaken(Why.UNPACKS_LARGE)
        if _leads_out(one.orig_filename) or stat.S_ISLNK(one.external_attr >> 16):
            raise NotTaken(Why.UNSAFE_NAMES)
    if len({one.filename for one in entries}) != len(entries):
        raise NotTaken(Why.UNSAFE_NAMES)


def _leads_out(name: str) -> bool:
    """Whether a part's name points outside the container."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _kind_of(content: bytes, names: set[str]) -> Kind:
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return Kind.DOCX
        if "xl/workbook.xml" in names:
            return Kind.XLSX
    length, extra = struct.unpack("<HH", content[26:30])
    if content[30 : 30 + length] == b"mimetype":  # the first part, stored as it is
        said = content[30 + length + extra :]
        for words, kind in OPEN_DOCUMENT.items():
            if said.startswith(words + b"PK"):
                return kind
    raise NotTaken(Why.KIND)
