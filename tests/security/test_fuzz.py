"""Garbage in every field of every form: told what is wrong with it, never a fault of ours."""

import random
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote_plus

import pytest
from django.db import transaction

from tests.cast import Cast
from tests.security.test_walk_of_roles import Walk, may_reach, routes

pytestmark = pytest.mark.slow
SEED = 20261127
TRIES = 2  # of each form
FORM = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
KEPT = {"csrfmiddlewaretoken"}
GARBAGE = (
    b"", b"%00", b"a%00b", b"%FF%FE", b"%ED%A0%80", b"%E2%80%AE%E2%80%8B", b"%0D%0ASet-Cookie:x=1",
    b"-1", b"0", b"9223372036854775808", b"99999999999999999999999", b"1e309", b"NaN", b"%C2%B2",
    b"2026-02-30", b"0000-00-00", b"99999", b"31", b"None", b"[]", b"%7B%7D", b"true", b"on",
    b"%27%3B+DROP+TABLE+cases_case%3B--", b"%3Cscript%3Ealert(1)%3C/script%3E", b"%7B%7B7*7%7D%7D",
    b"../../etc/passwd", b"%F0%9F%92%A3" * 400, b"x" * 20_001,
)  # fmt: skip


def fields(page: str) -> list[tuple[str, str]]:
    """Each field of a page's forms with a value that the page itself offers."""
    found = []
    for field in FORM.finditer(page):
        value = VALUE.search(field[0])
        found.append((unescape(field[1]), unescape(value[1]) if value else ""))
    return found


def bodies(offered: list[tuple[str, str]], chance: random.Random) -> Iterator[bytes]:
    """Forms of which some fields hold what is offered, some garbage, some are not there."""
    for _ in range(TRIES):
        pairs = []
        for name, value in offered:
            roll = chance.random()
            said = quote_plus(value).encode()
            if name not in KEPT and roll < 0.6:
                said = chance.choice(GARBAGE)
            if name in KEPT or roll < 0.9:
                pairs.append(quote_plus(name).encode() + b"=" + said)
        yield b"&".join(pairs)


@pytest.mark.requirement("S63", "S73")
def test_no_form_of_any_page_answers_garbage_with_a_fault(essex: Cast, thurrock: Cast) -> None:
    walk, chance, wrong, posted = Walk(essex, thurrock), random.Random(SEED), [], 0
    for route in sorted(routes()):
        address = walk.address(route, walk.opened)
        who = chance.choice(sorted(may_reach(route) & walk.clients.keys()))
        client = walk.clients[who]
        page = client.get(address)
        if page.status_code != 200 or "html" not in page["Content-Type"]:
            continue
        for body in bodies(fields(page.content.decode()), chance):
            with transaction.atomic():  # what it did is undone: the next meets the same story
                answer = client.post(address, body, "application/x-www-form-urlencoded")
                transaction.set_rollback(True)
            posted += 1
            if answer.status_code >= 500:
                wrong.append((route, who, body[:2000]))
    assert wrong == []
    assert posted > 150
