"""Somebody with a browser and no account: fills in the form as a person does, page by page."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from waymark.web.door.visiting import DRAFT

HAPPENED = {
    "how_noticed": "He told his class about it.",
    "exact_words": "He said: somebody should do something.",
    "who_saw": "The whole class.",
    "when_happened": "last Tuesday",
    "first_noticed_date": "about two weeks ago",
    "ordinary_explanation": "It may have been about the bus.",
}


class Referrer:
    """`Referrer().begins().fills("happened", …).sends()`."""

    def __init__(self, client: Client | None = None):
        self.client = client or Client()

    def get(self, address: str) -> HttpResponse:
        return self.client.get(address)  # type: ignore[return-value]

    def page(self, address: str) -> str:
        return self.get(address).content.decode()

    def hidden(self, address: str) -> dict[str, str]:
        """What a page's form carries unseen, as a browser would send it back."""
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.page(address))
        return {name: value for name, value in found if name != "csrfmiddlewaretoken"}

    def begins(self, road: str = "public") -> "Referrer":
        self.client.post("/refer/road", {"road": road})
        assert DRAFT in self.client.cookies
        return self

    def fills(self, where: str, **typed: Any) -> HttpResponse:
        """Types on a page of the form and presses Save and continue."""
        address = where if where.startswith("/") else f"/refer/topic/{where}"
        return self.client.post(address, {**self.hidden(address), **typed})  # type: ignore[return-value]

    def names(self, **typed: Any) -> HttpResponse:
        said = {"forenames": "Robin", "surname": "Ashdown", "birth-age": "15"}
        return self.fills("/refer/person/1/person", **said | typed)

    def tells(self, **typed: Any) -> "Referrer":
        self.names()
        self.fills("happened", **HAPPENED | typed)
        return self

    def sends(self) -> str:
        """Sends, and returns the receipt code as it is shown."""
        self.client.post("/refer/check", self.hidden("/refer/check"))
        return self.code()

    def code(self) -> str:
        shown = re.search(r'class="app-code">([^<]+)<', self.page("/refer/received"))
        assert shown
        return shown[1]

    @property
    def secret(self) -> str:
        return self.client.cookies[DRAFT].value
