"""Files that a referrer sends with their receipt: off unless set, three, read by the police."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from tests.cast import Cast, acting
from tests.files import corpus
from tests.files.steps import as_worker, checked
from tests.story import Story
from tests.web.panel import days_later
from tests.web.police import Pages, plain
from tests.web.referrer import Referrer
from waymark.audit.models import Look
from waymark.cases.models import Task
from waymark.database.guard import become
from waymark.database.limits import Limits
from waymark.files import quarantine
from waymark.files.models import File
from waymark.project.embedded.clamd import Clamd
from waymark.project.jobs import scanning
from waymark.referrals.models import AddedFile, Addition
from waymark.referrals.writing import receipts

ADD = "/receipt/add"
WORDS = b"The caretaker saw it"
COLUMNS = """id, salt, referral_id, reference, number, kind, size, digest, sealed_name, stored,
    sealed_key, state, why, pages, at"""
VALUES = "1, '', %s, 'x', 1, 'txt', 1, '', '', 'x', '', 'held', '', 0, now()"


@pytest.fixture(autouse=True)
def taken(tmp_path: Path, settings: Any) -> None:
    settings.WAYMARK_FILES = tmp_path / "files"
    settings.WAYMARK_REFERRAL_FILES = True


def sent(name: str = "a.txt", content: bytes = WORDS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def holder_of(story: Story) -> Client:
    client = Client()
    assert client.post("/receipt", {"code": story.sent.code})["Location"] == "/receipt/state"
    return client


def adds(client: Client, *files: SimpleUploadedFile, words: str = "I have a picture") -> Any:
    said = {"kind": "new", "words": words, "documents": list(files)}
    return client.post(ADD, Referrer(client).hidden(ADD) | said)


def rows(cast: Cast) -> list[AddedFile]:
    acting(cast.police_officer)
    return list(AddedFile.objects.select_related("file"))


@pytest.mark.django_db
class TestSending:
    """Rolled back: nothing is checked here."""

    @pytest.mark.requirement("S42")
    def test_there_is_no_such_question_unless_it_is_set(self, essex: Cast, settings: Any) -> None:
        told = "There you can also add up to 3 files"
        settings.WAYMARK_REFERRAL_FILES = False
        sender = Referrer().begins().tells()
        sender.sends()
        assert told not in sender.page("/refer/received")
        settings.WAYMARK_REFERRAL_FILES = True
        assert told in sender.page("/refer/received")
        settings.WAYMARK_REFERRAL_FILES = False
        client = holder_of(Story(essex).referred())
        assert 'type="file"' not in client.get(ADD).text
        assert adds(client, sent())["Location"] == "/receipt/state?kept=yes"
        assert rows(essex) == [] and Addition.objects.get().words == "I have a picture"

    @pytest.mark.requirement("S42", "S44")
    def test_three_files_come_with_a_referral_and_no_more(self, essex: Cast) -> None:
        story = Story(essex).referred()
        client = holder_of(story)
        page = client.get(ADD).text
        assert 'type="file"' in page and "multipart/form-data" in page
        four = adds(client, *[sent(f"{n}.txt") for n in range(4)])
        assert "Choose 3 files or fewer" in plain(four) and "I have a picture" in four.text
        assert adds(client, sent("mine.txt"), sent("b.png", corpus.picture())).status_code == 302
        more = adds(client, sent("c.txt"), sent("d.txt"))
        assert "There can be 3 files with a referral, and no more" in plain(more)
        assert "Choose the files again" in plain(more) and "I have a picture" in more.text
        assert adds(client, sent("c.txt")).status_code == 302
        again = rows(essex)
        assert [one.number for one in again] == [1, 2, 3]
        assert {one.file.referral_id for one in again} == {story.subject.referral_id}
        assert {(one.file.case_id, one.file.by_id, one.file.state) for one in again} == {
            (None, None, "held")
        }
        become(receipts.visitors_of(story.sent.code)[0])
        assert not AddedFile.objects.exists() and not File.objects.exists()

    @pytest.mark.requirement("S42", "S50")
    def test_what_is_not_taken_is_said_and_the_words_are_kept(self, essex: Cast) -> None:
        client = holder_of(Story(essex).referred())
        bad = adds(client, sent("x.html", b"<html>"), words="He drew a map")
        assert "x.html" in bad.text and "We take PDF" in plain(bad) and "He drew a map" in bad.text
        assert rows(essex) == [] and not Addition.objects.exists()

    @pytest.mark.requirement("S43")
    def test_what_all_send_in_a_day_is_bounded(self, essex: Cast, settings: Any) -> None:
        settings.WAYMARK_LIMITS = Limits(referral_megabytes=0)
        client = holder_of(Story(essex).referred())
        full = adds(client, sent())
        assert "Too many files have come in today" in plain(full)
        assert "Send your words without them" in plain(full) and "I have a picture" in full.text
        assert adds(client).status_code == 302

    @pytest.mark.requirement("S22")
    def test_the_database_takes_no_file_of_a_referral_from_whoever_holds_no_receipt(
        self, essex: Cast
    ) -> None:
        story, other = Story(essex).referred(), Story(essex).referred()
        row = f"INSERT INTO files_file ({COLUMNS}) VALUES ({VALUES})"
        become(receipts.visitors_of(story.sent.code)[0])
        for referral, taken in (
            (other.subject.referral_id, False),
            (story.subject.referral_id, True),
        ):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(row, [referral])
                went = True
            except Exception as refused:
                assert "row-level security" in str(refused)
                went = False
            assert went is taken


@pytest.mark.django_db(transaction=True)
@pytest.mark.requirement("S44", "S46", "S47", "S49")
def test_the_police_read_them_as_pictures_once_they_are_clean(clamd: Clamd) -> None:
    with transaction.atomic():
        cast = Cast("Essex")
        story = Story(cast).referred()
        reference = story.subject.referral.reference
    client = holder_of(story)
    adds(client, sent("mine.txt"), sent("c.txt", corpus.eicar()))
    officer = Pages(client, cast.police_officer)
    assert "mine.txt" not in officer.text("referral_additions", reference)
    assert "Being checked" in officer.text("referral_additions", reference)
    with transaction.atomic():
        one, bad = rows(cast)
    assert "We are still checking this file" in officer.text("referral_file", reference, one.pk)
    with days_later(2), as_worker():  # no scanner was there
        scanning._tell_of_those_late()
    with transaction.atomic():
        acting(cast.police_lead)
        waiting = Task.objects.waiting().filter(kind="added_file_unchecked")
        assert {task.object_id for task in waiting} == {one.file_id, bad.file_id}

    assert checked() == 2
    with transaction.atomic():
        acting(cast.police_lead)
        assert not Task.objects.waiting().filter(kind="added_file_unchecked").exists()
    page = officer.get("referral_file", reference, one.pk)
    assert "The caretaker saw it" in plain(page) and "set anew" in plain(page)
    picture = officer.get("referral_file_picture", reference, one.pk, 1)
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Content-Disposition"].startswith("attachment")
    assert "found to be harmful" in officer.text("referral_file", reference, bad.pk)
    assert officer.get("referral_file_picture", reference, bad.pk, 1).status_code == 404
    with transaction.atomic():
        acting(cast.auditor)
        seen = Look.objects.filter(object_id=story.subject.referral_id, part="referral")
        assert seen.count() >= 4
    for other in (cast.chair, cast.coordinator, cast.partner, cast.outsider):
        assert Pages(client, other).get("referral_file", reference, one.pk).status_code == 404
    assert timedelta(hours=24) == quarantine.LONGEST
