"""A package for a panel elsewhere: one encrypted PDF, with the same words as data inside it."""

import io
import json
import secrets
from dataclasses import asdict

from waymark.web.papers.sections import PaperSection

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
GROUPS, LONG = 6, 4  # 120 bits


def new_passphrase() -> str:
    """Six groups of four letters and digits, to be told by telephone."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(LONG)) for _ in range(GROUPS))
    return "-".join(groups)


def sealed(pdf: bytes, sections: list[PaperSection], passphrase: str) -> bytes:
    """The PDF with its words as JSON attached, opened by nothing but the passphrase (AES-256)."""
    import pikepdf  # here: it writes a line to the log as it is read in

    data = json.dumps([asdict(each) for each in sections], ensure_ascii=False, indent=2)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        paper.attachments["case.json"] = pikepdf.AttachedFileSpec(
            paper, data.encode(), mime_type="application/json", description="The same as data"
        )
        lock = pikepdf.Encryption(owner=passphrase, user=passphrase, R=6)
        paper.save(out, encryption=lock)
    return out.getvalue()
