"""The door to the policy pack: `in_force()` for the edition that new records are made under."""

from functools import cache
from pathlib import Path

from waymark.policy.contents import NotInPack, Pack
from waymark.policy.reading import FIRST, WrongPack, read
from waymark.policy.schema import Fault

__all__ = [
    "NotInPack",
    "Pack",
    "WrongPack",
    "edition",
    "editions",
    "in_force",
    "load",
    "put_in_force",
]

PACKS = Path(__file__).parent / "packs"
IN_FORCE = "set-2019"

_chosen: Pack | None = None


def in_force() -> Pack:
    """The edition in force, read and checked once.

    Raises WrongPack, whose text names file, line and reason of every fault: the start ends with it.
    """
    return _chosen or edition(IN_FORCE)


def put_in_force(path: Path | None) -> Pack:
    """Let this process use the pack at `path`, or with None the product's own. Raises WrongPack.

    For the start of a process: records that were made before keep the edition they name.
    """
    global _chosen
    _chosen = load(path) if path else None
    return in_force()


def edition(code: str) -> Pack:
    """The edition that a record names. Raises NotInPack when it is not kept here any more."""
    if _chosen and _chosen.code == code:
        return _chosen
    return _kept(code)


@cache
def _kept(code: str) -> Pack:
    if code not in editions():
        raise NotInPack(f"The policy edition “{code}” is not among the packs that are kept.")
    pack = load(PACKS / code)
    if pack.code != code:
        reason = f"The folder is called “{code}”, but the edition says that it is “{pack.code}”."
        raise WrongPack([Fault(f"{code}/{FIRST}", 1, reason)])
    return pack


def editions() -> tuple[str, ...]:
    """The codes of all editions that are kept, in the order of their codes."""
    kept = {each.name for each in PACKS.iterdir() if (each / FIRST).is_file()}
    return tuple(sorted(kept | ({_chosen.code} if _chosen else set())))


def load(path: Path) -> Pack:
    """The pack in a folder of TOML files, or in one file that holds it all. Raises WrongPack."""
    return read(path)
