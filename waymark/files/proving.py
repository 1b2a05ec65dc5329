"""Whether the scanner really scans: it is shown what it must find, before its word is taken (S45).

The test file of EICAR harms nobody; every scanner must find it. It is put together here, so that
no scanner takes this source file for it.
"""

import zipfile
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.utils import timezone

from waymark.files.scanner import OLDEST, Down, is_clean, signatures_at

HALVES = (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
TOO_DEEP = 40  # zip in zip: more than any setting of the scanner goes down


def prove() -> None:
    """Raise Down unless the scanner is there, is fresh, and finds what it is shown."""
    refuse_stale(signatures_at(), at=timezone.now())
    if is_clean(test_file()):
        raise Down("misses_plain")
    if is_clean(zipped(test_file())):
        raise Down("misses_zipped")
    if is_clean(zipped(b"Nothing to find.", times=TOO_DEEP)):
        raise Down("misses_too_deep")
    if not is_clean(b"Nothing to find."):
        raise Down("finds_everything")


def refuse_stale(signatures: datetime | None, *, at: datetime) -> None:
    """Old signatures, or none of the scanner's makers', count as no scanner.

    A demonstration, which holds no real file, may go without.
    """
    if signatures is None:
        if not settings.CONFIGURATION.demonstration:
            raise Down("no_signatures")
    elif at - signatures > OLDEST:
        raise Down("old_signatures")


def test_file() -> bytes:
    return b"".join(HALVES)


def zipped(content: bytes, *, times: int = 1) -> bytes:
    for _ in range(times):
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
            container.writestr("inside", content)
        content = made.getvalue()
    return content
