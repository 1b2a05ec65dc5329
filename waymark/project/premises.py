"""What a demonstration stands on: its folder, its port, its keys, its settings."""

import fcntl
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from waymark.project import keyfiles
from waymark.project.sentence import Wrong

PARTNERSHIP = "Southend, Essex and Thurrock Prevent partnership"


def port_of(environment: Mapping[str, str]) -> int:
    """The port that PORT names, which nothing else may be using."""
    words = environment.get("PORT") or "8000"
    if not words.isdigit() or not 0 < int(words) < 65536:
        raise Wrong("PORT is wrong: it must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(words)))
        except PermissionError:
            raise Wrong("PORT is wrong: this user may not use ports below 1024.") from None
        except OSError:
            raise Wrong(f"Port {words} is in use: stop what uses it, or set PORT.") from None
    return int(words)


def folder_of(environment: Mapping[str, str]) -> Path:
    """The folder that WAYMARK_VAR names, made if it is not there."""
    var = Path(environment.get("WAYMARK_VAR") or "var").absolute()
    try:
        for folder in (var, var / "log", var / "mail"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:  # the database's own user goes through it, and cannot list it
            var.chmod(var.stat().st_mode | 0o011)
    except OSError:
        raise Wrong("WAYMARK_VAR is wrong: it must be a folder that can be made here.") from None
    return var


def locked(var: Path) -> IO[str]:
    """Hold `var` for one run at a time, for as long as the answer stays open."""
    lock = (var / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise Wrong(f"Another Waymark runs in {var}: stop it, or set WAYMARK_VAR.") from None
    return lock


def settings(environment: Mapping[str, str], var: Path, port: int, url: str) -> dict[str, str]:
    """The environment, with a demonstration's setting for each that was not given."""
    keyfiles.make(var / "keys")
    defaults = {
        "WAYMARK_MODE": "demonstration",
        "WAYMARK_PASSWORDS": str(var / "keys" / "passwords"),
        "WAYMARK_KEYS": str(var / "keys" / "seal"),
        "WAYMARK_AUDIT_KEY": str(var / "keys" / "audit"),
        "WAYMARK_CHECKPOINT_KEY": str(var / "keys" / "checkpoint"),
        "WAYMARK_SIGNING_KEY": str(var / "keys" / "signing"),
        "WAYMARK_HOSTS": "127.0.0.1,localhost",
        "WAYMARK_BASE_URL": f"http://127.0.0.1:{port}",
        "WAYMARK_PARTNERSHIP": PARTNERSHIP,
        "WAYMARK_MAIL_FOLDER": str(var / "mail"),
    }
    if environment.get("WAYMARK_MODE") in (None, "", "demonstration"):
        defaults["WAYMARK_SECOND_FACTOR"] = "off"  # to look round, one password is enough
    given = {name: value for name, value in environment.items() if value}
    fixed = {"WAYMARK_VAR": str(var), "WAYMARK_DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
    return defaults | given | fixed
