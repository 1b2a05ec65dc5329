"""Processes that we start, and that never outlive us."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PARENT_DEATH = 1  # PR_SET_PDEATHSIG of Linux's prctl


def with_parent(stopping: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the child gets `stopping` when its parent dies, however that comes."""
    parent = os.getpid()
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return lambda: None

    def bind() -> None:
        prctl(PARENT_DEATH, stopping)
        if os.getppid() != parent:
            os._exit(1)

    return bind


@dataclass
class Child:
    """A command of the product as a process of its own, its words in a log file."""

    name: str  # as people call it: "web server"
    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(
        cls, name: str, words: list[str], environment: Mapping[str, str], log: Path
    ) -> "Child":
        """Start `waymark` with `words`; what it says is added to `log`."""
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "waymark.project.command", *words],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                preexec_fn=with_parent(signal.SIGTERM),
            )
        return cls(name, process, log)

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def stop(self, seconds: float = 10) -> None:
        """End it gracefully, then for certain, with all that it started."""
        if not self.has_ended:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=seconds)
        with suppress(ProcessLookupError):  # nobody of it is left: as it should be
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        """The last line of its log: the sentence that it ended with."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else ""
