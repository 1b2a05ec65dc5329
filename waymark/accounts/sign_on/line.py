"""The line to a provider: five seconds in all, no redirect, no more than a bounded answer (F8).

Whatever goes wrong on it is `Down`: somebody who signs in then reads that their organisation's
sign-in is not answering, and nobody is signed in.
"""

import io
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from threading import BoundedSemaphore, Thread
from typing import Any, TypeVar

import requests
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from joserfc.errors import JoseError
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from waymark.accounts.sign_on.providers import Provider, may_be_called

SECONDS = 5.0  # for all that is asked of a provider for one page
LARGEST = 256 * 1024  # bytes of one answer
AT_ONCE = 2  # lines to one provider, of one process: the others go on with their work
WAIT = 1.0  # seconds for a line to be free
PAUSE = 3.0  # seconds after one that hung, in which nobody waits for it
GARBAGE = (
    *(JoseError, AuthlibBaseError, ValueError, TypeError, LookupError, AttributeError),
    RecursionError,
)

Found = TypeVar("Found")
Say = Callable[[Any], Found]
_lines: dict[str, BoundedSemaphore] = defaultdict(lambda: BoundedSemaphore(AT_ONCE))
_hung: dict[str, float] = {}  # providers, and when


class Down(Exception):
    """A provider does not answer as it must. `why`: a short code for the log, nobody's words."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class Bounded(HTTPAdapter):
    """Sends one request after the other until the time is over."""

    def __init__(self, until: float):
        super().__init__()
        self.until = until

    def send(self, request: Any, *args: Any, **given: Any) -> requests.Response:
        if not may_be_called(request.url):
            raise Down("address")
        given |= {"stream": True, "timeout": self._left(), "proxies": None}
        answer = super().send(request, **given)
        with closing(answer.raw) as raw:
            if answer.status_code != 200:
                raise Down("status")
            answer.raw = io.BytesIO(self._read(raw))
        return answer

    def _read(self, raw: Any) -> bytes:
        """As it comes, unpacking nothing."""
        body = bytearray()
        while piece := raw.read1(LARGEST, decode_content=False):
            body += piece
            if len(body) > LARGEST:
                raise Down("size")
            self._left()
        return bytes(body)

    def _left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def ask(provider: Provider, say: Say[Found]) -> Found:
    """What `say` makes of a line to `provider`, within the time; raises `Down`, and only that.

    It runs in a thread of its own, so that no name server, handshake or drop by drop can hold a
    page for longer. So `say` must ask nothing of the database.
    """
    if time.monotonic() - _hung.get(provider.code, -PAUSE) < PAUSE:
        raise Down("hung")
    line = _lines[provider.code]
    if not line.acquire(timeout=min(WAIT, SECONDS)):
        raise Down("busy")
    found: Future[Found] = Future()
    given = (found, provider, say, line, time.monotonic() + SECONDS)
    Thread(target=_converse, args=given, daemon=True).start()
    try:
        return found.result(timeout=SECONDS)
    except TimeoutError:
        _hung[provider.code] = time.monotonic()
        raise Down("timeout") from None


def forget() -> None:
    """What hung before need not hang now: for tests, and for a check of how things stand."""
    _hung.clear()


def session(provider: Provider) -> Any:
    """Authlib's client, as this provider knows us. What the machine's environment says of
    proxies and passwords is not taken up."""
    return OAuth2Session(
        provider.client_id, provider.client_secret, code_challenge_method="S256",
        scope=" ".join(dict.fromkeys(("openid", *provider.scopes))), trust_env=False,
    )  # fmt: skip


def _converse(
    found: Future[Found], provider: Provider, say: Say[Found], line: BoundedSemaphore, until: float
) -> None:
    try:
        with session(provider) as client:
            client.headers["Accept-Encoding"] = "identity"
            for scheme in ("https://", "http://"):
                client.mount(scheme, Bounded(until))
            found.set_result(say(client))
    except Down as down:
        found.set_exception(down)
    except (requests.Timeout, ReadTimeoutError):
        found.set_exception(TimeoutError())
    except requests.exceptions.JSONDecodeError:
        found.set_exception(Down("answer"))
    except (requests.RequestException, HTTPError):
        found.set_exception(Down("unreachable"))
    except GARBAGE:
        found.set_exception(Down("answer"))
    except BaseException as defect:
        found.set_exception(defect)
    finally:
        line.release()
