"""From quarantine to pictures: put in by the web server, taken out by the job worker alone."""

import logging
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast, acting
from tests.files import corpus
from tests.files.steps import as_worker, checked, write_with
from tests.story import Story
from waymark.audit.models import Event, Look
from waymark.cases.models import Document, Task
from waymark.cases.written import documents, unchecked
from waymark.database import clock
from waymark.database.guard import become
from waymark.database.limits import Limits
from waymark.database.sealing import Damaged, header_of
from waymark.database.sealing_rotation import rotate
from waymark.directory.permission import Refused
from waymark.files import checking, opening, quarantine, scanner, sweeping, vault
from waymark.files.checking import CHECK_FILES
from waymark.files.models import File
from waymark.project.embedded.clamd import Clamd

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = b"Nine days missed"
SECRET_NAME = "Robin Ashdown of 1 Long Lane.txt"


@pytest.fixture
def story(kept: Path) -> Story:
    with transaction.atomic():
        return Story(Cast("Essex")).screened()


def added(story: Story, files: dict[str, bytes]) -> list[Document]:
    with transaction.atomic():
        return write_with(story, files)


def again(one: Document) -> Document:
    return Document.objects.select_related("file", "case").get(pk=one.pk)


def named(name: str) -> bytes:
    return next(one.content for one in corpus.bad() if one.name == name)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.requirement("S44", "S47", "S48", "S50")
def test_a_file_is_held_scanned_made_anew_and_nothing_of_it_lies_open(
    story: Story, kept: Path, clamd: Clamd, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    harmful = corpus.eicar() + b"\n"
    one, bad, script = added(
        story, {SECRET_NAME: WORDS, "b.txt": harmful, "c.pdf": named("script.pdf")}
    )
    assert {each.file.state for each in (one, bad, script)} == {"held"}
    with pytest.raises(quarantine.NotHere):  # the web server has no key for it
        quarantine.take(one.file)
    assert len(list(kept.rglob("*-held"))) == 3 and WORDS not in everything_in(kept)
    assert checked() == 3 and checked() == 0
    with transaction.atomic():
        officer = acting(story.cast.police_officer)
        one, bad, script = again(one), again(bad), again(script)
        assert (one.file.state, one.file.pages) == ("clean", 1)
        assert (bad.file.state, bad.file.why) == ("refused", "malware")
        assert (script.file.state, script.file.why) == ("refused", "does_things")
        assert opening.words_of(one.file, by=officer) == ["Nine days missed"]
        assert opening.opened(one.file, vault.page(1), by=officer).startswith(b"\x89PNG")
        assert documents.open_original(one, by=officer, why="To compare") == WORDS
        assert vault.given_name(one.file) == SECRET_NAME
        acting(story.cast.auditor)
        kinds = [event.kind for event in Event.objects.filter(chain=story.case.pk)]
        assert kinds.count("file_checked") == 3 and kinds.count("original_opened") == 1
        acting(officer)
        assert Look.objects.filter(object_kind="document", object_id=one.pk).count() == 1
        task = unchecked.refusal_told(bad.file_id, to=officer)
        assert task and bad.file.shown_name in task.why and "harmful" in task.why
        assert unchecked.refusal_told(one.file_id, to=officer) is None
    lies = everything_in(kept)
    assert WORDS not in lies and b"PNG" not in lies and not list(kept.rglob("*-held"))
    assert "Ashdown" not in one.file.shown_name and "Ashdown" not in caplog.text
    assert "Nine days" not in caplog.text


@pytest.mark.requirement("S44")
def test_the_web_server_can_change_nothing_of_a_file(story: Story) -> None:
    (one,) = added(story, {"a.txt": WORDS})
    for change in ("state = 'clean', pages = 1, checked_at = now()", "sealed_key = '\\x00'"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            become(CHECK_FILES)
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE files_file SET {change} WHERE id = {one.file_id}")
    with transaction.atomic():
        become(CHECK_FILES)
        assert not File.objects.exists()  # nor see what it does not see by its own right
    for user in ("outsider", "auditor", "administrator", "partner"):
        with transaction.atomic():
            acting(getattr(story.cast, user))
            assert not File.objects.exists() and not Document.objects.exists()


@pytest.mark.requirement("F7", "S46")
def test_without_a_scanner_a_file_waits_and_after_a_day_a_person_is_told(
    story: Story, clamd: Clamd, settings: Any
) -> None:
    (one,) = added(story, {"a.txt": WORDS})
    address = settings.WAYMARK_CLAMD
    settings.WAYMARK_CLAMD = urlsplit("unix:///nowhere/s")
    assert checked() == 0
    with transaction.atomic():
        acting(story.cast.police_lead)
        assert not Task.objects.filter(kind="file_unchecked").exists()
        clock.set_offset(timedelta(hours=25))
    try:
        assert checked() == 0 == checked()
        with transaction.atomic():
            acting(story.cast.police_lead)
            task = Task.objects.get(kind="file_unchecked")  # once, however often it is tried
            assert one.file.shown_name in task.why and task.role == "police_lead"
        settings.WAYMARK_CLAMD = address
        assert checked() == 1
        with transaction.atomic():
            acting(story.cast.police_lead)
            assert again(one).file.is_clean
            assert Task.objects.get(kind="file_unchecked").outcome == "clean"
    finally:
        with transaction.atomic():
            clock.set_offset(timedelta())


@pytest.mark.requirement("F2", "F7")
def test_a_worker_killed_at_any_step_leaves_a_file_that_is_checked_by_the_next(
    story: Story, kept: Path, clamd: Clamd
) -> None:
    (one,) = added(story, {"a.txt": WORDS})
    child = os.fork()
    if child == 0:  # a worker that dies when all is sealed and nothing is said
        try:
            checking.record = lambda *given, **named: os.kill(os.getpid(), 9)  # type: ignore[attr-defined]
            checked()
        finally:
            os._exit(1)
    _, ended = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ended)
    connection.close()
    with transaction.atomic():
        acting(story.cast.police_officer)
        assert again(one).file.state == "held" and list(kept.rglob("*-original"))
    assert checked() == 1
    with transaction.atomic():
        officer = acting(story.cast.police_officer)
        assert opening.words_of(again(one).file, by=officer) == ["Nine days missed"]


@pytest.mark.requirement("S46")
def test_a_file_that_gets_an_odd_answer_keeps_none_behind_it_waiting(
    story: Story, clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, broken, good = added(story, {"a.txt": b"odd", "b.txt": b"broken", "c.txt": WORDS})
    really = scanner.is_clean

    def answers(content: bytes) -> bool:
        if content == b"odd":
            raise scanner.Down("odd_answer")
        if content == b"broken":
            raise RuntimeError("A defect of ours")
        return really(content)

    monkeypatch.setattr(checking.scanner, "is_clean", answers)
    assert checked() == 1
    with transaction.atomic():
        acting(story.cast.police_officer)
        assert [again(one).file.state for one in (odd, broken, good)] == ["held", "held", "clean"]
    monkeypatch.setattr(checking.scanner, "is_clean", really)
    assert checked() == 2


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.requirement("S48")
def test_what_was_changed_or_exchanged_in_the_store_gives_no_byte_and_an_alarm(
    story: Story, kept: Path, clamd: Clamd, caplog: pytest.LogCaptureFixture
) -> None:
    one, two, three = added(story, {"a.txt": WORDS, "b.txt": b"Others", "c.txt": b"More"})
    flipped(next(kept.rglob(f"{three.file.stored}-held")))
    assert checked() == 3
    with transaction.atomic():
        acting(story.cast.police_officer)
        one, two = again(one), again(two)
        assert again(three).file.why == "damaged"

    def at(document: Document, what: str) -> Path:
        return next(kept.rglob(f"{document.file.stored}-{what}"))

    whole = {what: at(one, what).read_bytes() for what in ("original", "page1", "words")}
    spoils = {
        "flipped": lambda: flipped(at(one, "words")),
        "exchanged with another file": lambda: at(one, "words").write_bytes(
            at(two, "words").read_bytes()
        ),
        "exchanged with another part": lambda: at(one, "words").write_bytes(whole["page1"]),
        "cut": lambda: at(one, "words").write_bytes(whole["words"][:-1]),
        "emptied": lambda: at(one, "words").write_bytes(b""),
        "gone": lambda: at(one, "words").unlink(),
    }
    for count, spoil in enumerate(spoils.values(), start=1):
        spoil()
        caplog.clear()
        with transaction.atomic():
            officer = acting(story.cast.police_officer)
            with pytest.raises(Damaged):
                opening.words_of(one.file, by=officer)
            acting(story.cast.auditor)
            assert Event.objects.filter(kind="file_damaged").count() == count
        assert [record.levelname for record in caplog.records] == ["CRITICAL"]
        folder = kept / one.file.stored[:2]
        (folder / f"{one.file.stored}-words").write_bytes(whole["words"])
    with transaction.atomic():
        officer = acting(story.cast.police_officer)
        assert opening.words_of(one.file, by=officer)
        one.file.case_id += 1  # as if it hung on another case
        with pytest.raises(Damaged):
            opening.words_of(one.file, by=officer)
        one.file.case_id -= 1
        one.file.sealed_key = two.file.sealed_key
        with pytest.raises(Damaged):
            opening.words_of(one.file, by=officer)


@pytest.mark.requirement("S60")
def test_a_new_key_seals_names_and_keys_of_files_again(
    story: Story, clamd: Clamd, settings: Any
) -> None:
    (one,) = added(story, {"a.txt": WORDS})
    assert checked() == 1
    old = settings.WAYMARK_KEYS
    settings.WAYMARK_KEYS = (b"n" * 32, *old)
    with as_worker():
        rotate(lambda row: None)
    settings.WAYMARK_KEYS = (b"n" * 32,)
    with transaction.atomic():
        officer = acting(story.cast.police_officer)
        assert bytes(again(one).file.sealed_name).startswith(header_of(b"n" * 32))
        assert opening.words_of(again(one).file, by=officer) == ["Nine days missed"]


@pytest.mark.requirement("F4", "S43")
def test_more_than_a_days_worth_or_a_full_disk_is_told_and_nothing_is_half_kept(
    story: Story, kept: Path, settings: Any
) -> None:
    import resource

    settings.WAYMARK_LIMITS = Limits(day_megabytes=40 / 1024**2)  # 40 bytes
    added(story, {"a.txt": WORDS})
    with pytest.raises(Refused, match="MB of files today"):
        added(story, {"a.txt": WORDS, "b.txt": WORDS})
    settings.WAYMARK_LIMITS = Limits()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))  # no more fits on the disk
    try:
        with pytest.raises(Refused, match="Not saved"):
            added(story, {"a.txt": b"small", "b.txt": b"large" * 2000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with transaction.atomic():
        acting(story.cast.police_officer)
        assert Document.objects.count() == 1 and story.case.entries.count() == 1
    assert len(list(kept.rglob("*-held"))) == 2  # one belongs to nobody now
    with as_worker(), transaction.atomic():
        become(CHECK_FILES)
        assert sweeping.sweep() == 0
        assert sweeping.sweep(at=clock.now() + timedelta(days=2)) == 1
        assert len(list(kept.rglob("*-held"))) == 1
