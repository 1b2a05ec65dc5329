"""Forms of a page, as a test reads them: what is asked, what is offered, where it is sent."""

import inspect
import random
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_plus, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

TYPED = {"text", "textarea", "email", "tel", "password", "search"}
PARTS = {"day": "3", "month": "11", "year": "2026"}  # of a date
ENDS = ("/sign-out", "/leave")  # of being there at all


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
    fields: dict[str, Field] = field(default_factory=dict)

    def filled(self, words: str, said: dict[str, Any]) -> dict[str, Any]:
        """As somebody does who answers with `said`, and writes the same words in every box."""
        full = {one.name: one.offered[0] for one in self.fields.values()} | said
        for one in self.fields.values():
            if one.kind == "file":
                name = f"{words[:40]}.txt"
                full[one.name] = SimpleUploadedFile(name, words.encode(), "text/plain")
            elif one.kind in TYPED and not str(full[one.name]).isdigit():
                full[one.name] = PARTS.get(re.split(r"[-_]", one.name)[-1], words)
        return full

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
    """`FormsOf(page, address).found`: those that are sent by POST, or by another method."""

    def __init__(self, page: str, address: str, method: str = "post"):
        super().__init__()
        self.address, self.method, self.found = address, method, list[Form]()
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
        self.open = Form(urljoin(self.address, said.get("action", "")))
        path = urlsplit(self.open.action).path
        if said.get("method", "get").lower() == self.method and path not in ENDS:
            self.found.append(self.open)

    def _note(self, name: str, kind: str, value: str) -> None:
        assert self.open
        if name == "csrfmiddlewaretoken":
            return
        known = self.open.fields.setdefault(name, Field(name, kind, []))
        known.offered = [each for each in (*known.offered, value) if each] or [""]


def that_take_one() -> set[str]:
    """Each route whose page takes a form."""
    every = {str(each.pattern) for each in get_resolver().url_patterns}
    return {route for route in every if "POST" in methods(route)}


def methods(route: str) -> list[str]:
    """What the page at a route answers to, as its view was told by Django's own decorator."""
    view = next(each for each in get_resolver().url_patterns if str(each.pattern) == route).callback
    while view:
        if found := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
            return list(found)
        view = getattr(view, "__wrapped__", None)
    return ["GET", "POST"]


def nameless(name: str) -> str:
    """A field's name without what is numbered in it, so that rows of a list count once."""
    return re.sub(r"\d+", "#", name)
