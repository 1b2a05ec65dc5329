"""Requests that cannot be read: answered shortly, and neither repeated nor told apart in a log.

gunicorn would write the sender's address into its log and parts of the request into its answer.
"""

from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from waymark.web.door.headers import ALWAYS

REFUSED = (400, "Bad Request", "We could not read what was sent.")
ANSWERS = {
    LimitRequestLine: (414, "URI Too Long", "The address is too long."),
    LimitRequestHeaders: (431, "Request Header Fields Too Large", "Too much was sent at the top."),
}
OUR_FAULT = (500, "Internal Server Error", "Sorry, something went wrong.")


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker that says little of what it could not read."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        if isinstance(exc, ParseException):
            self.log.warning("A request could not be read")
        else:
            self.log.error("A request could not be answered", exc_info=exc)
        try:
            write_nonblock(client, answer_to(exc))
        except OSError:
            self.log.debug("Who asked has gone")


def answer_to(exc: BaseException) -> bytes:
    """The whole answer, with the headers that every answer has."""
    otherwise = REFUSED if isinstance(exc, ParseException) else OUR_FAULT
    status, reason, words = ANSWERS.get(type(exc), otherwise)
    headers = ALWAYS | {
        "Cache-Control": "no-store",
        "Connection": "close",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(words)),
    }
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {said}" for name, said in headers.items())]
    return "\r\n".join([*lines, "", words]).encode()
