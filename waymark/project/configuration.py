"""The settings of an installation: read once from the environment, typed, checked, then frozen.

A name that is unknown, missing or wrong ends the start with one sentence, which names the
setting and what is expected, and never the value: a value may be a secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

from waymark.accounts.sign_on.providers import Provider
from waymark.database.limits import NUMBERS, Limits
from waymark.files.boxes import BoxKeys
from waymark.project import keyfiles, sign_on
from waymark.project.reading import Reading, is_loopback
from waymark.project.sentence import Wrong


class Mode(StrEnum):
    """What a database and its site hold: real people, or invented ones."""

    REAL = "real"
    DEMONSTRATION = "demonstration"


class Role(StrEnum):
    """The database role that a process connects as, `waymark_` before it."""

    APP = "app"
    WORKER = "worker"
    OWNER = "owner"
    VERIFIER = "verifier"


class OnOrOff(StrEnum):
    """Whether something holds that only a demonstration may leave."""

    ON = "on"
    OFF = "off"


@dataclass(frozen=True)
class Configuration:
    """All that an installation can choose."""

    mode: Mode
    role: Role
    database_url: SplitResult = field(repr=False)
    base_url: str
    hosts: tuple[str, ...]
    partnership: str
    var: Path
    checkpoints: Path  # where checkpoints of the audit are kept
    keys: tuple[bytes, ...] = field(repr=False)  # the first seals, all open
    audit_key: bytes = field(repr=False)
    checkpoint_key: bytes | None = field(repr=False)  # the worker needs it, and no other
    signing_key: str = field(repr=False)
    passwords: Mapping[str, str] = field(repr=False)  # of database roles, by their full names
    mail_folder: Path | None
    smtp: SplitResult | None = field(repr=False)
    mail_from: str
    demonstration_open: bool
    security_contact: str  # where a weakness is told; none: no such page
    second_factor: bool
    proxies: tuple[str, ...]  # whose word on https is taken
    policy: Path | None  # None: the pack that the product carries
    files: Path  # where sealed files lie
    clamd: SplitResult | None  # None: no scanner, so that every file waits
    boxes: BoxKeys  # of quarantine
    referral_files: bool  # whether whoever refers can send a few files with their receipt
    limits: Limits
    sign_on: tuple[Provider, ...]  # where people sign in by their own organisation

    @property
    def demonstration(self) -> bool:
        return self.mode is Mode.DEMONSTRATION

    @property
    def database_role(self) -> str:
        return f"waymark_{self.role}"


NAMES = frozenset(
    f"WAYMARK_{name}"
    for name in (
        *("MODE", "ROLE", "DATABASE_URL", "PASSWORDS", "BASE_URL", "HOSTS", "PARTNERSHIP", "VAR"),
        *("KEYS", "AUDIT_KEY", "SIGNING_KEY", "CHECKPOINT_KEY", "CHECKPOINTS"),
        *("MAIL_FOLDER", "SMTP", "MAIL_FROM", "SECURITY_CONTACT"),
        *("DEMONSTRATION_OPEN", "SECOND_FACTOR", "POLICY", "PROXIES", "DEBUG"),
        *("FILES", "CLAMD", "QUARANTINE_KEY", "QUARANTINE_PUBLIC_KEY", "REFERRAL_FILES", "LIMITS"),
        "SIGN_ON",
        *(f"LIMIT_{each.name.upper()}" for each in NUMBERS),
    )
)


def read(environment: Mapping[str, str]) -> Configuration:
    """The settings in `environment`, or `Wrong` with the sentence that says which is not right."""
    reading = Reading(environment, NAMES)
    mode = reading.choice("WAYMARK_MODE", Mode)
    if reading.flag("WAYMARK_DEBUG"):
        raise Wrong("WAYMARK_DEBUG must not be on: an error page would show what it must not.")
    is_open = reading.flag("WAYMARK_DEMONSTRATION_OPEN")
    base_url = reading.base_url("WAYMARK_BASE_URL")
    _refuse_open_demonstration(mode, is_open, base_url)
    passwords = reading.file("WAYMARK_PASSWORDS")
    role = reading.choice("WAYMARK_ROLE", Role, Role.APP)
    var = Path(reading.text("WAYMARK_VAR", "a folder", "var")).absolute()
    keys = keyfiles.keys(reading, "WAYMARK_KEYS")
    made = Configuration(
        mode=mode,
        role=role,
        database_url=reading.database_url("WAYMARK_DATABASE_URL"),
        base_url=base_url.geturl().rstrip("/"),
        hosts=reading.hosts("WAYMARK_HOSTS"),
        partnership=reading.text("WAYMARK_PARTNERSHIP", "the partnership's name"),
        var=var,
        checkpoints=reading.folder("WAYMARK_CHECKPOINTS") or var / "checkpoints",
        keys=keys,
        audit_key=keyfiles.one_key(reading, "WAYMARK_AUDIT_KEY"),
        checkpoint_key=keyfiles.if_given(reading, "WAYMARK_CHECKPOINT_KEY"),
        signing_key=keyfiles.signing_key(reading, "WAYMARK_SIGNING_KEY"),
        passwords=keyfiles.passwords(passwords, "WAYMARK_PASSWORDS") if passwords else {},
        mail_folder=reading.folder("WAYMARK_MAIL_FOLDER"),
        smtp=reading.smtp("WAYMARK_SMTP"),
        mail_from=reading.mailbox("WAYMARK_MAIL_FROM", base_url.hostname or ""),
        demonstration_open=is_open,
        security_contact=reading.contact("WAYMARK_SECURITY_CONTACT"),
        second_factor=_is_on(reading, "WAYMARK_SECOND_FACTOR"),
        proxies=reading.networks("WAYMARK_PROXIES"),
        policy=reading.existing("WAYMARK_POLICY"),
        files=Path(reading.text("WAYMARK_FILES", "a folder", str(var / "files"))).absolute(),
        clamd=reading.clamd("WAYMARK_CLAMD"),
        boxes=keyfiles.box_keys(reading, keys, opens=role is Role.WORKER),
        referral_files=reading.flag("WAYMARK_REFERRAL_FILES"),
        limits=_limits(reading),
        sign_on=sign_on.providers(reading),
    )
    _refuse_unfit(made)
    return made


def _is_on(reading: Reading, name: str) -> bool:
    return reading.choice(name, OnOrOff, OnOrOff.ON) is OnOrOff.ON


def _limits(reading: Reading) -> Limits:
    given: dict[str, Any] = {}
    for each in NUMBERS:
        usual: Any = each.default
        name = f"WAYMARK_LIMIT_{each.name.upper()}"
        given[each.name] = reading.number(name, usual, **each.metadata)
    return Limits(**given) if _is_on(reading, "WAYMARK_LIMITS") else Limits.lifted()


def _refuse_open_demonstration(mode: Mode, is_open: bool, base_url: SplitResult) -> None:
    if mode is Mode.DEMONSTRATION and not is_open and not is_loopback(base_url.hostname or ""):
        raise Wrong(
            "WAYMARK_BASE_URL must be an address of this machine in a demonstration, "
            "unless WAYMARK_DEMONSTRATION_OPEN is yes."
        )


def _refuse_unfit(made: Configuration) -> None:
    if made.mail_folder is None and made.smtp is None:
        raise Wrong("WAYMARK_SMTP is missing: it must be smtp://… or WAYMARK_MAIL_FOLDER a folder.")
    if made.demonstration and made.smtp is not None:
        raise Wrong("WAYMARK_SMTP must not be set in a demonstration: its mail goes to a folder.")
    if made.role is Role.WORKER and made.checkpoint_key is None:
        raise Wrong("WAYMARK_CHECKPOINT_KEY is missing: it must be a key, or a file of it.")
    if not made.demonstration and not made.second_factor:
        raise Wrong("WAYMARK_SECOND_FACTOR must be on where real people are entered.")
    if not made.demonstration and made.limits.off:
        raise Wrong("WAYMARK_LIMITS must be on where real people are entered.")
    every = [*made.keys, made.audit_key, made.checkpoint_key, made.signing_key.encode()]
    if len(set(every)) < len(every):
        raise Wrong(
            "The keys of WAYMARK_KEYS, WAYMARK_AUDIT_KEY, WAYMARK_CHECKPOINT_KEY and "
            "WAYMARK_SIGNING_KEY must all differ."
        )
