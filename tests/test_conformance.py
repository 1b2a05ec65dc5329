"""The record of what tests show, tried on a tiny invented suite in a process of its own."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import evidence
from tests.evidence import Evidence, Row

pytestmark = pytest.mark.slow

POLICY = "id,sentence\n1.1,A user can open the list.\n1.2,A user can open one.\n1.3,Nobody can.\n"
SECURITY = "id,sentence,when\nS1,It is closed.,first\nS2,It stays closed.,later\n"
LESSONS = "id,sentence\nR1,Nothing is lost.\n"

SITE = """
import pytest
from django.conf import settings

settings.configure(ROOT_URLCONF="site_map", ALLOWED_HOSTS=["*"], SECRET_KEY="x")

@pytest.fixture
def list_opened():
    from django.test import Client
    assert Client().get("/list").status_code == 200
"""
SITE_MAP = """
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

def broken(request):
    raise RuntimeError("broken")

urlpatterns = [
    path("list", lambda request: HttpResponse("all"), name="list"),
    path("hidden", lambda request: HttpResponse("no", status=404), name="hidden"),
    path("sign-in", lambda request: HttpResponse("who?"), name="sign-in"),
    path("closed", lambda request: HttpResponseRedirect("/sign-in?next=/closed"), name="closed"),
    path("broken", broken, name="broken"),
]
"""
SUITE = """
import threading, urllib.request
from wsgiref.simple_server import make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

@pytest.mark.clause("1.1", "1.2")
@pytest.mark.lesson("R1")
def test_page():
    assert Client().get("/list").content == b"all"
    assert Client().get("/hidden").status_code == 404

@pytest.mark.clause("1.3")
def test_doors_only():
    Client().get("/sign-in")
    Client().get("/closed")
    Client(raise_request_exception=False).get("/broken")
    assert Client().get("/absent").status_code == 404

@pytest.mark.clause("1.3")
def test_fixture_only(list_opened):
    assert True

@pytest.mark.clause("1.2")
def test_red():
    Client().get("/list")
    assert False

@pytest.mark.requirement("S1")
def test_served_from_a_thread():
    server = make_server("127.0.0.1", 0, WSGIHandler())
    threading.Thread(target=server.handle_request).start()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/list") as answer:
        assert answer.read() == b"all"

@pytest.mark.requirement("S2")
@pytest.mark.xfail(reason="not yet")
def test_not_yet():
    assert False
"""


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the suite in `place`, away from the project's own settings and plugins."""
    plugins = ["-p", "tests.conformance", "-p", "no:django", "-p", "no:cacheprovider"]
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *arguments],
        cwd=place,
        env=environment | {"PYTHONPATH": str(evidence.ROOT), "WAYMARK_VAR": "kept"},
        capture_output=True,
        text=True,
    )


def lay_out(place: Path, suite: str) -> Path:
    """A tiny project with lists, a site of five pages and one module of tests."""
    lists = place / "docs" / "requirements"
    lists.mkdir(parents=True)
    for name, content in (("policy", POLICY), ("security", SECURITY), ("lessons", LESSONS)):
        (lists / f"{name}.csv").write_text(content)
    for name, content in (("conftest", SITE), ("site_map", SITE_MAP), ("test_tiny", suite)):
        (place / f"{name}.py").write_text(content)
    (place / "pytest.ini").write_text("[pytest]\n")
    (place / "bin").mkdir()
    (place / "bin" / "test").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pytest "$@"\n')
    (place / "bin" / "test").chmod(0o755)
    (place / ".gitignore").write_text("__pycache__/\n")
    return place


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    place = lay_out(tmp_path_factory.mktemp("tiny"), SUITE)
    ended = run(place)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return {
        name.removeprefix("test_tiny.py::"): test
        for name, test in evidence.read(place / "kept" / "conformance.json").items()
    }


def test_a_test_is_recorded_with_its_outcome_and_marks(recorded: dict[str, Evidence]) -> None:
    assert recorded["test_page"].outcome == "passed"
    assert recorded["test_page"].marks == {"clause": ["1.1", "1.2"], "lesson": ["R1"]}
    assert recorded["test_red"].outcome == "failed"
    assert recorded["test_not_yet"].outcome == "skipped"


def test_views_reached_are_recorded(recorded: dict[str, Evidence]) -> None:
    assert recorded["test_page"].views == ["list", "hidden"]


def test_views_reached_in_a_server_thread_are_recorded(recorded: dict[str, Evidence]) -> None:
    assert recorded["test_served_from_a_thread"].views == ["list"]


@pytest.mark.parametrize("test", ["test_doors_only", "test_fixture_only"])
def test_doors_faults_and_preparations_count_for_nothing(
    recorded: dict[str, Evidence], test: str
) -> None:
    assert recorded[test].outcome == "passed"
    assert recorded[test].views == []


def test_a_failing_test_denies_what_another_shows(recorded: dict[str, Evidence]) -> None:
    verdict = evidence.judge("clause", Row("1.2", ""), recorded.values())
    assert verdict.because == "a test fails"
    assert verdict.tests == ()


@pytest.mark.parametrize(
    ("mark", "row", "because"),
    [
        ("clause", "1.1", ""),
        ("clause", "1.3", "no page reached"),
        ("clause", "1.4", "no test"),
        ("requirement", "S1", ""),
        ("requirement", "S2", "no test passed"),
        ("lesson", "R1", ""),
    ],
)
def test_a_row_is_shown_or_says_why_not(
    recorded: dict[str, Evidence], mark: str, row: str, because: str
) -> None:
    verdict = evidence.judge(mark, Row(row, ""), recorded.values())
    assert verdict.because == because
    assert verdict.shown == (because == "")


def test_a_requirement_needs_no_page() -> None:
    test = Evidence("a", outcome="passed", marks={"requirement": ["S1"]})
    assert evidence.judge("requirement", Row("S1", ""), [test]).tests == ("a",)


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        ('clause("1.1", "9.9")', "test_tiny.py::test_page: clause '9.9' is not in policy.csv"),
        ('requirement("R1")', "requirement 'R1' is not in security.csv"),
        ("lesson()", "lesson needs at least one id"),
        ("clause(1.1)", "clause 1.1 is not in policy.csv"),
    ],
)
def test_a_mark_that_names_no_row_stops_the_run(tmp_path: Path, mark: str, sentence: str) -> None:
    suite = f"import pytest\n@pytest.mark.{mark}\ndef test_page():\n    assert True\n"
    ended = run(lay_out(tmp_path, suite), "--strict-markers")
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "kept").exists()


def names_run(place: Path, *arguments: str) -> list[str]:
    """The tests that ran, from pytest's own list of passing ones."""
    ended = run(place, "-rA", *arguments)
    passed = [line for line in ended.stdout.splitlines() if line.startswith("PASSED")]
    return [line.partition("::")[2] for line in passed]


@pytest.mark.slow
def test_only_what_has_no_result_for_these_files_runs_again(tmp_path: Path) -> None:
    suite = "def test_a():\n    assert True\n\ndef test_b():\n    assert True\n"
    place = lay_out(tmp_path, suite)
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    assert names_run(place, "-k", "test_a") == ["test_a"]
    assert names_run(place, "--unrecorded") == ["test_b"]
    assert run(place, "--unrecorded").returncode == evidence.NOTHING_LEFT
    (place / "site_map.py").write_text(SITE_MAP + "\n")
    assert names_run(place, "--unrecorded") == ["test_a", "test_b"]


def test_without_git_no_earlier_result_is_trusted(tmp_path: Path) -> None:
    evidence.write(tmp_path / "conformance.json", [Evidence("a", outcome="passed")], "")
    assert evidence.read(tmp_path / "conformance.json", "") == {}


def test_the_report_says_row_by_row_what_is_shown(recorded: dict[str, Evidence]) -> None:
    place = [Row("1.1", "A user can open the list."), Row("1.3", "Nobody can.")]
    judged = [evidence.judge("clause", row, recorded.values()) for row in place]
    assert evidence.told(judged).splitlines() == [
        "  1.1  shown by 1       A user can open the list.",
        "  1.3  no page reached  Nobody can.",
    ]
    assert evidence.summed_up("clauses", judged) == "Clauses: shown 1 of 2\n  Missing: 1.3"


def test_security_figures_are_told_by_when_they_bind() -> None:
    test = Evidence("a", "passed", {"requirement": ["S1"]})
    place = [Row("S1", "", "first"), Row("S2", "", "first"), Row("S3", "", "later")]
    judged = [evidence.judge("requirement", row, [test]) for row in place]
    lines = evidence.summed_up("requirements", judged).splitlines()
    assert lines[:3] == [
        "Requirements: shown 1 of 3",
        "  First: shown 1 of 2",
        "  Later: shown 0 of 1",
    ]


def report(place: Path) -> subprocess.CompletedProcess[str]:
    """What `bin/conformance` prints, of the tiny project."""
    program = "import sys, pathlib; from tests.evidence import main; "
    program += "sys.exit(main([], pathlib.Path.cwd()))"
    environment = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    environment |= {"PYTHONPATH": str(evidence.ROOT), "WAYMARK_VAR": "kept"}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=place,
        env=environment | {"PYTEST_ADDOPTS": "-p no:django -p no:cacheprovider"},
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
def test_the_report_runs_the_marked_tests_once(tmp_path: Path) -> None:
    place = lay_out(tmp_path, SUITE)
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    first, second = report(place), report(place)
    assert (first.returncode, second.returncode) == (1, 1)
    assert "1 failed, 4 passed, 1 xfailed" in first.stdout
    assert "6 deselected" in second.stdout
    for ended in (first, second):
        assert "Clauses: shown 1 of 3\n  Missing: 1.2 1.3" in ended.stdout
    sheet = (place / "kept" / "conformance.csv").read_text().splitlines()
    assert sheet[1] == "1.1,yes,test_tiny.py::test_page"


@pytest.mark.slow
def test_results_of_older_files_do_not_stay(tmp_path: Path) -> None:
    place = lay_out(tmp_path, SUITE)
    subprocess.run(["git", "init", "-q"], cwd=place, check=True)
    assert run(place, "-k", "test_page").returncode == 0
    (place / "test_tiny.py").unlink()
    assert "Clauses: shown 0 of 3" in report(place).stdout


def test_a_run_that_cannot_start_shows_nothing(tmp_path: Path) -> None:
    ended = report(lay_out(tmp_path, "import nothing_of_this_name\n"))
    assert ended.returncode == evidence.CANNOT_RUN
    assert "could not be run, so nothing is shown" in ended.stderr
    assert "shown 0" not in ended.stdout


def test_the_sheet_holds_every_row_of_the_three_lists(tmp_path: Path) -> None:
    evidence.write_sheet(tmp_path / "conformance.csv", evidence.verdicts([]))
    with (tmp_path / "conformance.csv").open(newline="") as lines:
        sheet = list(csv.DictReader(lines))
    ids = [row["id"] for row in sheet]
    assert (len(ids), len(set(ids))) == (273, 273)
    assert {row["shown"] for row in sheet} == {"no"}


def test_a_shown_row_of_the_sheet_names_its_tests(tmp_path: Path) -> None:
    tests = [
        Evidence(name, "passed", {"clause": ["2.8.15"]}, ["exits.decide"]) for name in ("a", "b")
    ]
    evidence.write_sheet(tmp_path / "conformance.csv", evidence.verdicts(tests))
    assert "2.8.15,yes,a b" in (tmp_path / "conformance.csv").read_text().splitlines()


def test_the_lists_are_complete() -> None:
    clauses, security, lessons = (evidence.rows(mark) for mark in evidence.LISTS)
    assert len(clauses) == 123
    assert list(security) == [f"S{n}" for n in range(1, 91)] + [f"F{n}" for n in range(1, 21)]
    assert list(lessons) == [f"R{n}" for n in range(1, 41)]
    assert sum(row.when == "first" for row in security.values()) == 66
    assert {row.when for row in security.values()} == {"first", "access", "later"}
    everything = [row for each in (clauses, security, lessons) for row in each.values()]
    assert all(row.sentence.endswith(".") for row in everything)


def test_a_damaged_record_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "conformance.json"
    path.write_text(json.dumps({"tree": "a", "tests": []})[:10])
    assert evidence.read(path) == {}
