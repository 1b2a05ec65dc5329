"""`waymark run`: a demonstration on this machine, from nothing to an address in the browser."""

import os
import signal
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from urllib.parse import SplitResult, urlsplit

import psycopg

from waymark.project import accounts, configuration, keyfiles, premises, roles
from waymark.project.configuration import Configuration
from waymark.project.database import conninfo
from waymark.project.embedded.children import Child
from waymark.project.embedded.clamd import Clamd, program
from waymark.project.embedded.cluster import Cluster
from waymark.project.sentence import Wrong

DATABASE = "waymark"
FIRST_ANSWER_SECONDS = 60


class Ended(BaseException):
    """Somebody asked us to stop."""


def run() -> int:
    """Start all, serve until Ctrl-C or SIGTERM, then stop all that was started."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        with ExitStack() as stops:
            stops.callback(_deaf)
            try:
                _serve(stops)
            finally:
                _deaf()  # a second Ctrl-C does not leave half of it running
    except Ended:
        say("Stopped.")
    return 0


def say(words: str) -> None:
    """Show progress at once."""
    print(words, flush=True)


def _serve(stops: ExitStack) -> None:
    port = premises.port_of(os.environ)
    var = premises.folder_of(os.environ)
    stops.enter_context(premises.locked(var))
    accounts.forget(var)
    given = os.environ.get("WAYMARK_DATABASE_URL", "")
    # all settings are checked before anything is started
    _checked(premises.settings(os.environ, var, port, given or f"postgresql:///{DATABASE}"))
    cluster = None if given else _own_cluster(stops, var)
    url = urlsplit(given) if cluster is None else urlsplit(cluster.url(DATABASE))
    settings = premises.settings(os.environ, var, port, _without_user(url))
    made = _checked(settings)
    _prepare_roles(cluster, url, made)
    _do("Preparing the tables", ["migrate"], settings, var, stops)
    if not _is_loaded(made):
        _do("Loading the demonstration", ["demonstration", "load"], settings, var, stops)
    settings |= _scanner(stops, settings)
    web = Child.start("web server", ["web", "--bind", f"127.0.0.1:{port}"], settings, _log(var))
    stops.callback(web.stop)
    worker = Child.start("job worker", ["worker"], settings, _log(var, "worker"))
    stops.callback(worker.stop)
    _await_answer(f"http://127.0.0.1:{port}/health", web)
    _welcome(var, made.base_url)
    _watch([web, worker], cluster)


def _checked(settings: dict[str, str]) -> Configuration:
    made = configuration.read(settings)
    if not made.demonstration:
        raise Wrong("WAYMARK_MODE must be demonstration for `waymark run`, or not set at all.")
    return made


def _scanner(stops: ExitStack, settings: dict[str, str]) -> dict[str, str]:
    """A scanner of our own where none is named and this machine has one; else files wait."""
    if settings.get("WAYMARK_CLAMD") or program() is None:
        return {}
    say("Starting the scanner of files")
    scanner = Clamd()
    stops.callback(scanner.clear)
    try:
        scanner.start()
    except Wrong as problem:
        say(f"{problem} Files that are added wait unchecked.")
        return {}
    return {"WAYMARK_CLAMD": scanner.address}


def _own_cluster(stops: ExitStack, var: Path) -> Cluster:
    say("Starting PostgreSQL")
    text = (var / "keys" / "passwords").read_text(encoding="utf-8")
    passwords = keyfiles.passwords(text, "WAYMARK_PASSWORDS")
    cluster = Cluster(var, passwords["waymark_super"])
    stops.callback(cluster.stop)
    cluster.start()
    return cluster


def _prepare_roles(cluster: Cluster | None, url: SplitResult, made: Configuration) -> None:
    if roles.are_made(url, made.passwords):
        return
    say("Making the database and its roles")
    if cluster is not None:
        roles.run(cluster.superuser, DATABASE, made.passwords)
    elif url.username:
        roles.run_at(url, made.passwords)
    else:
        raise Wrong(
            "WAYMARK_DATABASE_URL names a database that does not answer, or lacks the roles "
            "that `waymark database roles` prints with the passwords in WAYMARK_PASSWORDS."
        )


def _without_user(url: SplitResult) -> str:
    return url._replace(netloc=url.netloc.rpartition("@")[2]).geturl()


def _do(
    words: str, command: list[str], settings: dict[str, str], var: Path, stops: ExitStack
) -> None:
    say(words)
    child = Child.start(words, command, settings, _log(var, command[0]))
    stops.callback(child.stop)
    if child.process.wait():
        raise Wrong(child.last_words())


def _is_loaded(made: Configuration) -> bool:
    with psycopg.connect(conninfo(made)) as connection:
        return connection.execute("SELECT FROM project_loading").fetchone() is not None


def _await_answer(address: str, web: Child) -> None:
    say("Starting the web server")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while time.monotonic() < deadline and not web.has_ended:
        try:
            with direct.open(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Wrong(f"The web server did not start: {web.last_words() or web.log}")


def _welcome(var: Path, address: str) -> None:
    users = accounts.kept(var)
    accounts.tell(var, address, users)
    say(f"\n{accounts.table(users)}\n" if users else "\nAnother folder keeps the accounts.\n")
    say(f"Waymark is at {address} – a demonstration: enter no real people.")
    say("Ctrl-C stops it; what you entered stays.")


def _watch(children: list[Child], cluster: Cluster | None) -> None:
    while True:
        for child in children:
            if child.has_ended:
                raise Wrong(f"The {child.name} ended, so all is stopped: see {child.log}.")
        if cluster and cluster.has_ended:
            raise Wrong(f"PostgreSQL ended, so all is stopped: see {cluster.log}.")
        time.sleep(0.2)


def _log(var: Path, name: str = "web") -> Path:
    return var / "log" / f"{name}.log"


def _end(number: int, frame: FrameType | None) -> None:
    raise Ended


def _deaf() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
