"""The command `waymark`: every way of starting, asking and tending the product."""

import argparse
import base64
import binascii
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waymark.project.sentence import Wrong

Command = Callable[[argparse.Namespace], int]


def main(words: list[str] | None = None) -> int:
    """Do what `words` (or the command line) ask; the answer is the process's exit status."""
    asked = _parser().parse_args(words)
    command: Command = asked.command
    try:
        return command(asked)
    except Wrong as problem:
        print(problem, file=sys.stderr)
    except psycopg.Error as problem:
        state = f" (SQLSTATE {problem.sqlstate})" if problem.sqlstate else ""
        print(f"The database did not do what was asked{state}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="waymark", description="Casework for Prevent and Channel")
    top = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(top, "run", _run, "start a demonstration with all that it needs")
    web = _add(top, "web", _web, "start the web server of an installation")
    web.add_argument("--bind", default=f"127.0.0.1:{os.environ.get('PORT', '8000')}")
    _add(top, "worker", _worker, "start the job worker of an installation")
    _add(top, "migrate", _migrate, "bring the database to the shape that the code needs")
    _add(top, "check", _check, "list all faults, and what is degraded")
    database = _group(top, "database", "the database server")
    roles = _add(database, "roles", _roles, "print, or run, what makes the database roles")
    roles.add_argument("--run", action="store_true", help="run it as WAYMARK_DATABASE_URL's user")
    keys = _group(top, "keys", "the keys of an installation")
    make = _add(keys, "make", _keys_make, "make the key files that a folder lacks")
    make.add_argument("folder", type=Path)
    rotate = _add(keys, "rotate", _keys_rotate, "make a new key and seal all again under it")
    rotate.add_argument("--again", action="store_true", help="go on, without another new key")
    _add(keys, "public", _keys_public, "print what checkpoints are checked with")
    _add(keys, "quarantine", _keys_quarantine, "print a pair of keys for quarantine")
    check = _add(_group(top, "policy", "policy packs"), "check", _policy_check, "check a pack")
    check.add_argument("file", type=Path)
    accounts = _group(top, "accounts", "who signs in")
    begin = _add(
        accounts, "first-administrators", _first_administrators,
        "open the accounts of the first two administrators, once, and print their links",
    )  # fmt: skip
    each = ("USER_NAME", "NAME", "E-MAIL", "ORGANISATION", "KIND")
    begin.add_argument("--first", nargs=5, metavar=each, help="the first of the two")
    begin.add_argument("--second", nargs=5, metavar=each, help="the second, of another body")
    begin.add_argument("--again", action="store_true", help="new links, while none was followed")
    verify = _add(
        _group(top, "audit", "the audit log"), "verify", _audit_verify, "verify the whole chain"
    )
    verify.add_argument("--anchor", type=Path, help="a file of checkpoints kept elsewhere")
    verify.add_argument("--public", help="the public key that they are checked with, in base64")
    demonstration = _group(top, "demonstration", "invented people and cases")
    _add(demonstration, "load", _demonstration_load, "load them once, into an empty database")
    return parser


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # generic for types alone


def _add(to: "Commands", name: str, command: Command, about: str) -> argparse.ArgumentParser:
    parser = to.add_parser(name, help=about, description=about)
    parser.set_defaults(command=command)
    return parser


def _group(to: "Commands", name: str, about: str) -> "Commands":
    return to.add_parser(name, help=about).add_subparsers(required=True, metavar="COMMAND")


def _django(role: str) -> None:
    """Read the settings and wake Django, as the database role that a command needs."""
    os.environ["WAYMARK_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waymark.project.settings")
    importlib.import_module("django").setup()


def _run(asked: argparse.Namespace) -> int:
    from waymark.project.run import run

    return run()


def _web(asked: argparse.Namespace) -> int:
    _django("app")
    from waymark.project.server import serve

    serve(asked.bind)
    return 0


def _worker(asked: argparse.Namespace) -> int:
    _django("worker")
    from waymark.project import start, worker

    start.check_before_serving()
    worker.work()
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    _django("owner")
    from waymark.project.migrating import migrate

    migrate()
    return 0


def _check(asked: argparse.Namespace) -> int:
    _django("app")
    from waymark.project import start

    faults = list(start.faults())
    degraded = [] if faults else list(start.degraded())
    print("\n".join([*faults, *degraded] or ["Nothing is wrong."]))
    return 1 if faults else 0


def _roles(asked: argparse.Namespace) -> int:
    from waymark.project import keyfiles, roles
    from waymark.project.configuration import NAMES
    from waymark.project.reading import Reading

    reading = Reading(os.environ, NAMES)
    url = reading.database_url("WAYMARK_DATABASE_URL")
    passwords = keyfiles.passwords(reading.file("WAYMARK_PASSWORDS"), "WAYMARK_PASSWORDS")
    name = url.path.removeprefix("/")
    if not asked.run:
        print(roles.script(name, passwords))
        return 0
    roles.run_at(url, passwords)
    print("The roles and the database are there.")
    return 0


def _keys_make(asked: argparse.Namespace) -> int:
    from waymark.project import keyfiles

    made = keyfiles.make(asked.folder)
    print("\n".join(f"Made {path}" for path in made) or "All were there already.")
    return 0


def _keys_quarantine(asked: argparse.Namespace) -> int:
    from waymark.project import keyfiles

    private, public = keyfiles.new_box_keys()
    print(f"WAYMARK_QUARANTINE_KEY={private}\nWAYMARK_QUARANTINE_PUBLIC_KEY={public}")
    return 0


def _keys_rotate(asked: argparse.Namespace) -> int:
    if not asked.again:
        from waymark.project import keyfiles

        keyfiles.rotate(Path(os.environ.get("WAYMARK_KEYS", "")))
    _django("worker")
    from waymark.project.rotating import seal_again

    print(f"{seal_again()} values were sealed again under the first key. Start all again.")
    return 0


def _keys_public(asked: argparse.Namespace) -> int:
    from waymark.project.configuration import Role, read

    print(_public(read(os.environ | {"WAYMARK_ROLE": Role.WORKER}).checkpoint_key))
    return 0


def _policy_check(asked: argparse.Namespace) -> int:
    check: Callable[[Path], int] = importlib.import_module("waymark.policy.check").main
    return check(asked.file)


def _audit_verify(asked: argparse.Namespace) -> int:
    from waymark.project.configuration import Role, read
    from waymark.project.database import conninfo

    made = read(os.environ | {"WAYMARK_ROLE": Role.VERIFIER})
    verify = importlib.import_module("waymark.audit.verify").main
    anchor = _anchor(asked.anchor, asked.public or _public(made.checkpoint_key))
    found: int = verify(conninfo(made), made.audit_key, anchor)
    return found


def _anchor(file: Path | None, public: str) -> tuple[str, bytes] | None:
    """What stands in a file of checkpoints, with the public key that it is checked with."""
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8"), base64.b64decode(public, validate=True)
    except OSError:
        raise Wrong(f"There is no file of checkpoints at {file}.") from None
    except binascii.Error:
        raise Wrong("--public must be what `waymark keys public` prints.") from None


def _public(private: bytes | None) -> str:
    """The public half of the checkpoint key, in base64."""
    if private is None:
        raise Wrong("--public is missing: `waymark keys public` prints it where the worker runs.")
    half = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return base64.b64encode(half).decode()


def _first_administrators(asked: argparse.Namespace) -> int:
    _django("app")
    from waymark.project import beginning

    print(beginning.tell_again() if asked.again else beginning.begin(asked.first, asked.second))
    return 0


def _demonstration_load(asked: argparse.Namespace) -> int:
    _django("app")
    from waymark.project import loading

    loading.load()
    return 0


if __name__ == "__main__":
    sys.exit(main())
