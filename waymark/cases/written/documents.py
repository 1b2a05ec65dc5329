"""Documents on a case: hung on what they came with, shown as pictures, opened by the police."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from waymark.audit.events import record
from waymark.audit.looks import look
from waymark.cases.models import Case, Document, OriginalOpened
from waymark.cases.words import needs
from waymark.cases.writers import is_police
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.files import opening, quarantine, vault
from waymark.files.uploads import Upload

CLAUSE = "2.11.1"


@dataclass(frozen=True)
class Enclosed:
    """Files sent with an entry or an answer. `title`: what they are, in words."""

    files: Sequence[Upload] = ()
    title: str = ""


NOTHING = Enclosed()


def hang(
    enclosed: Enclosed, *, case_id: int, part: Part, object_id: int, by: User, at: datetime
) -> list[Document]:
    """Put each file into quarantine, and hang it on the entry or the request it came with."""
    if not enclosed.files:
        return []
    title = needs(enclosed.title, why="It is not said what the files are", clause=CLAUSE)
    held = quarantine.put(enclosed.files, case_id=case_id, by=by)
    made = []
    for file in held:
        one = Document.objects.create(
            case_id=case_id, file=file, part=part.value, object_id=object_id, title=title, by=by,
            organisation=by.organisation, at=at,
        )  # fmt: skip
        record("document_added", by=by, at=at, case_id=case_id, row=one)
        made.append(one)
    return made


def of_case(case: Case) -> list[Document]:
    """All that the reader sees of a case, the newest first."""
    rows = case.documents.select_related("file", "by", "organisation")
    return list(rows.order_by("-at", "file__reference", "file__number"))


def titles_by_entry(case: Case) -> dict[int, str]:
    """What came with each entry, as words to put below it."""
    said: dict[int, str] = {}
    for one in case.documents.of_entries().select_related("file").order_by("file__number"):
        words = f"\n\nWith it: {one.title} ({one.file.shown_name})"
        said[one.object_id] = said.get(one.object_id, "") + words
    return said


def of_request(key: int) -> list[Document]:
    """What came with the answers to a request."""
    rows = Document.objects.of_request(key).select_related("file", "by", "organisation")
    return list(rows.order_by("at", "file__reference", "file__number"))


def found(key: int, *, case: Case) -> Document | None:
    """A document of the case that the reader may see, or None: then it does not exist."""
    rows = case.documents.select_related("file", "by", "organisation")
    return rows.filter(pk=key).first()


def found_of_request(key: int, *, request: int) -> Document | None:
    """A document that came with an answer to that request, or None."""
    rows = Document.objects.of_request(request).select_related("file", "by", "organisation")
    return rows.filter(pk=key).first()


def openings_of(document: Document) -> list[OriginalOpened]:
    """Who opened it as it was sent, the newest first."""
    return list(document.openings.select_related("by").order_by("-at", "-pk"))


def may_open_original(user: User, document: Document) -> None:
    """The police of the case's area, once it is checked."""
    if not is_police(user, document.case):
        raise Refused(
            "A file as it was sent is opened by the police only", clause=CLAUSE,
            until="Its pages show what it says. Ask the police Prevent officer for the rest.",
        )  # fmt: skip
    if not document.file.is_clean:
        raise Refused(
            "Only a file that was checked and found clean can be opened", clause=CLAUSE,
            until="Wait until it is checked, or ask for it to be sent again.",
        )  # fmt: skip


@act
def open_original(document: Document, *, by: User, why: str) -> bytes:
    """The file as it was sent, with the reason kept. Raises Damaged where it does not open."""
    may_open_original(by, document)
    words = needs(why, why="It is not said why the file is opened", clause=CLAUSE)
    made = OriginalOpened.objects.create(
        case_id=document.case_id, document=document, why=words, by=by, at=now()
    )
    record("original_opened", by=by, at=made.at, case_id=made.case_id, row=made)
    look(
        by=by, at=made.at, case_id=made.case_id, part=Part.WORK.value, purpose="original",
        object_kind="document", object_id=document.pk,
    )  # fmt: skip
    return opening.opened(document.file, vault.ORIGINAL, by=by)
