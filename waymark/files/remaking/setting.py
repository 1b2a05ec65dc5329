"""The words and tables of a document, set anew: what readers see is made by us alone."""

import csv
import json
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import typst

from waymark.files.kinds import Kind
from waymark.files.reasons import NotTaken, Why
from waymark.files.uploads import decoded

TEMPLATE = Path(__file__).with_name("pages.typ")
LONGEST = 400_000  # characters: more fills more than 100 pages
MOST_ROWS, MOST_COLUMNS = 4_000, 60
Block = dict[str, Any]


def blocks_of(kind: Kind, content: bytes) -> list[Block]:
    """Headings, paragraphs and tables of a document, in its order. Raises NotTaken."""
    try:
        blocks = READERS[kind](content)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise NotTaken(Why.UNREADABLE) from None
    if len(in_words(blocks)) > LONGEST:
        raise NotTaken(Why.TOO_LONG)
    return [one for one in blocks if one.get("text") or one.get("rows")]


def in_words(blocks: list[Block]) -> str:
    """The same as plain text: a line for each row of a table."""
    return "\n\n".join(
        one["text"] if "text" in one else "\n".join(" | ".join(row) for row in one["rows"])
        for one in blocks
    )


def pictures_of(blocks: list[Block], fonts: Path) -> list[bytes]:
    """The pages as PNG."""
    made = typst.compile(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=[str(fonts)],
        ignore_system_fonts=True, format="png", ppi=110,
        sys_inputs={"data": json.dumps({"blocks": blocks}, ensure_ascii=False)},
    )  # fmt: skip
    return list(made) if isinstance(made, list) else [made]


def _plain(content: bytes) -> list[Block]:
    return [_paragraph(one) for one in _short(decoded(content)).split("\n")]


def _separated(content: bytes) -> list[Block]:
    words = _short(decoded(content))
    try:
        dialect: Any = csv.Sniffer().sniff(words[:4096], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        return [_table(list(csv.reader(StringIO(words), dialect)))]
    except csv.Error:
        raise NotTaken(Why.BROKEN) from None


def _short(words: str) -> str:
    if len(words) > LONGEST:
        raise NotTaken(Why.TOO_LONG)
    return words


def _word(content: bytes) -> list[Block]:
    import docx
    from docx.table import Table

    blocks = []
    for one in docx.Document(BytesIO(content)).iter_inner_content():
        if isinstance(one, Table):
            blocks.append(_table([[cell.text for cell in row.cells] for row in one.rows]))
        else:
            name = (one.style.name if one.style else "") or ""
            blocks.append(_paragraph(one.text, heading=name.startswith(("Heading", "Title"))))
    return blocks


def _sheets(content: bytes) -> list[Block]:
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    blocks = []
    for sheet in book.worksheets:
        rows = islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1)
        cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
        blocks += [_paragraph(sheet.title, heading=True), _table(cells)]
    return blocks


def _open_document(content: bytes) -> list[Block]:
    import odfdo

    body = odfdo.Document(BytesIO(content)).body
    blocks = []
    for one in body.children:
        if isinstance(one, odfdo.Table):
            blocks += _open_table(one)
        elif isinstance(one, odfdo.Header | odfdo.Paragraph):
            blocks.append(_paragraph(one.text_recursive, heading=isinstance(one, odfdo.Header)))
        else:
            blocks.append(_paragraph(one.text_recursive))
    return blocks


def _open_table(table: Any) -> list[Block]:
    table.rstrip(aggressive=True)
    if table.height > MOST_ROWS or table.width > MOST_COLUMNS:
        raise NotTaken(Why.TOO_LONG)
    rows = [["" if cell is None else str(cell) for cell in row] for row in table.get_values()]
    return [_paragraph(table.name or "", heading=True), _table(rows)]


def _paragraph(text: str, *, heading: bool = False) -> Block:
    return {"text": _clean(text).strip(), "heading": heading}


def _table(rows: list[list[str]]) -> Block:
    """A table with as many cells in each row, and no empty row at its end."""
    said = [[_clean(cell) for cell in row] for row in rows]
    said = [row for row in said if any(cell.strip() for cell in row)]
    width = max((len(row) for row in said), default=0)
    if len(said) > MOST_ROWS or width > MOST_COLUMNS:
        raise NotTaken(Why.TOO_LONG)
    return {"rows": [row + [""] * (width - len(row)) for row in said]}


def _clean(text: str) -> str:
    """Without what a page cannot show."""
    return "".join(each for each in text if each in "\n\t" or each.isprintable())


READERS = {
    Kind.TXT: _plain, Kind.CSV: _separated, Kind.DOCX: _word, Kind.XLSX: _sheets,
    Kind.ODT: _open_document, Kind.ODS: _open_document,
}  # fmt: skip
