"""Files to try the product with: good ones of each kind, and every bad one that we know (S50).

All are made here, so that no harmful file lies in the source.
"""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import docx
import odfdo
import openpyxl
import pikepdf
import typst
from PIL import Image

from waymark.files.proving import test_file as eicar
from waymark.files.proving import zipped
from waymark.files.reasons import Why

TURNED = "\u202e"  # what follows reads from right to left
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
ENTITIES = HEAD + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@dataclass(frozen=True)
class Bad:
    """A file that must be refused. `late`: its outside is well, so the child finds it."""

    name: str
    content: bytes
    why: Why
    late: bool = False

    def __str__(self) -> str:
        return f"{self.why}-{self.name}".encode("ascii", "replace").decode()


def pdf(words: str = "Nine days missed", pages: int = 1) -> bytes:
    text = " #pagebreak() ".join([words] * pages).encode()
    made = typst.compile(text, format="pdf")
    assert isinstance(made, bytes)
    return made


def picture(form: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    return _saved(lambda to: Image.new("RGB", size, "teal").save(to, form, **options))


def photograph_that_tells() -> bytes:
    """A JPEG with a place and a maker in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x010E] = "Taken at 1 Long Lane"
    return picture("JPEG", exif=exif)


def word(words: str = "Nine days missed") -> bytes:
    document = docx.Document()
    document.core_properties.author = "A writer"
    document.add_heading("Attendance", 1)
    document.add_paragraph(words)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "September", "5"
    return _saved(document.save)


def excel(words: str = "Nine days missed") -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["September", words])
    return _saved(book.save)


def open_text(words: str = "Nine days missed") -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Paragraph(words))
    return _saved(document.save)


def open_sheet(words: str = "Nine days missed") -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Attendance")
    table.set_values([["September", words]])
    document.body.append(table)
    return _saved(document.save)


def good() -> dict[str, bytes]:
    """One of each kind, by its name: all of them say the same."""
    return {
        "a.pdf": pdf(), "a.docx": word(), "a.xlsx": excel(), "a.odt": open_text(),
        "a.ods": open_sheet(), "a.txt": "Nine days missed, naïve – 日本".encode(),
        "a.csv": b"September;Nine days missed\r\n", "a.jpg": picture("JPEG"),
        "a.jpeg": picture("JPEG"), "a.png": picture(), "ש.txt": b"Nine days missed",
    }  # fmt: skip


def bad() -> list[Bad]:
    return [*_named(), *_of_another_kind(), *_packed(), *_portable(), *_office()]


def _named() -> list[Bad]:
    text = b"Nine days missed"
    return [
        Bad("../x.txt", text, Why.NAME),
        Bad("..\\x.txt", text, Why.NAME),
        Bad(f"report{TURNED}fdp.txt", text, Why.NAME),
        Bad("a\0.txt", text, Why.NAME),
        Bad("report.exe", b"MZ\x90\0", Why.KIND),
        Bad("noending", text, Why.KIND),
        Bad(".txt", text, Why.KIND),
        Bad("empty.txt", b"", Why.EMPTY),
        Bad("large.txt", b"x" * (20 * 1024 * 1024 + 1), Why.TOO_BIG),
    ]


def _of_another_kind() -> list[Bad]:
    page = b"<html><script>alert(1)</script></html>"
    svg = HEAD + b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    jpeg = picture("JPEG")
    return [
        Bad("eicar.pdf", eicar(), Why.DIFFERS),
        Bad("page.jpg", page, Why.KIND),
        Bad("page.txt", page, Why.KIND),
        Bad("drawing.svg", svg, Why.KIND),
        Bad("drawing.png", svg, Why.KIND),
        Bad("picture.png", jpeg, Why.DIFFERS),
        Bad("report.pdf", word(), Why.DIFFERS),
        Bad("report.docx", excel(), Why.DIFFERS),
        Bad("both.pdf", pdf() + zipped(b"x"), Why.TWO_KINDS),
        Bad("both.jpg", jpeg + page, Why.TWO_KINDS),
        Bad("both.jpg", picture("JPEG", comment=page), Why.TWO_KINDS),
        Bad("both.docx", word() + b"%PDF-1.7", Why.TWO_KINDS),
        Bad("cut.jpg", jpeg[:-20], Why.BROKEN),
        Bad("cut.pdf", pdf()[:-40], Why.BROKEN),
        Bad("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), Why.KIND),
        Bad("hollow.png", picture()[:40] + b"IEND\xaeB`\x82", Why.BROKEN, late=True),
        Bad("huge.png", _png_of(9000, 9000), Why.TOO_MANY_PIXELS, late=True),
    ]


def _packed() -> list[Bad]:
    many = {f"part{number}": b"x" for number in range(1200)}
    return [
        Bad("bomb.docx", _office_of({"word/media/a": bytes(12_000_000)}), Why.UNPACKS_LARGE),
        Bad("many.docx", _office_of(many), Why.UNPACKS_LARGE),
        Bad("liar.docx", _with_small_claim(), Why.BROKEN, late=True),
        Bad("nested.docx", _office_of({"word/inside.zip": zipped(b"x")}), Why.HOLDS_FILES),
        Bad("hidden.docx", _office_of({"word/x.bin": zipped(b"x")}), Why.HOLDS_FILES, late=True),
        Bad("out.docx", _office_of({"../../etc/cron.d/x": b"x"}), Why.UNSAFE_NAMES),
        Bad("rooted.docx", _office_of({"/etc/x": b"x"}), Why.UNSAFE_NAMES),
        Bad("link.docx", _office_of({"word/link": b"/etc/passwd"}, links=True), Why.UNSAFE_NAMES),
        Bad("locked.docx", _with_encrypted_flag(), Why.LOCKED),
        Bad("plain.docx", zipped(b"x"), Why.KIND),
        Bad("tail.docx", b"PK\x03\x04" + bytes(200), Why.BROKEN),
    ]


def _office() -> list[Bad]:
    types = _part_of(word(), "[Content_Types].xml")
    with_macros = types.replace(b"document.main+xml", b"document.macroEnabled.main+xml")
    assert with_macros != types
    outside = HEAD + (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://x.example/t.dotm"'
        b' TargetMode="External"/></Relationships>'
    )
    ole = {"word/embeddings/oleObject1.bin": b"x"}
    return [
        Bad("macro.docx", _office_of({"word/vbaProject.bin": b"x"}), Why.MACROS),
        Bad("renamed.docx", _replaced("[Content_Types].xml", with_macros), Why.MACROS, late=True),
        Bad("basic.odt", _added(open_text(), {"Basic/script-lc.xml": b"<x/>"}), Why.MACROS),
        Bad("ole.docx", _office_of(ole), Why.HOLDS_FILES),
        Bad("linked.xlsx", _added(excel(), {"xl/externalLinks/x.xml": b"<x/>"}), Why.HOLDS_LINKS),
        Bad("remote.docx", _replaced("word/_rels/document.xml.rels", outside), Why.HOLDS_LINKS,
            late=True),
        Bad("xxe.docx", _replaced("word/document.xml", ENTITIES), Why.ENTITIES, late=True),
        Bad("xxe.odt", _added(open_text(), {"extra.xml": ENTITIES}), Why.ENTITIES, late=True),
        Bad("notxml.docx", _replaced("word/document.xml", b"<w"), Why.BROKEN, late=True),
    ]  # fmt: skip


def _portable() -> list[Bad]:
    def script(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    def launch(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")

    def attachment(document: pikepdf.Pdf) -> None:
        document.attachments["x.exe"] = b"MZ"

    return [
        Bad("script.pdf", _changed(script), Why.DOES_THINGS, late=True),
        Bad("launch.pdf", _changed(launch), Why.DOES_THINGS, late=True),
        Bad("holds.pdf", _changed(attachment), Why.HOLDS_FILES, late=True),
        Bad("locked.pdf", _changed(None, user="a password"), Why.LOCKED, late=True),
        Bad("owned.pdf", _changed(None, user=""), Why.LOCKED, late=True),
        Bad("long.pdf", pdf("x", pages=101), Why.TOO_LONG, late=True),
        Bad("hollow.pdf", b"%PDF-1.7\nnothing\n%%EOF", Why.BROKEN, late=True),
    ]


def _changed(change: Callable[[pikepdf.Pdf], None] | None, *, user: str | None = None) -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        if change:
            change(document)
        lock = pikepdf.Encryption(owner="owner", user=user) if user is not None else None
        return _saved(lambda to: document.save(to, encryption=lock or False))


def _png_of(width: int, height: int) -> bytes:
    """A PNG that says it is as large, of a few kilobytes."""
    small = picture()
    head = struct.pack("!LL", width, height) + small[24:29]
    import zlib

    return small[:16] + head + struct.pack("!L", zlib.crc32(b"IHDR" + head)) + small[33:]


def _office_of(more: dict[str, bytes], *, links: bool = False) -> bytes:
    """A Word document with further parts in it."""
    return _added(word(), more, mode=0o120777 if links else 0o644)


def _added(content: bytes, more: dict[str, bytes], *, mode: int = 0o644) -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as container:
        for name, part in more.items():
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            container.writestr(info, part)
    return made.getvalue()


def _part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        return container.read(name)


def _replaced(name: str, part: bytes) -> bytes:
    """A Word document with one part exchanged."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            new.writestr(one, part if one == name else old.read(one))
    return made.getvalue()


def _with_encrypted_flag() -> bytes:
    """A container that says that its first part is encrypted."""
    content = bytearray(word())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def _with_small_claim() -> bytes:
    """A container whose list says that a part is small, and it is not."""
    content = bytearray(_office_of({"word/x.txt": bytes(range(256)) * 400}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 10)
    return bytes(content)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    made = io.BytesIO()
    save(made)
    return made.getvalue()
