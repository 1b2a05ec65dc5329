"""PDF: refused where it does anything by itself; else a picture of each page, and its words."""

from io import BytesIO

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

from waymark.files.kinds import MOST_PAGES, MOST_PIXELS
from waymark.files.reasons import NotTaken, Why

SCALE = 1.5  # of 72 dots an inch: 108
WIDEST = 2000  # dots
ACTS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition"}
    | {"/Movie", "/Sound", "/RichMediaExecute"}
)
DOES = ("/JS", "/JavaScript", "/RichMedia", "/RichMediaContent", "/XFA", "/AA")
HOLDS = ("/EmbeddedFile", "/EmbeddedFiles", "/EF")


def pages(content: bytes) -> tuple[list[bytes], list[str]]:
    """The pictures, and the words of each. Raises NotTaken."""
    _refuse_what_acts(content)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise NotTaken(Why.BROKEN) from None
    if not 0 < len(document) <= MOST_PAGES:
        raise NotTaken(Why.TOO_LONG if len(document) else Why.BROKEN)
    made = [_page(page) for page in document]
    return [picture for picture, _ in made], [words for _, words in made]


def _refuse_what_acts(content: bytes) -> None:
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if document.is_encrypted:
                raise NotTaken(Why.LOCKED)
            for one in document.objects:
                _refuse(one)
    except pikepdf.PasswordError:
        raise NotTaken(Why.LOCKED) from None
    except (pikepdf.PdfError, RuntimeError):
        raise NotTaken(Why.BROKEN) from None


def _refuse(one: pikepdf.Object, depth: int = 0) -> None:
    """Look through one object and all that stands in it; others are looked at by themselves."""
    if depth > 50:
        raise NotTaken(Why.BROKEN)
    if isinstance(one, pikepdf.Array):
        inner = list(one)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        _refuse_named(one)
        inner = [one[key] for key in one.keys()]  # noqa: SIM118  (an Object is no mapping)
    else:
        return
    for each in inner:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            _refuse(each, depth + 1)


def _refuse_named(one: pikepdf.Object) -> None:
    keys = set(one.keys())
    if keys & set(HOLDS) or one.get("/Type") == "/EmbeddedFile":
        raise NotTaken(Why.HOLDS_FILES)
    if keys & set(DOES) or str(one.get("/S", "")) in ACTS or one.get("/Subtype") == "/RichMedia":
        raise NotTaken(Why.DOES_THINGS)


def _page(page: pypdfium2.PdfPage) -> tuple[bytes, str]:
    width, height = page.get_size()
    scale = min(SCALE, WIDEST / max(width, height, 1))
    if width * height * scale * scale > MOST_PIXELS:
        raise NotTaken(Why.TOO_MANY_PIXELS)
    made = BytesIO()
    page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB").save(made, "PNG")
    text = page.get_textpage()
    words: str = text.get_text_bounded()
    text.close()
    page.close()
    return made.getvalue(), words.replace("\r\n", "\n").replace("\ufffe", "").strip()
