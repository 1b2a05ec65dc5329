"""What becomes of a file in quarantine: scanned, made anew, and handed over or refused (S44–S47).

Every step can be done again: killed at any point, the file is still in quarantine, and whoever
comes next begins from there.
"""

import json
import logging
from dataclasses import dataclass

from django.db import transaction

from waymark.audit.events import record
from waymark.database.actor import Duty
from waymark.database.clock import now
from waymark.directory.permission import act
from waymark.files import quarantine, scanner, vault
from waymark.files.boxes import DoesNotOpen
from waymark.files.child import Remade, remake
from waymark.files.kinds import Kind
from waymark.files.models import File
from waymark.files.reasons import NotTaken, Why
from waymark.files.store import Missing

LOG = logging.getLogger("waymark.files")
CHECK_FILES = Duty("check_files")
State = File.State


@dataclass(frozen=True)
class Verdict:
    """What was found: what readers see of the file, with its content; or why it is refused."""

    content: bytes = b""
    remade: Remade | None = None
    why: str = ""


def judged(file: File) -> Verdict:
    """Scan a file and make it anew; nothing is written. Raises scanner.Down: then it waits."""
    try:
        content = quarantine.take(file)
    except (DoesNotOpen, Missing):
        LOG.critical("A file in quarantine is damaged or was exchanged", extra={"file": file.pk})
        return Verdict(why=Why.DAMAGED)
    if not scanner.is_clean(content):
        return Verdict(why=Why.MALWARE)
    try:
        return Verdict(content, remake(Kind(file.kind), content))
    except NotTaken as refused:
        return Verdict(why=refused.why)


@act
def settle(file: File, *, by: Duty, verdict: Verdict) -> File | None:
    """Hand the file over, or refuse it; None where that has been done already."""
    held = File.objects.waiting().filter(pk=file.pk).select_for_update(of=("self",)).first()
    if held is None:
        return None
    held.checked_at = now()
    if verdict.remade is None:
        held.state, held.why = State.REFUSED, str(verdict.why)
    else:
        held.state, held.pages = State.CLEAN, len(verdict.remade.pictures)
        _hand_over(held, verdict.content, verdict.remade)
    held.save(update_fields=["state", "why", "pages", "sealed_key", "checked_at"])
    record(
        "file_checked", by=by, at=held.checked_at, case_id=held.case_id, row=held,
        state=held.state, why=held.why or None,
    )  # fmt: skip
    transaction.on_commit(lambda: quarantine.forget(held))
    return held


def _hand_over(file: File, content: bytes, remade: Remade) -> None:
    key = vault.new_key(file)
    vault.keep(file, vault.ORIGINAL, content, key=key)
    for number, picture in enumerate(remade.pictures, start=1):
        vault.keep(file, vault.page(number), picture, key=key)
    vault.keep(file, vault.WORDS, json.dumps(remade.words).encode(), key=key)
