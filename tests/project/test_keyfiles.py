import base64
from pathlib import Path

import pytest

from waymark.project import keyfiles
from waymark.project.reading import Reading
from waymark.project.sentence import Wrong


@pytest.mark.requirement("S6")
def test_first_start_makes_secrets_of_its_own_that_nobody_else_reads(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made = keyfiles.make(folder)
    assert {path.name for path in made} == {"seal", "audit", "checkpoint", "signing", "passwords"}
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert len({path.read_text() for path in made}) == len(made)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_was_made_stays(tmp_path: Path) -> None:
    keyfiles.make(tmp_path)
    before = (tmp_path / "seal").read_text()
    assert keyfiles.make(tmp_path) == []
    assert (tmp_path / "seal").read_text() == before


def test_new_key_comes_first_and_the_old_ones_stay(tmp_path: Path) -> None:
    keyfiles.make(tmp_path)
    file = tmp_path / "seal"
    old = file.read_text().split()
    keyfiles.rotate(file)
    new = file.read_text().split()
    assert new[1:] == old
    assert new[0] not in old
    assert file.stat().st_mode & 0o777 == 0o600


def test_rotation_wants_a_file_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="There is no file of keys"):
        keyfiles.rotate(tmp_path / "none")
    with pytest.raises(Wrong, match="absolute path of a file"):
        keyfiles.rotate(Path("seal"))


@pytest.mark.parametrize("beginning", [b"\xff", b"\x00"])
def test_a_key_may_begin_as_a_path_does(beginning: bytes) -> None:
    key = beginning + bytes(31)
    given = base64.b64encode(key).decode()
    reading = Reading({"WAYMARK_KEYS": f"{given},{given}"}, frozenset({"WAYMARK_KEYS"}))
    assert keyfiles.keys(reading, "WAYMARK_KEYS") == (key, key)
