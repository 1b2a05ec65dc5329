"""The net under all tests holds: a name in a title, a header, a cookie or the log is found."""

import logging

import pytest
from django.http import HttpResponse

from tests.nothing_out import Lines, told_by


@pytest.mark.requirement("S66")
def test_a_name_that_got_out_is_found() -> None:
    safe = HttpResponse("<html><title>A case</title><p>Ashdown, Robin</p>")
    assert told_by(safe) == []
    assert told_by(HttpResponse("<html><title>Ashdown, Robin</title>"))
    assert told_by(HttpResponse(headers={"Location": "/people/ashdown"}))
    named = HttpResponse()
    named.set_cookie("who", "Ashdown")
    assert told_by(named)
    lines = Lines()
    for words in ("answered", "Robin Ashdown"):
        lines.handle(logging.LogRecord("waymark", logging.INFO, "", 1, words, None, None))
    assert len(lines.naming) == 1
