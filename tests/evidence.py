"""What the tests show of the policy, of the security requirements and of the lessons.

The lists stand in `docs/requirements/`; the record of the tests that ran is written by
`tests/conformance.py`; `bin/conformance` prints what the one shows of the other.
"""

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = {"clause": "policy.csv", "requirement": "security.csv", "lesson": "lessons.csv"}
MARKED = " or ".join(LISTS)
CANNOT_RUN = 2  # pytest's exit codes from here on: it was interrupted or could not run the tests
NOTHING_LEFT = 5  # … except this one: every marked test had run already


@dataclass(frozen=True)
class Row:
    """One line of a list: its id, what it says, and for a security requirement when it binds."""

    id: str
    sentence: str
    when: str = ""


@dataclass
class Evidence:
    """One test: how it ended, what it is marked with, and the views its requests reached."""

    test: str
    outcome: str = "not run"
    marks: dict[str, list[str]] = field(default_factory=dict)
    views: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """Whether passing tests show a row, which tests do, and if none, why not."""

    row: Row
    tests: tuple[str, ...]
    because: str

    @property
    def shown(self) -> bool:
        return not self.because


def rows(mark: str, root: Path = ROOT) -> dict[str, Row]:
    """The list that a mark names its ids from, by id and in the order of the file."""
    path = root / "docs" / "requirements" / LISTS[mark]
    with path.open(newline="", encoding="utf-8") as lines:
        return {line["id"]: Row(**line) for line in csv.DictReader(lines)}


def record_path(root: Path = ROOT) -> Path:
    """Where the record of the last tests is kept: `conformance.json` under `WAYMARK_VAR`."""
    return root / os.environ.get("WAYMARK_VAR", "var") / "conformance.json"


def tree(root: Path = ROOT) -> str:
    """A digest of every file that git tracks or would; empty where git does not answer.

    What an installation writes, under `WAYMARK_VAR`, is left out wherever it lies.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    digest = hashlib.sha256()
    for name in sorted(set(listed.split(b"\0")) - {b""}):
        path = root / os.fsdecode(name)
        if path.is_relative_to(record_path(root).parent):
            continue
        content = path.read_bytes() if path.is_file() else b"absent"
        digest.update(name + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def read(path: Path, made_from: str | None = None) -> dict[str, Evidence]:
    """The recorded tests by name; none where the file is absent or of another tree."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    if made_from is not None and (not made_from or record["tree"] != made_from):
        return {}
    return {test["test"]: Evidence(**test) for test in record["tests"]}


def write(path: Path, tests: Iterable[Evidence], made_from: str) -> None:
    """Replace the record in one step, so that a reader never finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"tree": made_from, "tests": [asdict(test) for test in tests]}
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def judge(mark: str, row: Row, tests: Iterable[Evidence]) -> Verdict:
    """A clause needs a passing test that reached a view; one failing test denies any row."""
    marked = [test for test in tests if row.id in test.marks.get(mark, ())]
    passed = [test for test in marked if test.outcome == "passed"]
    showing = [test for test in passed if test.views or mark != "clause"]
    if not marked:
        because = "no test"
    elif any(test.outcome == "failed" for test in marked):
        because = "a test fails"
    elif not passed:
        because = "no test passed"
    else:
        because = "" if showing else "no page reached"
    return Verdict(row, () if because else tuple(test.test for test in showing), because)


def verdicts(tests: Iterable[Evidence], root: Path = ROOT) -> dict[str, list[Verdict]]:
    """Every row of the three lists, judged."""
    run = list(tests)
    return {mark: [judge(mark, row, run) for row in rows(mark, root).values()] for mark in LISTS}


def write_sheet(path: Path, judged: dict[str, list[Verdict]]) -> None:
    """`conformance.csv`: id, shown (yes or no), and the tests that show it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as lines:
        sheet = csv.writer(lines, lineterminator="\n")
        sheet.writerow(["id", "shown", "tests"])
        for verdict in (each for mark in LISTS for each in judged[mark]):
            shown = "yes" if verdict.shown else "no"
            sheet.writerow([verdict.row.id, shown, " ".join(verdict.tests)])


def told(judged: list[Verdict]) -> str:
    """One list row by row: shown by how many tests, or why not."""
    width = max(len(verdict.row.id) for verdict in judged)
    lines = []
    for verdict in judged:
        state = verdict.because or f"shown by {len(verdict.tests)}"
        lines.append(f"  {verdict.row.id:<{width}}  {state:<15}  {verdict.row.sentence}")
    return "\n".join(lines)


def summed_up(name: str, judged: list[Verdict]) -> str:
    """How many rows of one list are shown, in all and by when they bind, and which are missing."""
    lines = [figures(name, judged)]
    for when in dict.fromkeys(verdict.row.when for verdict in judged if verdict.row.when):
        lines.append("  " + figures(when, [each for each in judged if each.row.when == when]))
    missing = [verdict.row.id for verdict in judged if not verdict.shown]
    return "\n".join([*lines, f"  Missing: {' '.join(missing) or 'none'}"])


def figures(name: str, judged: list[Verdict]) -> str:
    """How many are shown, in words."""
    return f"{name.capitalize()}: shown {sum(each.shown for each in judged)} of {len(judged)}"


def run_marked_tests(again: bool, root: Path) -> int:
    """Run the marked tests that have no result for these very files, or all of them."""
    command = [str(root / "bin" / "test"), "-q", "-p", "tests.conformance", "-m", MARKED]
    return subprocess.run(command + ([] if again else ["--unrecorded"]), cwd=root).returncode


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Print and write what passing tests show; 1 if a marked test failed."""
    if arguments not in ([], ["--again"]):
        print("Use: bin/conformance [--again] (again: run also what has run)", file=sys.stderr)
        return CANNOT_RUN
    ended = run_marked_tests(bool(arguments), root)
    if ended >= CANNOT_RUN and ended != NOTHING_LEFT:
        print("The marked tests could not be run, so nothing is shown.", file=sys.stderr)
        return ended
    path = record_path(root)
    judged = verdicts(read(path).values(), root)
    write_sheet(path.with_suffix(".csv"), judged)
    print("", *(told(judged[mark]) for mark in LISTS), sep="\n")
    print("", *(summed_up(f"{mark}s", judged[mark]) for mark in LISTS), sep="\n")
    return int(any(each.because == "a test fails" for mark in LISTS for each in judged[mark]))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
