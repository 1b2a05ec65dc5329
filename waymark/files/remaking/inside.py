"""What lies in an office document, looked at part by part before a library reads it (S47)."""

import zipfile
from io import BytesIO
from xml.parsers import expat

from waymark.files.containers import MOST_UNPACKED
from waymark.files.kinds import Kind
from waymark.files.reasons import NotTaken, Why

XML = (".xml", ".rels", ".vml")
PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ")
MACRO_TYPES = ("macroenabled", "vbaproject", "ms-office.activex")
FETCHES = ("dde-link", "dde-source", "dde-connection-decl")
HYPERLINK = "/hyperlink"  # a link that a reader follows; the pictures hold none


def refuse_unsafe(kind: Kind, content: bytes) -> None:
    """Raise NotTaken for what the container's own list does not tell."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            unpacked = 0
            for one in container.infolist():
                part = container.read(one)
                unpacked += len(part)
                if unpacked > MOST_UNPACKED:
                    raise NotTaken(Why.UNPACKS_LARGE)
                _refuse_part(one.filename, part)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
        raise NotTaken(Why.BROKEN) from None


def _refuse_part(name: str, part: bytes) -> None:
    if part.startswith(PACKED):
        raise NotTaken(Why.HOLDS_FILES)
    if part and name.lower().endswith(XML):
        _read(part)


def _read(part: bytes) -> None:
    """Read the XML with entities forbidden, and judge its elements."""
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _judge
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise NotTaken(Why.BROKEN) from None


def _refuse_doctype(*given: object) -> None:
    raise NotTaken(Why.ENTITIES)


def _judge(name: str, given: dict[str, str]) -> None:
    local = name.rpartition(":")[2]
    said = {key.rpartition(":")[2].lower(): value.lower() for key, value in given.items()}
    if _is_active(local, said.get("contenttype", "")):
        raise NotTaken(Why.MACROS)
    if local == "encryption-data":
        raise NotTaken(Why.LOCKED)
    if local in FETCHES or _is_elsewhere(local, said):
        raise NotTaken(Why.HOLDS_LINKS)


def _is_active(local: str, content_type: str) -> bool:
    if local in ("Override", "Default"):
        return any(each in content_type for each in MACRO_TYPES)
    return local in ("event-listener", "script")


def _is_elsewhere(local: str, said: dict[str, str]) -> bool:
    """Whether a part is fetched from outside by whoever opens the document."""
    if local == "Relationship" and said.get("targetmode") == "external":
        return not said.get("type", "").endswith(HYPERLINK)
    return local in ("image", "object", "plugin") and "//" in said.get("href", "")
