"""A wrong pack is refused with file, line and reason."""

import shutil
from pathlib import Path

import pytest

from waymark.policy.check import main
from waymark.policy.pack import PACKS, WrongPack, in_force, load, put_in_force


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "set-2019", tmp_path / "set-2019"))


def spoil(folder: Path, name: str, old: str, new: str, at: str | None = None) -> int:
    """Replace the first `old`; the line, counted from 1, on which `at` (or `new`) then stands."""
    text = (folder / name).read_text()
    assert old in text
    text = text.replace(old, new, 1)
    (folder / name).write_text(text)
    sought = at or new
    return text[: text.index(sought)].count("\n") + 1


WRONG = [
    ("edition.toml", 'code = "set-2019"', 'kode = "set-2019"', None,
     "“kode” is not a key that “edition” can have. Did you mean “code”?"),
    ("edition.toml", "review_due_date = 2020-04-30", 'review_due_date = "April"', None,
     "“review_due_date” must be a date such as 2019-04-01."),
    ("edition.toml", 'replaces = "n/a"\n', "", "[control]",
     "“control” needs “replaces”, which is missing."),
    ("edition.toml", 'replaces = "n/a"', 'replaces = " "', None, "“replaces” must not be empty."),
    ("edition.toml", '  "Essex Safeguarding Adults Board",', "  7,", None,
     "“boards” must be words in quotes."),
    ("edition.toml", 'group = "policy"', 'group = "politics"', None,
     "“group” must be one of “policy”, “guidance”, “law”, “form”, “learning”, not “politics”."),
    ("edition.toml", 'clauses = ["1.2.1"]', 'clauses = ["1.2"]', None,
     "“1.2” is not the number of a clause, such as 2.8.15."),
    ("limits.toml", "amount = 5", "amount = 0", None, "The limit “screening” must be at least 1."),
    ("limits.toml", "amount = 5", "amount = -5", None, "“amount” must not be less than 0."),
    ("limits.toml", "amount = 5", "amount = true", None, "“amount” must be a whole number."),
    ("limits.toml", 'code = "accept_case"', 'code = "screening" #2', '"screening" #2',
     "The code “screening” is used twice in “limits”."),
    ("limits.toml", 'unit = "working_days"', 'unit = "weeks"', None,
     "“unit” must be one of “working_days”, “days”, “months”, “in_100”, not “weeks”."),
    ("limits.toml", "day_ends = 13:00:00", "day_ends = 13", None,
     "“day_ends” must be a time such as 13:00:00."),
    ("framework.toml", "factors = 13", "factors = 12", None,
     "“engagement” states 12 factors but the pack lists 13."),
    ("framework.toml", 'code = "E2"\ndimension = "engagement"',
     'code = "E2"\ndimension = "enthusiasm"', 'dimension = "enthusiasm"',
     "“E2” names no dimension: “enthusiasm”."),
    ("form.toml", 'reader = "casework"', 'reader = "everybody"', None,
     "The question “forenames” names no reader: “everybody”."),
    ("form.toml", 'topic = "person"', 'topic = "weather"', None,
     "The question “forenames” names no topic: “weather”."),
    ("form.toml", 'kind = "choice"', 'kind = "text" #2', '"text" #2',
     "The question “gender” is a text, which cannot have choices."),
    ("form.toml", 'answers = ["yes"]', 'answers = ["maybe"]', None,
     "The question “insider_who” depends on “insider”, which cannot be answered with “maybe”."),
    ("form.toml", 'question = "insider"', 'question = "outsider"', None,
     "The question “insider_who” depends on “outsider”, which is not an earlier question."),
    ("form.toml", '{ code = "male", name = "Male" },', '{ code = "male" },', None,
     "Entry 2 of “choices” needs “name”, which is missing."),
    ("panels.toml", "weekday = 2", "weekday = 7", None,
     "The panel “essex_panel” needs a “weekday” from 0 (Monday) to 6."),
    ("panels.toml", 'code = "police"', 'code = "constables"', "[[quorum]]",
     "A quorum always has the seats “chair” and “police” (2.1.3)."),
    ("texts.toml", 'references = ["prevent_duty_guidance"]', 'references = ["gossip"]', None,
     "The text “prevent_purpose” names no reference: “gossip”."),
    ("texts.toml", 'code = "channel_plainly"', 'code = "channel plainly"', None,
     "The code “channel plainly” may hold only letters, digits and _."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "at", "reason"), WRONG)
def test_it_is_refused_with_file_line_and_reason(
    folder: Path, name: str, old: str, new: str, at: str | None, reason: str
) -> None:
    line = spoil(folder, name, old, new, at)
    with pytest.raises(WrongPack) as refused:
        load(folder)
    assert f"{name}, line {line}: {reason}" in str(refused.value).split("\n")


def test_nationality_cannot_be_put_on_the_publics_road(folder: Path) -> None:
    text = (folder / "form.toml").read_text()
    start = text.index('code = "nationality"')
    changed = text[start:].replace('roads = ["professional"]', 'roads = ["public"]', 1)
    (folder / "form.toml").write_text(text[:start] + changed)
    with pytest.raises(WrongPack, match="“nationality” may be asked of professionals only"):
        load(folder)


def test_all_faults_are_told_at_once_in_order(folder: Path) -> None:
    spoil(folder, "limits.toml", "amount = 5", 'amount = "five"')
    spoil(folder, "edition.toml", 'replaces = "n/a"', "replaces = 0")
    with pytest.raises(WrongPack) as refused:
        load(folder)
    assert [fault.file for fault in refused.value.faults] == ["edition.toml", "limits.toml"]


def test_what_is_not_toml_is_refused_with_its_line(folder: Path) -> None:
    line = spoil(folder, "support.toml", 'code = "mentoring"', 'code = "mentoring')
    with pytest.raises(WrongPack, match=f"support.toml, line {line}: This is not TOML: "):
        load(folder)


def test_what_breaks_off_is_refused_with_its_last_line(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('[edition]\ncode = "x"\nname = """un\nfinished')
    with pytest.raises(WrongPack, match="pack.toml, line 4: This is not TOML"):
        load(tmp_path / "pack.toml")


def test_a_file_that_is_not_text_is_refused_with_its_line(folder: Path) -> None:
    (folder / "support.toml").write_bytes(b"# kinds\n\xff\xfe")
    with pytest.raises(WrongPack, match="support.toml, line 2: The file is not written in UTF-8"):
        load(folder)


def test_a_part_that_stands_in_two_files_is_refused(folder: Path) -> None:
    (folder / "zebra.toml").write_text('\n[[limits]]\ncode = "screening"\n')
    with pytest.raises(WrongPack, match="zebra.toml, line 2: “limits” stands in limits.toml"):
        load(folder)


def test_a_part_that_is_missing_is_refused(folder: Path) -> None:
    (folder / "support.toml").unlink()
    reason = "edition.toml, line 1: The pack needs “support_kinds”, which is missing."
    with pytest.raises(WrongPack, match=reason):
        load(folder)


def test_a_pack_may_be_one_file(folder: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.toml"
    whole.write_text("\n".join(each.read_text() for each in sorted(folder.iterdir())))
    assert load(whole) == load(folder)


def test_one_file_of_a_pack_stands_for_the_pack(folder: Path) -> None:
    assert load(folder / "form.toml").code == "set-2019"


@pytest.mark.parametrize("content", [None, ""])
def test_nothing_there_is_refused_in_a_sentence(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "nothing"
    if content is not None:
        path.mkdir()
    with pytest.raises(WrongPack, match="There is no such file|The folder holds no TOML file"):
        load(path)


def test_the_check_says_that_the_pack_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(PACKS / "set-2019") == 0
    assert capsys.readouterr().out.startswith("OK: ")


def test_the_check_says_the_same_as_the_start(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "limits.toml", "amount = 5", "amount = 0")
    assert main(folder) == 1
    with pytest.raises(WrongPack) as refused:
        put_in_force(folder)
    assert capsys.readouterr().out == f"{refused.value}\n"
    assert in_force().code == "set-2019"


def test_another_pack_can_be_put_in_force(folder: Path) -> None:
    spoil(folder, "edition.toml", 'code = "set-2019"', 'code = "set-2030"')
    try:
        assert put_in_force(folder).code == "set-2030"
        assert in_force().code == "set-2030"
    finally:
        put_in_force(None)
