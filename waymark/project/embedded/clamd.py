"""A scanner of our own: clamd with settings that miss nothing (S45), for demonstrations and tests.

An installation has its own, with its makers' signatures: `docs/operations.md` says how it must
be set.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from waymark.files.proving import test_file
from waymark.project.embedded.children import with_parent
from waymark.project.sentence import Wrong

SIGNATURES = Path("/var/lib/clamav")
PROGRAMS = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
START_SECONDS = 120  # all signatures of its makers take their time to load
SETTINGS = """
LocalSocket {socket}
LocalSocketMode 600
DatabaseDirectory {signatures}
TemporaryDirectory {home}
Foreground yes
StreamMaxLength 30M
MaxScanSize 200M
MaxFileSize 100M
MaxRecursion 12
AlertExceedsMax yes
AlertEncrypted yes
AlertOLE2Macros yes
"""


def program() -> str | None:
    """Where clamd is on this machine, if it is."""
    return shutil.which("clamd", path=PROGRAMS)


class Clamd:
    """A scanner, stopped until `start`. Its folder is short-lived: a socket's path must be short.

    With the signatures of its makers where this machine has them; else with one line of ours,
    by which it finds the test file of EICAR and nothing more.
    """

    def __init__(self, *, signatures: Path = SIGNATURES) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="waymark-clamd-"))
        self.socket = self.home / "s"
        self.own = not any(signatures.glob("*.c[lv]d"))
        self.signatures = self.home / "signatures" if self.own else signatures
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """For WAYMARK_CLAMD."""
        return f"unix://{self.socket}"

    @property
    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def start(self, *, seconds: float = START_SECONDS) -> None:
        """Raises Wrong, in one sentence, where it is not there or does not answer."""
        found = program()
        if found is None:
            raise Wrong("There is no clamd on this machine: install the package clamav-daemon.")
        words = SETTINGS.format(socket=self.socket, signatures=self.signatures, home=self.home)
        if self.own:
            self.signatures.mkdir(exist_ok=True)
            line = f"Test-EICAR:0:0:{test_file().hex()}\n"
            (self.signatures / "test.ndb").write_text(line, encoding="ascii")
        settings = self.home / "clamd.conf"
        settings.write_text(words + self._user(), encoding="utf-8")
        self.process = subprocess.Popen(
            [found, f"--config-file={settings}"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=with_parent(signal.SIGTERM),
        )  # fmt: skip
        self._await(seconds)

    def stop(self) -> None:
        if self.process is not None and not self.has_ended:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.socket.unlink(missing_ok=True)

    def clear(self) -> None:
        """Stop it for good, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _user(self) -> str:
        """clamd gives up the rights of root for those of its own account."""
        if os.geteuid() != 0:
            return ""
        try:
            account = pwd.getpwnam("clamav")
        except KeyError:
            return "User root\n"
        for path in (self.home, *self.home.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
        return "User clamav\n"

    def _await(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.has_ended:
            with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                line.connect(str(self.socket))
                return
            time.sleep(0.02)
        self.stop()
        raise Wrong("clamd did not start here.")


def main() -> None:
    """Serve until told to stop; the first line printed is for WAYMARK_CLAMD."""
    scanner = Clamd()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        scanner.start()
        print(f"WAYMARK_CLAMD={scanner.address}", flush=True)
        if scanner.own:
            print("It has no signatures but that of EICAR’s test file: run freshclam.", flush=True)
        assert scanner.process is not None
        scanner.process.wait()
    except KeyboardInterrupt:
        pass
    finally:
        scanner.clear()


if __name__ == "__main__":
    main()
