"""What is not in the repository's files, and what of a machine works only in part."""

import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import timezone

from waymark.project import command, start

ROOT = Path(__file__).parents[2]


def tracked() -> list[Path]:
    """The files of the repository; of a package without one, all of the product's own."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    found = [ROOT / name for name in names] or list((ROOT / "waymark").rglob("*"))
    return [path for path in found if path.is_file()]


@pytest.mark.requirement("S8")
def test_one_command_lists_what_works_only_in_part(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAYMARK_ROLE", "app")
    monkeypatch.setattr(command, "_django", lambda role: None)
    monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(hours=1))
    full = SimpleNamespace(f_bavail=9, f_blocks=100)
    monkeypatch.setattr(os, "statvfs", lambda path: full)
    monkeypatch.setattr(os, "access", lambda *given: False)
    monkeypatch.setattr(start, "faults", lambda: iter(()))
    assert command.main(["check"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0:3] for line in said] == [
        ["The", "clocks", "of"],
        ["No", "checkpoint", "of"],
        ["Less", "than", "10"],
        ["WAYMARK_CLAMD", "names", "no"],
        ["WAYMARK_MAIL_FOLDER", "cannot", "be"],
    ]


SECRETS = re.compile(
    "|".join(
        (
            r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
            r"\bAKIA[0-9A-Z]{16}\b",
            r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
            r"\bxox[abp]-[A-Za-z0-9-]{10,}",
            r"://[^/\s:@{}\"'<>]+:(?!hush@|secret@|password@)[^/\s:@{}\"'<>]{6,}@[a-z0-9]",
            r"\b(?i:secret_key|signing_key|api_key|password)\s*[:=]\s*[\"'][A-Za-z0-9+/_=-]{24,}[\"']",
        )
    )
)


@pytest.mark.requirement("S6")
def test_no_file_of_the_repository_holds_a_secret() -> None:
    texts = [path for path in tracked() if path.suffix not in (".ttf", ".png", ".woff2", ".pdf")]
    found = [str(path.relative_to(ROOT)) for path in texts if holds_a_secret(path)]
    assert len(texts) > 100
    assert found == []


def holds_a_secret(path: Path) -> bool:
    return bool(SECRETS.search(path.read_text(encoding="utf-8", errors="replace")))


@pytest.mark.requirement("S6")
@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN ", "PRIVATE KEY-----"),
        ("AK", "IAABCDEFGHIJKLMNOP"),
        ("postgresql://user:", "correcthorse@db.example/x"),
        ("SECRET_KEY = '", "a" * 40 + "'"),
    ],
)
def test_the_scanner_finds_what_it_looks_for(tmp_path: Path, parts: tuple[str, str]) -> None:
    planted = tmp_path / "planted"
    planted.write_text("".join(parts))
    assert holds_a_secret(planted)


@pytest.mark.requirement("S6")
def test_no_key_lies_in_the_checkout() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    kept_apart = [name for name in names if name.startswith("var/")]
    assert kept_apart + [name for name in names if name.endswith((".env", ".pem"))] == []
