"""axe is asked about what it has not seen: other words are no other page, another fault is."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """<!doctype html><html lang="en"><head><title>Cases</title></head><body><main>
<h1>{heading}</h1><h2>Yours</h2><label for="{label}">Name</label><input id="name" name="name">
<ul>{rows}</ul><a href="/cases/{key}">{link}</a></main></body></html>"""
FIRST = {
    "heading": "Cases", "label": "name", "rows": "<li>One</li>", "key": "1", "link": "Open"
}  # fmt: skip
WRONG = [
    ("label", {"label": "nobody"}),
    ("link-name", {"link": ""}),
    ("empty-heading", {"heading": ""}),
    ("list", {"rows": "<p>One</p>"}),
    ("color-contrast", {"rows": '<li style="color: #aaa">One</li>'}),
    ("heading-order", {"rows": "<li>One</li></ul><h2>More</h2><h4>Less</h4><ul><li>One</li>"}),
    ("landmark-no-duplicate-main", {"rows": "<li>One</li></ul><main>More</main><ul><li>1</li>"}),
]
Asked = Callable[..., list[str]]


@pytest.fixture
def asked(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """What is found wrong with a page, after one that was right."""
    monkeypatch.setattr(axe, "SEEN", {})
    page = browser.new_page()

    def asking(**differs: str) -> list[str]:
        page.set_content(PAGE.format(**FIRST | differs))
        return [one["id"] for one in axe.violations(page)]

    assert asking() == []
    yield asking
    page.close()


def test_what_became_wrong_is_found_though_a_page_like_it_was_seen(asked: Asked) -> None:
    for rule, differs in WRONG:
        assert rule in asked(**differs), rule


def test_the_same_page_with_other_words_is_seen_once(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(axe, "AXE", "throw Error('asked again');")
    assert asked(heading="Other cases", key="27", rows="<li>One</li><li>Two</li>") == []
    with pytest.raises(Exception, match="asked again"):
        asked(rows="<li>One <b>more</b></li>")
