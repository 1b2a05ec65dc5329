"""Files on pages: added with an entry or an answer, read as pictures, opened by the police."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, acting
from tests.files import corpus
from tests.files.steps import checked
from tests.story import Story
from tests.web.panel import Desk, day
from tests.web.police import Pages, hidden, plain
from waymark.audit.models import Look
from waymark.cases.models import Document, Entry
from waymark.cases.written import unchecked
from waymark.database.clock import today
from waymark.files.checking import CHECK_FILES
from waymark.files.models import File
from waymark.files.reasons import Why
from waymark.project.embedded.clamd import Clamd

WORDS = b"Nine days missed"
WHO = "Robin Ashdown.txt"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, settings: Any) -> Path:
    settings.WAYMARK_FILES = tmp_path / "files"
    return tmp_path / "files"


def sent(name: str, content: bytes = WORDS) -> SimpleUploadedFile:
    """A file as a browser sends it, its name untouched."""
    made = SimpleUploadedFile("x", content)
    made._name = name  # type: ignore[attr-defined]  # Django would clean it up, a browser does not
    return made


def entry(*files: SimpleUploadedFile, **differs: Any) -> dict[str, Any]:
    said = {"kind": "visit", "told_by": "The form tutor", "words": "Missed nine days"}
    enclosed = {"documents": list(files), "documents_title": "Attendance register"}
    return said | day("happened_date", today()) | enclosed | differs


class TestForms:
    """Rolled back: nothing is checked here."""

    @pytest.fixture
    def desk(self, client: Client, essex: Cast) -> Desk:
        return Desk(client, Story(essex).screened())

    @pytest.mark.requirement("S42", "S46", "S49")
    def test_files_come_with_an_entry_and_wait_until_they_are_checked(
        self, desk: Desk, essex: Cast
    ) -> None:
        officer = essex.police_officer
        files = sent(WHO), sent("b.png", corpus.picture())
        desk.done(officer, "entry", desk.reference, **entry(*files))
        acting(officer)
        one, two = Document.objects.select_related("file").order_by("file__number")
        assert one.file.reference == two.file.reference and one.title == "Attendance register"
        page = desk.at(officer).text("documents", desk.reference)
        assert "Still checking" in page and one.file.shown_name in page
        assert "Ashdown.txt" not in page
        held = desk.at(officer).text("document", desk.reference, one.pk)
        assert "We are still checking this file" in held and "beside it is saved" in held
        assert (
            desk.at(officer).get("document_picture", desk.reference, one.pk, 1).status_code == 404
        )
        refused = desk.at(officer).text("document_original", desk.reference, one.pk)
        assert "Only a file that was checked and found clean can be opened" in refused
        early = desk.refused(officer, "document_original", desk.reference, one.pk, why="To compare")
        assert "Only a file that was checked" in early and "To compare" in early
        timeline = desk.at(officer).text("case_timeline", desk.reference)
        assert f"With it: Attendance register ({one.file.shown_name})" in timeline

    @pytest.mark.requirement("S45")
    def test_whoever_added_a_refused_file_says_that_they_read_why(
        self, desk: Desk, essex: Cast
    ) -> None:
        officer = essex.police_officer
        desk.done(officer, "entry", desk.reference, **entry(sent(WHO)))
        acting(officer)
        file = Document.objects.select_related("file").get().file
        file.state, file.why = File.State.REFUSED, Why.MALWARE
        unchecked.was_checked(file, by=acting(CHECK_FILES))
        assert "was found to be harmful" in desk.at(officer).text("refused_file", file.pk)
        desk.done(officer, "refused_file", file.pk)
        assert desk.at(officer).get("refused_file", file.pk).status_code == 404

    @pytest.mark.requirement("S42", "S43", "S50")
    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("page.jpg", b"<html><script>1</script></html>", "is not a kind of file that we take"),
            ("report.docx", corpus.excel(), "does not hold what the end of its name says"),
            ("empty.txt", b"", "is empty"),
            ("large.txt", b"x" * (20 * 1024 * 1024 + 1), "is larger than 20 MB"),
        ],
    )  # fmt: skip
    def test_a_file_that_is_not_taken_is_named_with_what_is_taken_and_words_stay(
        self, desk: Desk, essex: Cast, name: str, content: bytes, says: str
    ) -> None:
        officer = essex.police_officer
        page = desk.at(officer).send("entry", desk.reference, **entry(sent(name, content)))
        assert page.status_code == 200 and f"“{name}” {says}" in plain(page)
        assert "We take PDF, Word (docx)" in plain(page) and "Missed nine days" in page.text
        acting(officer)
        assert not Entry.objects.exists() and not File.objects.exists()

    @pytest.mark.requirement("S43")
    def test_too_many_together_and_a_file_without_a_word_of_what_it_is(
        self, desk: Desk, essex: Cast
    ) -> None:
        officer = essex.police_officer
        half = b"x" * (13 * 1024 * 1024)
        many = entry(sent("a.txt", half), sent("b.txt", half))
        page = desk.at(officer).send("entry", desk.reference, **many)
        assert "The files together are larger than 25 MB" in plain(page)
        assert "Missed nine days" in page.text
        eleven = desk.at(officer).send(
            "entry", desk.reference, **entry(*(sent(f"{n}.txt") for n in range(11)))
        )
        assert "Choose 10 files or fewer" in plain(eleven) and "Missed nine days" in eleven.text
        page = desk.at(officer).send(
            "entry", desk.reference, **entry(sent("a.txt"), documents_title="")
        )
        assert "Enter what the files are" in plain(page) and "Choose the files again" in plain(page)
        acting(officer)
        assert not Entry.objects.exists() and not File.objects.exists()

    @pytest.mark.requirement("S43", "S49")
    def test_no_other_page_takes_files_and_none_is_written_in_clear(
        self, desk: Desk, essex: Cast, settings: Any, tmp_path: Path
    ) -> None:
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
        pages = desk.at(essex.police_officer)
        told = pages.get("proceeding", desk.reference)
        address = reverse("proceeding", args=[desk.reference])
        small = desk.client.post(address, hidden(told) | {"documents": sent("a.txt")})
        assert small.status_code == 200 and not small.wsgi_request.FILES
        large = sent("a.txt", b"x" * (2 * 1024 * 1024))
        assert desk.client.post(address, hidden(told) | {"documents": large}).status_code == 413
        assert not list(tmp_path.iterdir())

    @pytest.mark.requirement("S22")
    def test_an_answer_brings_files_that_its_readers_see(
        self, client: Client, essex: Cast, thurrock: Cast
    ) -> None:
        desk = Desk(client, Story(essex).partners_asked())
        asked = desk.story.request
        said = {"state": "nothing_known", "held_back": "no", "documents": sent(WHO),
                "documents_title": "Attendance"}  # fmt: skip
        desk.done(essex.partner, "request", asked.pk, **said)
        acting(essex.partner)
        one = Document.objects.select_related("file").get()
        assert one.file.shown_name in desk.at(essex.partner).text("request", asked.pk)
        assert "still checking" in desk.at(essex.partner).text("request_document", asked.pk, one.pk)
        read = desk.at(essex.police_officer).text("asked_request", desk.reference, asked.pk)
        assert one.file.shown_name in read
        desk.at(essex.police_officer).text("document", desk.reference, one.pk)
        for user, status in (
            (essex.coordinator, 403), (essex.partner, 404), (essex.outsider, 404),
            (thurrock.chair, 404), (essex.panel_member, 404),
        ):  # fmt: skip
            seen = desk.at(user).get("document", desk.reference, one.pk)
            assert seen.status_code == status, user
        other = desk.at(thurrock.partner).get("request_document", asked.pk, one.pk)
        assert other.status_code == 404


@pytest.mark.django_db(transaction=True)
class TestRead:
    """Committed, since the job worker checks."""

    @pytest.fixture
    def cast(self) -> Cast:
        with transaction.atomic():
            return Cast("Essex")

    @pytest.mark.requirement("S33", "S47", "S48", "S49")
    def test_pages_are_seen_as_pictures_and_the_original_is_opened_with_a_reason(
        self, cast: Cast, client: Client, clamd: Clamd, kept: Path
    ) -> None:
        with transaction.atomic():
            story = Story(cast).screened()
        reference, officer = story.case.reference, cast.police_officer
        desk = Desk(client, story)
        files = sent(WHO), sent("b.pdf", corpus.pdf(pages=2)), sent("c.txt", corpus.eicar())
        desk.done(officer, "entry", reference, **entry(*files))
        assert checked() == 3
        with transaction.atomic():
            acting(officer)
            one, two, bad = Document.objects.select_related("file").order_by("file__number")
        pages = Pages(client, officer)
        page = pages.get("document", reference, one.pk)
        assert "set anew" in plain(page) and "Nine days missed" in plain(page)
        assert 'alt="Page 1 of 1. Its words are below' in page.text
        both = pages.get("document", reference, two.pk).text
        assert both.count("<img") == 2 and "set anew" not in both
        picture = pages.get("document_picture", reference, one.pk, 1)
        assert picture.content.startswith(b"\x89PNG")
        assert picture["Content-Disposition"] == (
            f'attachment; filename="{one.file.reference}-1-page-1.png"'
        )
        assert picture["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert picture["Cache-Control"] == "no-store"
        assert picture["X-Content-Type-Options"] == "nosniff"
        assert pages.get("document_picture", reference, one.pk, 2).status_code == 404
        empty = pages.send("document_original", reference, one.pk, why=" ")
        assert "Enter why you need the file" in plain(empty)
        opened = pages.send("document_original", reference, one.pk, why="To compare signatures")
        assert opened.content == WORDS
        assert opened["Content-Disposition"] == f'attachment; filename="{one.file.shown_name}"'
        assert opened["Content-Security-Policy"].startswith("sandbox;")
        assert "To compare signatures" in pages.text("document", reference, one.pk)
        with transaction.atomic():
            acting(officer)
            assert Look.objects.filter(object_kind="document", purpose="original").count() == 1
        self.refused(pages, reference, bad, other=cast.police_lead)
        self.spoilt(pages, reference, one, kept)

    def refused(self, pages: Pages, reference: str, bad: Document, *, other: Any) -> None:
        home = pages.text("home")
        assert "Read why a file was refused" in home and bad.file.shown_name in home
        assert "was found to be harmful" in pages.text("document", reference, bad.pk)
        assert pages.get("document_picture", reference, bad.pk, 1).status_code == 404
        gone = Pages(pages.client, other).get("refused_file", bad.file_id)
        assert gone.status_code == 404
        pages = Pages(pages.client, pages.user)
        assert pages.send("refused_file", bad.file_id).status_code == 302
        assert "Read why a file was refused" not in pages.text("home")

    def spoilt(self, pages: Pages, reference: str, one: Document, kept: Path) -> None:
        for path in kept.rglob(f"{one.file.stored}-*"):
            path.write_bytes(path.read_bytes()[::-1])
        page = pages.get("document", reference, one.pk)
        assert page.status_code == 409 and "This file is damaged" in plain(page)
        assert "<img" not in page.text
        picture = pages.get("document_picture", reference, one.pk, 1)
        assert (picture.status_code, picture.content) == (409, b"This file is damaged")
        opened = pages.send("document_original", reference, one.pk, why="To compare again")
        assert "This file is damaged" in plain(opened) and WORDS not in opened.content
