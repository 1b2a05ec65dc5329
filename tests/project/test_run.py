"""`waymark run` from outside, where it ends with a sentence before anything is started."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from waymark.project import premises
from waymark.project.embedded.children import Child

pytestmark = pytest.mark.slow

ENDED = 20  # seconds within which everything here must have ended


def waymark(var: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("WAYMARK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "waymark.project.command", *words],
        env=kept | {"WAYMARK_VAR": str(var), "PORT": "0"} | settings,
        capture_output=True,
        text=True,
        timeout=ENDED,
        check=False,
    )


@pytest.fixture
def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def sentence(ended: subprocess.CompletedProcess[str]) -> str:
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1
    return ended.stderr.strip()


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = sentence(waymark(tmp_path / "var", "run", PORT=port))
    assert said == f"Port {port} is in use: stop what uses it, or set PORT."
    assert not (tmp_path / "var").exists()


@pytest.mark.requirement("S1")
def test_a_wrong_setting_stops_it_before_the_database_is_made(
    tmp_path: Path, free_port: str
) -> None:
    said = sentence(waymark(tmp_path, "run", PORT=free_port, WAYMARK_MODE="rael"))
    assert said == "WAYMARK_MODE is wrong: it must be real or demonstration."
    assert not (tmp_path / "postgres").exists()


def test_it_runs_demonstrations_only(tmp_path: Path, free_port: str) -> None:
    said = sentence(waymark(tmp_path, "run", PORT=free_port, WAYMARK_MODE="real"))
    assert said.startswith("WAYMARK_MODE must be demonstration")


def test_a_database_out_of_reach_is_told(tmp_path: Path, free_port: str) -> None:
    url = f"postgresql://u:hush@/waymark?host={tmp_path}"
    said = sentence(waymark(tmp_path, "run", PORT=free_port, WAYMARK_DATABASE_URL=url))
    assert said.startswith("WAYMARK_DATABASE_URL must name a server that answers")
    assert "hush" not in said


def test_two_do_not_share_a_folder(tmp_path: Path, free_port: str) -> None:
    with premises.locked(tmp_path):
        said = sentence(waymark(tmp_path, "run", PORT=free_port))
    assert said == f"Another Waymark runs in {tmp_path}: stop it, or set WAYMARK_VAR."


@pytest.mark.requirement("S1")
def test_a_web_server_without_settings_ends_with_a_sentence(tmp_path: Path) -> None:
    assert sentence(waymark(tmp_path, "web")).startswith("WAYMARK_MODE is missing")


def test_children_end_with_what_started_them(tmp_path: Path) -> None:
    """A supervisor that is killed leaves nobody behind."""
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    child = int(supervisor.stdout.readline())
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    supervisor.stdout.close()
    assert _ends(child)


SUPERVISOR = """
import signal, subprocess, sys, time
from waymark.project.embedded.children import with_parent
bound = with_parent(signal.SIGTERM)
print(subprocess.Popen(["sleep", "60"], preexec_fn=bound).pid, flush=True)
time.sleep(60)
"""


def _lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split()[2] not in "ZX"
    except OSError:
        return False


def _ends(number: int) -> bool:
    """Whether a process is gone in time: a signal sent is not yet a process ended."""
    deadline = time.monotonic() + ENDED
    while _lives(number) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not _lives(number)


def test_stopping_a_child_ends_all_that_it_started(tmp_path: Path) -> None:
    process = subprocess.Popen(
        ["sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait; wait"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    grandchild = int(process.stdout.readline())
    process.stdout.close()
    Child("child", process, tmp_path / "log").stop(seconds=0.1)
    assert process.returncode == -signal.SIGKILL
    assert _ends(grandchild)
