"""Keys and passwords, outside the database and its backup: read, checked and made.

A setting of keys holds them itself, or the absolute path of a file that only its owner can read.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from waymark.files import boxes
from waymark.project.reading import Reading, wrong
from waymark.project.sentence import Wrong

KEY_BYTES = 32
SIGNING_KEY_LENGTH = 50
KEYS = "keys of 32 bytes in base64, with commas or lines between them, or a file of them"
ROLES = ("waymark_super", "waymark_owner", "waymark_app", "waymark_worker", "waymark_verifier")


def keys(reading: Reading, name: str) -> tuple[bytes, ...]:
    """The keys of a setting: the first seals, all open."""
    given = _words(reading, name, KEYS)
    found = tuple(_key(word) for word in given.replace(",", " ").split())
    if not found or not all(len(key) == KEY_BYTES for key in found):
        wrong(name, KEYS)
    return found


def one_key(reading: Reading, name: str) -> bytes:
    """The only key of a setting."""
    found = keys(reading, name)
    if len(found) > 1:
        wrong(name, "a single key of 32 bytes in base64, or a file of it")
    return found[0]


def if_given(reading: Reading, name: str) -> bytes | None:
    """The only key of a setting that not every process needs."""
    return one_key(reading, name) if reading.given.get(name) else None


def box_keys(reading: Reading, servers: tuple[bytes, ...], *, opens: bool) -> boxes.BoxKeys:
    """The keys of quarantine: only a process that `opens` it is given what opens boxes (S44).

    Where a worker runs as another user than the web server, each is given its own half; else
    both follow from the server's keys.
    """
    private, public = "WAYMARK_QUARANTINE_KEY", "WAYMARK_QUARANTINE_PUBLIC_KEY"
    own = keys(reading, private) if reading.given.get(private) else ()
    if own and not opens:
        wrong(private, "given to the job worker alone, and its public half to the web server")
    derived = tuple(boxes.derived(key) for key in servers)
    given = one_key(reading, public) if reading.given.get(public) else None
    closing = given or boxes.public_of(own[0] if own else derived[0])
    if not opens:
        return boxes.BoxKeys(closing)
    return boxes.BoxKeys(closing, (*own, *derived))


def signing_key(reading: Reading, name: str) -> str:
    """The words that sign sessions and forms: long, and not taken from the source code."""
    expects = f"at least {SIGNING_KEY_LENGTH} random characters, or a file of them"
    found = _words(reading, name, expects).strip()
    if len(found) < SIGNING_KEY_LENGTH or len(set(found)) < 10:
        wrong(name, expects)
    if _is_in_source(found):
        wrong(name, "made for this installation alone, not one that stands in the source code")
    return found


def passwords(text: str, name: str) -> dict[str, str]:
    """Passwords of database roles: lines of `role = password`."""
    found = {}
    for line in text.splitlines():
        if line.strip():
            role, _, password = (word.strip() for word in line.partition("="))
            if role not in ROLES or not password:
                wrong(name, "lines of role = password, for roles such as waymark_app")
            found[role] = password
    return found


def _words(reading: Reading, name: str, expects: str) -> str:
    given = reading.text(name, expects)
    # base64 may begin as a path does: what opens as a key is one
    is_key = bool(_key(given.replace(",", " ").split()[0]))
    path = Path(given)
    return reading.private_text(name, path) if path.is_absolute() and not is_key else given


def _key(word: str) -> bytes:
    try:
        key = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return key if len(key) == KEY_BYTES else b""


def _is_in_source(words: str) -> bool:
    root = Path(__file__).parents[2]
    sources = [*root.glob("waymark/**/*.py"), *root.glob("tests/**/*.py"), *root.glob("*.toml")]
    return any(words in path.read_text(encoding="utf-8", errors="ignore") for path in sources)


def new_key() -> str:
    """A key of 32 random bytes, in base64."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def new_box_keys() -> tuple[str, str]:
    """A pair for quarantine: what opens it, and what closes it."""
    private = new_key()
    return private, base64.b64encode(boxes.public_of(_key(private))).decode()


def make(folder: Path) -> list[Path]:
    """Make the key files and passwords that `folder` lacks, readable by their owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    contents: dict[str, Callable[[], str]] = {
        "seal": new_key,
        "audit": new_key,
        "checkpoint": new_key,
        "signing": lambda: secrets.token_urlsafe(48),
        "passwords": lambda: "\n".join(f"{r} = {secrets.token_urlsafe(24)}" for r in ROLES),
    }
    made = [folder / name for name in contents if not (folder / name).exists()]
    for path in made:
        write_private(path, contents[path.name]() + "\n")
    return made


def rotate(path: Path) -> None:
    """Put a new key before the others in the file at `path`: it seals from the next start on."""
    if not path.is_absolute():
        raise Wrong("WAYMARK_KEYS must be the absolute path of a file, to have a new key put in.")
    try:
        old = path.read_text(encoding="utf-8")
    except OSError:
        raise Wrong(f"There is no file of keys at {path}.") from None
    write_private(path, f"{new_key()}\n{old}")


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 600 in one step, so that no half of it is ever seen."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
