"""Whose process the embedded PostgreSQL is: it refuses root, so root lends it an own user."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waymark.project.keyfiles import write_private
from waymark.project.sentence import Wrong

OUTSIDE = Path("/var/lib/waymark")  # where root's own folders keep the server's user out


@dataclass(frozen=True)
class Account:
    """The operating system's user that a server runs as; `uid` None is whoever started us."""

    uid: int | None = None
    gid: int | None = None

    def options(self) -> dict[str, Any]:
        """What `subprocess` needs to start a process as this user."""
        if self.uid is None:
            return {"cwd": "/"}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def gives(self, path: Path) -> None:
        """Hand a file or folder of ours to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this user can go into a folder, or run a file."""
        test = ["/bin/sh", "-c", 'test -x "$0"', str(path)]
        return subprocess.run(test, check=False, **self.options()).returncode == 0


def server_account() -> Account:
    """Ourselves, unless we are root: then the user `waymark`, made if it can be, else `nobody`."""
    if os.geteuid() != 0:
        return Account()
    make = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if make and not _known("waymark"):
        print("Making the system user waymark, which PostgreSQL runs as", flush=True)
        shell = ["--system", "--no-create-home", "--home-dir", "/nonexistent"]
        command = [make, *shell, "--shell", "/usr/sbin/nologin", "waymark"]
        subprocess.run(command, check=False, capture_output=True)
    found = _known("waymark") or _known("nobody")
    if found is None:
        raise Wrong("PostgreSQL does not run as root: make a system user named waymark first.")
    return Account(found.pw_uid, found.pw_gid)


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def home_for(account: Account, var: Path) -> Path:
    """The folder that holds the cluster: under `var`, or noted there when it cannot be."""
    home = var / "postgres"
    noted = var / "postgres.is-at"
    if noted.is_file():
        return _sound(Path(noted.read_text(encoding="utf-8").strip()), noted)
    if home.is_dir():
        return home
    home.mkdir(mode=0o700)
    account.gives(home)
    if account.reaches(home):
        return home
    home.rmdir()
    OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="cluster-", dir=OUTSIDE))
    account.gives(home)
    write_private(noted, f"{home}\n")
    return home


def _sound(home: Path, noted: Path) -> Path:
    if not home.is_dir():
        raise Wrong(f"The database that {noted} names is gone: put it back, or remove that file.")
    return home


def reachable_binaries(account: Account, binaries: Path, home: Path) -> Path:
    """`binaries`, or a copy of their wheel beside the cluster where the user cannot reach them."""
    if account.reaches(binaries / "postgres"):
        return binaries
    install = binaries.parent
    wheel = install.parent
    copy = home / "wheel" / wheel.name / install.name
    if not (copy / "complete").exists():
        shutil.rmtree(home / "wheel", ignore_errors=True)
        leave = shutil.ignore_patterns("include", "pgxs", "*.a")
        shutil.copytree(install, copy, ignore=leave)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        shutil.copytree(libraries, home / "wheel" / libraries.name)
        (copy / "complete").touch()
    return copy / "bin"
