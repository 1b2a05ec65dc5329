"""What holds of every paper that the product makes, as its readers are handed it.

`page` reads it by the rules of PDF/UA-1 that a machine can check (ISO 14289-1, the Matterhorn
Protocol). It was written by others than what makes our papers, but it is young, and it is not
veraPDF. Whether the words make sense in their order, or read aloud, no machine tells: look, listen.
"""

import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import page
import pdfplumber
import pikepdf

A4 = (595, 842)  # points
ODD = re.compile(r"(^|: )(None|none|null|nan|True|False)$|[{}<>]|&#|&amp;|[.?!:]\.|#\w")
LEAKS = re.compile(r"Ashdown|Robin|Brook|Alex|/tmp|/work|/home|\.typ\b|\\")


@dataclass(frozen=True)
class Paper:
    """`answer`: what came from the server. `copy_of`: what must stand on each page."""

    name: str
    answer: Any
    copy_of: str = ""
    password: str = ""

    @cached_property
    def plainly(self) -> bytes:
        """The file without its lock."""
        content: bytes = self.answer.content
        if not self.password:
            return content
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(content), password=self.password) as pdf:
            pdf.save(out)
        return out.getvalue()

    @cached_property
    def lines(self) -> list[list[str]]:
        """Of each page."""
        with pdfplumber.open(io.BytesIO(self.plainly)) as pdf:
            return [(one.extract_text() or "").splitlines() for one in pdf.pages]

    @property
    def pages(self) -> list[str]:
        return [" ".join(" ".join(lines).split()) for lines in self.lines]

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def faults(paper: Paper) -> list[str]:
    """What is wrong with a paper, whatever stands in it."""
    content = paper.plainly
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [*_structure(pdf), *_said_of_itself(pdf, paper), *_fonts(pdf)]
    report = page.validate_pdf_bytes(content, profile="ua1")
    found += [f"{one.rule_id}: {one.message}" for one in report.failures]
    return [*found, *_pages(paper)]


def _pages(paper: Paper) -> list[str]:
    found = []
    pages = paper.pages
    for number, words in enumerate(pages, 1):
        if paper.copy_of not in words:
            found.append(f"page {number} does not say whose copy it is")
        if f"{number} of {len(pages)}" not in words:
            found.append(f"page {number} does not say which it is")
        if len(words) < len(paper.copy_of) + 100:
            found.append(f"page {number} is nearly empty")
    lines = [line.strip() for page in paper.lines for line in page]
    found += [f"“{line}” stands in it" for line in lines if ODD.search(line)]
    return found


def _said_of_itself(pdf: pikepdf.Pdf, paper: Paper) -> list[str]:
    """Properties and the name of the file: a title, and of no person or place."""
    said = " ".join([str(dict(pdf.docinfo)), str(dict(pdf.open_metadata())),
                     paper.answer.headers["Content-Disposition"]])  # fmt: skip
    found = [f"its properties or name say {one}" for one in LEAKS.findall(said)]
    if "/Author" in pdf.docinfo or not pdf.docinfo.get("/Title"):
        found.append("it has an author, or no title")
    return found


def _structure(pdf: pikepdf.Pdf) -> list[str]:
    root = pdf.Root
    found = []
    if root.get("/Lang") != "en-GB" or not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("no language, or not tagged")
    if not root.ViewerPreferences.DisplayDocTitle:
        found.append("the title is not shown")
    for number, one in enumerate(pdf.pages, 1):
        if "/StructParents" not in one or one.get("/Tabs") != "/S":
            found.append(f"page {number} has no structure")
        if [round(float(side)) for side in one.mediabox[2:]] != list(A4):
            found.append(f"page {number} is not A4")
    levels = [int(kind[2]) for kind in _kinds(root.StructTreeRoot) if re.fullmatch(r"/H\d", kind)]
    if levels.count(1) != 1 or levels[0] != 1:
        found.append(f"headings do not begin with one of level 1: {levels[:4]}")
    found += [f"a heading of level {b} follows one of {a}"
              for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]  # fmt: skip
    if len(pdf.pages) > 2 and "/Outlines" not in root:
        found.append("several pages and no bookmarks")
    return found


def _kinds(element: Any) -> list[str]:
    """The kinds of all structure elements, in the order that they are read in."""
    kinds = [str(element.S)] if "/S" in element else []
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            kinds += _kinds(child)
    return kinds


def _fonts(pdf: pikepdf.Pdf) -> list[str]:
    fonts = [each for each in pdf.objects
             if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]  # fmt: skip
    names = {str(each.BaseFont) for each in fonts}
    found = [f"another font: {name}" for name in names if "SourceSans3" not in name]
    return found + ["letters that cannot be read out"
                    for each in fonts if each.get("/Subtype") == "/Type0"
                    and "/ToUnicode" not in each]  # fmt: skip
