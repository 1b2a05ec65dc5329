"""The demonstration's accounts: told on the terminal, and to programs in `demo.json`."""

import json
from pathlib import Path

from waymark.project.keyfiles import write_private

COLUMNS = ("username", "password", "role", "area", "organisation")
KEPT = "demonstration-accounts.json"
TOLD = "demo.json"

Accounts = list[dict[str, str]]


def keep(var: Path, accounts: Accounts) -> None:
    """Keep what the loader made, readable by its owner alone: passwords are nowhere else."""
    write_private(var / KEPT, json.dumps(accounts, indent=1) + "\n")


def kept(var: Path) -> Accounts:
    """The accounts of this folder's demonstration; none where another folder loaded it."""
    try:
        accounts: Accounts = json.loads((var / KEPT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return accounts


def tell(var: Path, url: str, accounts: Accounts) -> None:
    """Write `demo.json`, for programs that use the demonstration."""
    write_private(var / TOLD, json.dumps({"url": url, "users": accounts}, indent=1) + "\n")


def forget(var: Path) -> None:
    """Remove a `demo.json` of an earlier run: it would promise a site that is not there yet."""
    (var / TOLD).unlink(missing_ok=True)


def table(accounts: Accounts) -> str:
    """The accounts as a table of text."""
    rows = [COLUMNS, *(tuple(str(account[name]) for name in COLUMNS) for account in accounts)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(COLUMNS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
