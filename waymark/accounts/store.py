"""Django's sessions, kept so that the database knows no token: what SESSION_ENGINE names (S16).

The cookie holds a token of 256 random bits, the row its SHA-256. A row is there for whoever
shows the token (`waymark.session`), and for whose it is. How old it may get, the database says
by its own clock.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import connection
from django.db.models.functions import Now

from waymark.accounts.models import Session
from waymark.accounts.sight import IDLE_MINUTES

IN_ALL = timedelta(hours=8)
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Opened:
    """What the database says of the session of a token, over or not."""

    key: int
    user_id: int | None
    data: str
    is_over: bool
    is_fresh: bool  # they proved who they are within the last five minutes
    is_untouched: bool  # not used for some seconds: using it is written down again
    idle_left: int  # seconds of the half hour
    seconds_left: int  # of the eight hours


def digest_of(token: str) -> str:
    """What the row knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def opened(token: str) -> Opened | None:
    """The session of a token, or None where there never was one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM session_shown(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return Opened(*row) if row else None


def show(*tokens: str) -> None:
    """Let the database know which tokens were shown, until this transaction ends."""
    digests = ",".join(digest_of(token) for token in tokens)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('waymark.session', %s, true)", [digests])


class SessionStore(SessionBase):
    """One session. `state`: what the database last said of it; None before there is a row."""

    state: Opened | None = None

    def load(self) -> dict[str, Any]:
        self.state = opened(self.session_key) if self.session_key else None
        if self.state is None or self.state.is_over:
            self._session_key = None
            return {}
        return dict(self.decode(self.state.data))

    @property
    def told(self) -> Opened | None:
        """What the database says of it: asked when anything of a session is first wanted."""
        self._read()
        return self.state

    @property
    def was_of(self) -> int | None:
        """Whose session the shown token opened until it was over; None: nobody's that is known."""
        return self.told.user_id if self.told and self.told.is_over else None

    def is_empty(self) -> bool:
        """Django takes the cookie of an empty session away. That of one that is over stays, so
        that what is posted later is still known to be its person's."""
        was_somebodys = self.state and self.state.is_over and self.state.user_id is not None
        return bool(super().is_empty() and not was_somebodys)

    @property
    def is_fresh(self) -> bool:
        return bool(self.told and self.told.is_fresh)

    def create(self) -> None:
        self._session_key = self._new_token()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._read(no_load=must_create)
        kept = {"data": self.encode(data), "user_id": data.get(SESSION_KEY)}
        show(self.session_key)
        if must_create:
            Session.objects.create(digest=digest_of(self.session_key), **kept, **_anew())
            self.state = opened(self.session_key)
        elif not self._rows().update(**kept):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """It is over: its row stays for a day, since something may still be posted with it."""
        token = session_key or self.session_key
        if token:
            show(token)
            Session.objects.filter(digest=digest_of(token), ended_at=None).update(ended_at=Now())
            self.state = None

    def exists(self, session_key: str) -> bool:
        return opened(session_key) is not None

    @classmethod
    def clear_expired(cls) -> None:
        """The duty in `sessions.forget_old` does this."""

    def cycle_key(self) -> None:
        """Another token; where nobody was signed in before, the eight hours begin now."""
        self._turn({} if SESSION_KEY in self._read() else _anew())

    def prove(self) -> None:
        """Who signed in has just proved again who they are: another token, and it is fresh."""
        self._turn({"fresh_at": Now(), "used_at": Now()})

    def touch(self) -> None:
        """It was used just now: the half hour begins again."""
        self._rows().update(used_at=Now())
        if self.state:
            self.state = replace(self.state, is_untouched=False, idle_left=IDLE_MINUTES * 60)

    def held(self) -> bool:
        """Read it anew and keep others from changing it until this transaction ends.

        What may be used once only is taken out between this and `save`.
        """
        if not self.session_key:
            return False
        show(self.session_key)
        row = self._rows().select_for_update().first()
        self._session_cache = dict(self.decode(row.data)) if row else {}
        return row is not None

    def _turn(self, changes: dict[str, Any]) -> None:
        self._read()
        before = self.session_key
        if before is None:
            self.create()
            return
        after = self._new_token()
        show(before, after)
        if not self._rows().update(digest=digest_of(after), **changes):
            raise UpdateError
        self._session_key, self.modified = after, True
        self.state = opened(after)

    def _read(self, *, no_load: bool = False) -> dict[str, Any]:
        """What the session holds, read when it is first wanted."""
        held: dict[str, Any] = self._get_session(no_load)  # type: ignore[attr-defined]
        return held

    def _rows(self) -> Any:
        return Session.objects.filter(digest=digest_of(self.session_key or ""), ended_at=None)

    @staticmethod
    def _new_token() -> str:
        return secrets.token_urlsafe(TOKEN_BYTES)


def _anew() -> dict[str, Any]:
    """The times of a session that begins."""
    return {"begun_at": Now(), "used_at": Now(), "fresh_at": Now(), "ends_at": Now() + IN_ALL}
