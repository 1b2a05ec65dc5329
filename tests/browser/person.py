"""Somebody at a browser: what they do, in the words of a journey."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import axe
from waymark.directory.models import User

IN_THREE_WEEKS = date.today() + timedelta(days=21)
TEXT = ("textarea", "text", "email")
FIELDS = """form => {
    const named = {};
    return [...form.elements].filter((one) => one.name).map((one) => ({
        name: one.name, kind: one.type, value: one.value, checked: one.checked,
        nth: (named[one.name] = (named[one.name] ?? -1) + 1),
        seen: one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden",
    }));
}"""
TALLEST = 2000  # of a picture in a guide
PASSWORD = "a long enough pass phrase"


class Person:
    def __init__(
        self, page: Page, *, pictures: Path | None = None, guide: Path | None = None,
        script: bool = True,
    ):  # fmt: skip
        self.page, self.pictures, self.script, self.seen = page, pictures, script, 0
        self.guide, self.without_line = guide, False

    def signs_in(self, user: User) -> "Person":
        self.goes_to("/sign-in")
        self.page.fill("[name=username]", user.username)
        self.page.fill("[name=password]", PASSWORD)
        self.presses("Sign in")
        return self

    def goes_to(self, address: str) -> "Person":
        self.page.goto(address)
        return self.looks()

    def follows(self, text: str) -> "Person":
        link = self.page.get_by_role("link", name=text)
        link.or_(self.page.get_by_role("button", name=text)).first.click()
        return self.looks()

    def presses(self, text: str) -> "Person":
        self.page.get_by_role("button", name=text, exact=True).first.click()
        self.page.wait_for_load_state()
        return self.looks()

    def pictured(self, name: str) -> "Person":
        """The page as the guides show it, where pictures for them are wanted."""
        if self.guide:
            size = self.page.viewport_size or {"width": 1280, "height": 800}
            tall = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": size["width"], "height": min(tall, TALLEST)})
            self.page.screenshot(path=self.guide / f"{name}.png")
            self.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        return self

    @contextmanager
    def loses_the_line(self) -> Iterator[None]:
        """Nothing goes out and nothing comes in, until the line is back."""
        self.without_line = True
        self.page.context.set_offline(True)
        try:
            yield
        finally:
            self.page.context.set_offline(False)
            self.page.evaluate("0")  # what was said of it meanwhile has come in
            self.without_line = False

    def fills(self, **answers: str) -> "Person":
        for name, words in answers.items():
            self.page.fill(f"[name='{name}']", words)
        return self

    def chooses(self, **answers: str) -> "Person":
        for name, value in answers.items():
            self.page.check(f"[name='{name}'][value='{value}']")
        return self

    def answers(self, **given: str | list[str]) -> "Person":
        """Answer each question of the page's form and press its one green button.

        `given` by the field's name; what is not given gets plain words, the first choice that
        can be made, or a day three weeks from now.
        """
        form = self.page.locator("main form[method=post]").last
        for one in _seen(form, TEXT):
            if one["name"] in given or not one["value"]:
                _box(form, one).fill(str(given.get(one["name"], _plain(one["name"]))))
        self._chooses_in(form, given)
        for one in _seen(form, ("select-one",)):
            if one["name"] in given:
                _box(form, one).select_option(given[one["name"]])
            elif not one["value"]:
                _box(form, one).select_option(index=1)
        return self._sends(form, given)

    def _chooses_in(self, form: Locator, given: Mapping[str, str | list[str]]) -> None:
        """One of each set of radios, and the boxes to tick that are given."""
        radios = _seen(form, ("radio",), hidden=True)
        for name in dict.fromkeys(one["name"] for one in radios):
            these = [one for one in radios if one["name"] == name]
            if name in given:
                form.locator(f"input[name='{name}'][value='{given[name]}']").check()
            elif not any(one["checked"] for one in these):
                first = form.locator(f"input[type=radio][name='{name}']").first
                if first.is_visible():  # what was chosen before may have opened it
                    first.check()
        boxes = _seen(form, ("checkbox",), hidden=True)
        for name in dict.fromkeys(one["name"] for one in boxes):
            for value in given.get(name, []):
                form.locator(f"input[name='{name}'][value='{value}']").check()

    def _sends(self, form: Locator, given: Mapping[str, str | list[str]]) -> "Person":
        """Choices may have opened further questions: these first."""
        for one in _seen(form, ("textarea", "text")):
            if not one["value"]:
                words = str(given.get(one["name"], _plain(one["name"])))
                if words:
                    _box(form, one).fill(words)
        form.locator("button.govuk-button:not(.govuk-button--secondary)").last.click()
        self.page.wait_for_load_state()
        problem = self.page.locator(".govuk-error-summary")
        assert not problem.count(), problem.inner_text()
        return self.looks()

    def reads(self, *words: str) -> "Person":
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def reads_above(self, *words: str) -> "Person":
        """In the line on top of a case's page: whose it is and where it stands."""
        for text in words:
            expect(self.page.locator(".app-identity")).to_contain_text(text)
        return self

    def looks(self) -> "Person":
        """On every page: axe is clean, the title names no error page, a picture where wanted."""
        self.seen += 1
        if self.pictures:
            name = re.sub(r"[^a-z0-9]+", "-", self.page.url.split("/", 3)[-1].lower())[:60]
            width = (self.page.viewport_size or {}).get("width", 0)
            self.page.screenshot(
                path=self.pictures / f"{name or 'home'}-{width}-{self.seen:02}.png", full_page=True
            )
        if not self.script:  # axe is a script too
            return self
        wrong = axe.violations(self.page)
        assert not wrong, [(one["id"], [node["html"] for node in one["nodes"]]) for one in wrong]
        return self


def _seen(form: Locator, kinds: tuple[str, ...], *, hidden: bool = False) -> list[dict[str, Any]]:
    """The fields of a form in one look: asking each box by itself takes a hundred times as long."""
    found = form.evaluate(FIELDS)
    return [one for one in found if one["kind"] in kinds and (hidden or one["seen"])]


def _box(form: Locator, field: Mapping[str, Any]) -> Locator:
    return form.locator(f"[name='{field['name']}']").nth(field["nth"])


# What somebody might write, by how a question's name ends: the guides show pages filled in so.
WORDS = {
    "person_what": "Drawn further in by older friends, away from everybody else.",
    "public_what": "Angry words at the bus station; no act that is known.",
    "partners_what": "Staff are shouted at when they ask about it.",
    "providers_what": "Whoever visits may meet the older friends at the door.",
    "speaks_for": "The form tutor has seen it twice this month.",
    "speaks_against": "Still goes to football, and likes it.",
    "reduced_how": "The tutor looks in at breaks; nobody visits alone.",
    "conversations": "With the mother, on Monday. She knows of the referral and is glad of help.",
    "safeguarding": "Nothing beyond what is known. Social care was asked, and knows of no harm.",
    "recommendation": "Ask the school first. Then look at it again together.",
    "why_enough": "Name, birth date and school are known: partners can find the person.",
    "ground": "The family was asked, and agreed.",
    "about": "Robin Ashdown, of Essex Academy.",
    "1_words": "Nine days missed since September. Before that hardly any.",
    "conclusion": "Support to belong somewhere else would help.",
}


def _plain(name: str) -> str:
    """What is typed where the journey says nothing: a part of a date, or words."""
    for end, words in WORDS.items():
        if name.endswith(end):
            return words
    for part in ("day", "month", "year"):
        if name.endswith(f"-{part}"):
            return str(getattr(IN_THREE_WEEKS, part))
    return f"Written down for {name.replace('_', ' ')}, in plain words."
