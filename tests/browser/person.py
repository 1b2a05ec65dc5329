"""Somebody at a browser: what they do, in the words of a journey."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from waymark.directory.models import User

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Upstream's radios that open further questions carry aria-expanded, which axe disputes.
KNOWN = {"aria-allowed-attr"}
PASSWORD = "a long enough pass phrase"


class Person:
    def __init__(self, page: Page, *, pictures: Path | None = None, script: bool = True):
        self.page, self.pictures, self.script, self.seen = page, pictures, script, 0

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
        self.page.get_by_role("link", name=text).first.click()
        return self.looks()

    def presses(self, text: str) -> "Person":
        self.page.get_by_role("button", name=text, exact=True).first.click()
        self.page.wait_for_load_state()
        return self.looks()

    def fills(self, **answers: str) -> "Person":
        for name, words in answers.items():
            self.page.fill(f"[name='{name}']", words)
        return self

    def chooses(self, **answers: str) -> "Person":
        for name, value in answers.items():
            self.page.check(f"[name='{name}'][value='{value}']")
        return self

    def reads(self, *words: str) -> "Person":
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text)
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
        self.page.evaluate(AXE + ";0")
        found = self.page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
        wrong = [one for one in found["violations"] if one["id"] not in KNOWN]
        assert not wrong, [(one["id"], [node["html"] for node in one["nodes"]]) for one in wrong]
        return self
