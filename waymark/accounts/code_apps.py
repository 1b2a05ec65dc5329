"""An app that shows a code for each 30 seconds (TOTP): the code before is accepted too, and each
is used once (S13). Accepting the one before is a stated deviation: people type slowly."""

import io

import pyotp
import segno
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now

from waymark.accounts.models import CODE_APP, CodeApp
from waymark.audit.events import record, record_erasure
from waymark.database.clock import now
from waymark.database.keys import random_key
from waymark.database.sealing import Damaged, KeyIsMissing, open_sealed, place, seal
from waymark.directory.models import User

SECONDS = 30
OFFERED = "code app offered"


def new_secret() -> str:
    """A secret for an app: 160 random bits, as apps want it."""
    return pyotp.random_base32(32)


def offer(user: User, secret: str) -> str:
    """The secret as a page may carry it, until its app has shown the first code."""
    return seal(OFFERED, secret.encode(), bound_to=str(user.pk)).hex()


def offered(user: User, text: str) -> str | None:
    """The secret that `offer` sealed for this very person, or None."""
    try:
        return open_sealed(OFFERED, bytes.fromhex(text), bound_to=str(user.pk)).decode()
    except (ValueError, Damaged, KeyIsMissing):
        return None


def picture(user: User, secret: str) -> str:
    """What an app scans, as svg to stand in a page."""
    label = pyotp.TOTP(secret, interval=SECONDS).provisioning_uri(
        name=user.username, issuer_name=f"Waymark {settings.CONFIGURATION.partnership}"[:60]
    )
    drawn = io.BytesIO()
    segno.make(label, micro=False, error="m").save(
        drawn, kind="svg", xmldecl=False, scale=5, border=4, light="#fff",
        svgclass=None, lineclass=None,
    )  # fmt: skip
    return drawn.getvalue().decode()


def keep(secret: str, code: str, *, by: User) -> bool:
    """Let this app be a second factor of `by`, once it has shown the right code."""
    step = _step_of(secret, code, after=0)
    if step is None:
        return False
    remove(by=by)
    key = random_key()
    row = CodeApp.objects.create(
        id=key, user=by, last_step=step, made_at=Now(),
        sealed=seal(CODE_APP, secret.encode(), bound_to=place("accounts_codeapp", "sealed", key)),
    )  # fmt: skip
    record("code_app_made", by=by, at=now(), factor=row.pk)
    return True


def remove(*, by: User) -> None:
    for row in CodeApp.objects.filter(user=by):
        row.delete()
        record_erasure("code_app_removed", by=by, at=now(), row=row)


def use(user: User, code: str) -> bool:
    """Whether that is the code of now or just before, and was not used; now it is.

    Two who send it at once: the row lets one of them be the first.
    """
    row = CodeApp.objects.filter(user=user).first()
    if row is None:
        return False
    bound_to = place("accounts_codeapp", "sealed", row.pk)
    secret = open_sealed(CODE_APP, bytes(row.sealed), bound_to=bound_to).decode()
    step = _step_of(secret, code, after=row.last_step)
    if step is None:
        return False
    mine = CodeApp.objects.filter(pk=row.pk, last_step__lt=step)
    return bool(mine.update(last_step=step))


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """Which step's code that is: the present one or the one before, later than `after`."""
    typed = "".join(code.split())
    app, present = pyotp.TOTP(secret, interval=SECONDS), _seconds() // SECONDS
    for step in (present, present - 1):
        if step > after and pyotp.utils.strings_equal(typed, app.generate_otp(step)):
            return step
    return None


def _seconds() -> int:
    """Since 1970, by the database's clock: every process agrees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::bigint")
        return int(cursor.fetchone()[0])
