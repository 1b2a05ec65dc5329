"""The kinds of file that are taken, and how each is told by its content (S42)."""

from enum import StrEnum, auto

LARGEST = 20 * 1024 * 1024  # bytes of one file
MOST = 10  # files of one upload
MOST_TOGETHER = 25 * 1024 * 1024  # bytes of one upload
MOST_WITH_A_REFERRAL = 3  # files of one referral, where they are taken at all
MOST_PIXELS = 40_000_000
MOST_PAGES = 100


class Kind(StrEnum):
    """A kind of file, named as its name ends."""

    PDF = auto()
    DOCX = auto()
    XLSX = auto()
    ODT = auto()
    ODS = auto()
    TXT = auto()
    CSV = auto()
    JPEG = auto()
    PNG = auto()

    @property
    def ending(self) -> str:
        return ".jpg" if self is Kind.JPEG else f".{self.value}"


PLAIN = frozenset({Kind.TXT, Kind.CSV})
CONTAINERS = frozenset({Kind.DOCX, Kind.XLSX, Kind.ODT, Kind.ODS})
PICTURES = frozenset({Kind.JPEG, Kind.PNG})
BY_ENDING = {kind.ending: kind for kind in Kind} | {".jpeg": Kind.JPEG}
IN_WORDS = (
    "We take PDF, Word (docx), Excel (xlsx), OpenDocument (odt, ods), plain text (txt), "
    "tables as text (csv), and pictures (jpg, png)."
)
LABELS = {
    Kind.PDF: "PDF", Kind.DOCX: "Word document", Kind.XLSX: "Excel sheet",
    Kind.ODT: "OpenDocument text", Kind.ODS: "OpenDocument sheet", Kind.TXT: "Plain text",
    Kind.CSV: "Table as text", Kind.JPEG: "Picture", Kind.PNG: "Picture",
}  # fmt: skip
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.TXT: "text/plain",
    Kind.CSV: "text/csv",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}
