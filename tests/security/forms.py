"""Every form of every page that somebody reaches: what is asked in it, and how it is filled in."""

import inspect
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_plus, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from tests.cast import Cast, acting
from tests.security.test_walk_of_roles import Walk, may_reach, routes
from tests.story import Story
from tests.web.referrer import Referrer

CHOSEN = {"radio", "checkbox", "select"}
PARTS = {"day": "3", "month": "11", "year": "2026"}
ENDS = ("/sign-out", "/leave")  # of being there at all
FIRST = ("police_officer", "chair", "families_lead", "police_lead", "coordinator")  # do the most
NUMBERED = r"<(?:int:)?(?:number|item)>"
LOOKED_FOR = 4  # roles that open a page which takes a form, before it is said to show none


@dataclass
class Field:
    """A field: its kind as HTML has it, and the values that the page itself offers."""

    name: str
    kind: str
    offered: list[str]


@dataclass
class Form:
    """A form of a page, with where it is sent."""

    action: str
    takes_files: bool
    fields: dict[str, Field] = field(default_factory=dict)

    def filled(self, words: str, chance: random.Random) -> dict[str, Any]:
        """As somebody does who writes the same words in every box and chooses what there is."""
        said: dict[str, Any] = {}
        for one in self.fields.values():
            part = PARTS.get(re.split(r"[-_]", one.name)[-1])
            if one.kind == "file":
                name = f"{words[:40]}.txt"
                said[one.name] = SimpleUploadedFile(name, words.encode(), "text/plain")
            elif one.kind in CHOSEN | {"hidden", "submit"}:
                said[one.name] = chance.choice(one.offered)
            else:
                said[one.name] = part or words
        return said

    def garbage(self, values: tuple[bytes, ...], chance: random.Random) -> bytes:
        """Some fields hold what is offered, some garbage, some are not there."""
        pairs = []
        for one in self.fields.values():
            roll = chance.random()
            said = quote_plus(one.offered[0]).encode()
            if roll < 0.9:
                said = chance.choice(values) if roll < 0.6 else said
                pairs.append(quote_plus(one.name).encode() + b"=" + said)
        return b"&".join(pairs)


class FormsOf(HTMLParser):
    """`FormsOf(page, address).found`: those that are sent by POST."""

    def __init__(self, page: str, address: str):
        super().__init__()
        self.address, self.found = address, list[Form]()
        self.open: Form | None = None
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in pairs}
        if tag == "form":
            self._begin(said)
        elif self.open and tag in ("input", "textarea", "select", "button") and said.get("name"):
            kind = {"input": said.get("type", "text"), "button": "submit"}.get(tag, tag)
            self.select = said["name"] if tag == "select" else ""
            self._note(said["name"], kind, said.get("value", ""))
        elif self.open and tag == "option" and self.select and said.get("value"):
            self._note(self.select, "select", said["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None

    def _begin(self, said: dict[str, str]) -> None:
        action = urljoin(self.address, said.get("action", ""))
        self.open = Form(action, "multipart" in said.get("enctype", ""))
        if said.get("method", "").lower() == "post" and urlsplit(action).path not in ENDS:
            self.found.append(self.open)

    def _note(self, name: str, kind: str, value: str) -> None:
        assert self.open
        if name == "csrfmiddlewaretoken":
            return
        known = self.open.fields.setdefault(name, Field(name, kind, [value]))
        known.offered = [each for each in (*known.offered, value) if each] or [""]


@dataclass
class Reached:
    """A form, and who has it before them."""

    who: str
    client: Client
    form: Form

    @contextmanager
    def sent(self, said: Any, content_type: str = MULTIPART_CONTENT) -> Iterator[Any]:
        """What comes of sending it, which is undone at the end: the next meets the same story."""
        cookies = deepcopy(self.client.cookies)
        with transaction.atomic():
            yield self.client.post(self.form.action, said, content_type)
            transaction.set_rollback(True)
        self.client.cookies = cookies


class Forms(Walk):
    """Whoever works here, and visitors with a draft and a receipt: each form once."""

    def __init__(self, cast: Cast, other: Cast):
        super().__init__(cast, other)
        self.ways: dict[str, tuple[str, str]] = {}  # who is led to the address of a route
        self.new = Story(cast, surname="Canaryperson").referred()
        acting(cast.police_lead)
        self.referrals[self.new] = self.new.subject.referral

    def reached(self, chance: random.Random) -> Iterator[Reached]:
        seen = set[tuple[str, frozenset[str]]]()
        for who, client, forms in self._pages(chance):
            for form in forms:
                key = (_route(form.action), frozenset(form.fields))
                if key not in seen:
                    seen.add(key)
                    yield Reached(who, client, form)

    def _pages(self, chance: random.Random) -> Iterator[tuple[str, Client, list[Form]]]:
        """Those of fewer keys first: they lead to the others."""
        for route in sorted(routes(), key=lambda each: (each.count("<"), each)):
            for who, address in self._ways(route, chance):
                if forms := self._forms_on(who, address):
                    yield who, self.clients[who], forms
                    break
        visitor = Referrer(Client(raise_request_exception=False)).begins().tells()
        visitor.client.post("/receipt", {"code": self.opened.sent.code})
        for address in sorted(_public(visitor)):
            yield "visitor", visitor.client, forms_on(visitor.client.get(address), address)

    def _forms_on(self, who: str, address: str) -> list[Form]:
        """Also notes where the page leads to."""
        page = self.clients[who].get(address)
        for place in re.findall(r'(?:href|action)="(/[^"#?]*)', page.text if is_page(page) else ""):
            self.ways.setdefault(_route(place), (who, unescape(place)))
        return forms_on(page, address)

    def _ways(self, route: str, chance: random.Random) -> Iterator[tuple[str, str]]:
        """Who opens it: some of those who may, about the case on its way, then about the early one.

        A page that takes none itself may show one that is sent elsewhere: one of them opens it.
        """
        if route in self.ways:
            yield self.ways[route]
        elif not self._is_known(route):
            return  # nothing led there
        there = sorted(may_reach(route) & self.clients.keys())
        chance.shuffle(there)
        there.sort(key=lambda who: FIRST.index(who) if who in FIRST else len(FIRST))
        takes = "POST" in methods(route)
        for who in there[: LOOKED_FOR if takes else 1]:
            yield who, self.address(route, self.opened)
        if takes and "<reference>" in route and "police_officer" in there:
            early = self.new if route.startswith("referrals") else self.early
            yield "police_officer", self.address(route, early)

    def address(self, route: str, story: Story) -> str:
        """As `Walk` has it; of what is numbered, the first."""
        return super().address(re.sub(NUMBERED, "1", route), story)

    def _is_known(self, route: str) -> bool:
        """Whether the story itself has every key of that address."""
        if any(route.startswith(begins) for begins in self.keys):
            route = route.replace("<int:key>", "", 1)
        return "<" not in re.sub(f"{NUMBERED}|<reference>|<area>", "", route)


def is_page(answer: Any) -> bool:
    return bool(answer.status_code == 200 and "html" in answer["Content-Type"])


def forms_on(answer: Any, address: str) -> list[Form]:
    return FormsOf(answer.text, address).found if is_page(answer) else []


def _public(visitor: Referrer) -> set[str]:
    """Each address that is for anybody, with the topics of a draft."""
    every = (pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern))
    open_to_all = [one for one in every if getattr(one.callback, "access", "") == "anyone"]
    plain = {f"/{one.pattern}" for one in open_to_all if "<" not in str(one.pattern)}
    topics = re.findall(r'href="(/refer/(?:topic|person)/[^"#?]+)', visitor.page("/refer/list"))
    return (plain | set(topics) | {"/refer/take-out/1"}) - set(ENDS)


def methods(route: str) -> list[str]:
    """What the page at a route answers to, as its view was told by Django's own decorator."""
    view = next(each for each in get_resolver().url_patterns if str(each.pattern) == route).callback
    while view:
        if found := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
            return list(found)
        view = getattr(view, "__wrapped__", None)
    return ["GET", "POST"]


def _route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return address
