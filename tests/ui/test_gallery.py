"""The gallery in a real browser: no violation of the strict policy, axe clean, nothing too wide.

PICTURES names a directory where pictures are kept to be looked at.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

from waymark.ui.dates import DateField, DateOrAgeField
from waymark.ui.forms import Choice, Choices, Prose, Questions, asked

pytestmark = pytest.mark.browser
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SIZES = {"wide": (1280, 800), "narrow": (320, 640)}


class ExitForm(Questions):
    """One of each kind of question."""

    decision = Choice(
        label="What do you decide?",
        choices=[("endorse", "Endorse it"), ("refuse", "Refuse it"), ("unknown", "I do not know")],
        hints={"refuse": "The panel considers it again"},
        reveals={"refuse": "why"},
        divider="unknown",
    )
    why = Prose(label="Why do you refuse?", who_sees="the panel, the chair and the police lead")
    born = DateOrAgeField(
        label="When was the person born?",
        help_text="Give what is known: 27 3 2009, or only the year",
        called="Birth date",
    )
    told = DateField(label="When was the person told?", called="The day they were told", past=True)
    needs = Choices(
        label="What is still needed?",
        choices=[("school", "Help at school"), ("home", "Help at home"), ("none", "None of these")],
        none="none",
    )
    school = asked(forms.CharField(label="Which school?"), who_sees="the panel")
    email = forms.EmailField(label="Your e-mail address at work")
    visits = forms.IntegerField(label="How many visits were there?", max_value=50)
    area = forms.ChoiceField(label="Area", choices=[("n", "Northmoor"), ("s", "Southmere")])
    word = forms.CharField(label="Password", widget=forms.PasswordInput)


class FilterForm(forms.Form):
    """Filters of a list."""

    stage = forms.ChoiceField(label="Stage", choices=[("", "Any"), ("checks", "Partner checks")])
    holder = forms.CharField(label="Holder", required=False)


TYPED = {
    "decision": "refuse", "why": "", "born-day": "31", "born-month": "2", "born-year": "2009",
    "told-day": "25", "told-year": "2026", "needs": ["school"], "email": "not an address",
    "visits": "700", "area": "n",
}  # fmt: skip


@pytest.fixture(scope="module")
def context(root: Path, browser: Browser) -> Iterator[BrowserContext]:
    static = root / "waymark/web/static"
    assert (static / "built/app.css").exists(), "Build the assets first: bin/assets"
    found = browser.new_context()
    found.add_init_script(path=root / "node_modules/axe-core/axe.min.js")
    found.route("**/static/**", lambda route: _asset(route, static))
    yield found
    found.close()


def _asset(route: Route, static: Path) -> None:
    route.fulfill(path=static / route.request.url.split("/static/", 1)[1])


@pytest.fixture
def show(context: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Opens HTML as a page of ours, under the policy; the console may not complain."""
    pages: list[Page] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def opened(html: str, size: str = "wide") -> Page:
        page = context.new_page()
        pages.append(page)
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        headers = {"content-security-policy": POLICY, "content-type": "text/html; charset=utf-8"}
        page.route("**/page", lambda route: route.fulfill(body=html, headers=headers))
        page.goto("http://waymark.test/page")
        return page

    yield opened
    for page in pages:
        page.close()
    assert complaints == []


def gallery(render_page: Callable[..., str], form: Questions, **context: Any) -> str:
    return render_page(
        "gallery.html",
        **{
            "form": form,
            "filter_form": FilterForm(),
            "at": datetime(2026, 11, 24, 15, 5, tzinfo=UTC),
            "on": date(2026, 11, 20),
            "partnership": "Northmoor Prevent and Channel partnership",
            "demonstration": True,
            "today_words": "Tuesday 24 November 2026",
            "navigation": [
                {"text": "Home", "href": "#home", "active": True},
                {"text": "Cases", "href": "#cases"},
                {"text": "Panels", "href": "#panels"},
                {"text": "Directory", "href": "#directory"},
            ],
            "user": SimpleNamespace(is_authenticated=True),
            **context,
        },
    )


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, without what upstream answers for: an expanded state on radio buttons."""
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    nodes = [
        (rule["id"], [node["html"][:120] for node in rule["nodes"] if not _upstream(rule, node)])
        for rule in found
    ]
    return [(name, broken) for name, broken in nodes if broken]


def _upstream(rule: dict[str, Any], node: dict[str, Any]) -> bool:
    return (
        rule["id"] == "aria-allowed-attr"
        and "data-aria-controls" in node["html"]
        or (
            rule["id"] == "aria-allowed-attr"
            and "aria-expanded" in node["html"]
            and 'type="radio"' in node["html"]
        )
    )


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    if directory := os.environ.get("PICTURES"):
        page.screenshot(path=Path(directory) / f"{name}.png", full_page=whole)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("typed", [None, TYPED], ids=["asked", "failed"])
def test_the_gallery_is_clean(
    size: str,
    typed: dict[str, Any] | None,
    render_page: Callable[..., str],
    show: Callable[..., Page],
) -> None:
    page = show(gallery(render_page, ExitForm(typed, version=3)), size)

    picture(page, f"{'failed' if typed else 'asked'}-{size}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


@pytest.mark.parametrize("size", SIZES)
def test_a_public_page_can_be_left_by_keyboard(
    size: str, render_page: Callable[..., str], show: Callable[..., Page]
) -> None:
    html = gallery(render_page, ExitForm(), base="public.html", leave_url="/elsewhere", user=None)
    page = show(html, size)
    page.route("**/elsewhere", lambda route: route.fulfill(body="<title>Weather</title>"))
    page.mouse.wheel(0, 1500)

    picture(page, f"public-{size}", whole=False)
    assert violations(page) == []
    assert page.get_by_text("Leave this page quickly").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/elsewhere")
    assert page.title() == "Weather"


@pytest.mark.parametrize("size", SIZES)
def test_an_interruption_is_clean(
    size: str, render_page: Callable[..., str], show: Callable[..., Page]
) -> None:
    page = show(render_page("interruption.html", partnership="Northmoor"), size)

    picture(page, f"interruption-{size}")
    assert violations(page) == []
    assert page.locator("form").count() == 0


def test_an_error_leads_to_its_very_input(
    render_page: Callable[..., str], show: Callable[..., Page]
) -> None:
    page = show(gallery(render_page, ExitForm(TYPED)))

    page.get_by_role("link", name="The day they were told must include a month").click()

    assert page.evaluate("document.activeElement.id") == "id_told-month"
    assert page.title().startswith("Error: ")
    assert page.locator("#id_visits").input_value() == "700"


def test_what_is_typed_is_kept_and_the_page_says_so(
    render_page: Callable[..., str], show: Callable[..., Page]
) -> None:
    page = show(gallery(render_page, ExitForm()))
    kept: list[str] = []

    def keep(route: Route) -> None:
        kept.append(route.request.post_data or "")
        route.fulfill(status=204)

    page.route("**/keep", keep)
    page.clock.install()
    page.reload()
    page.get_by_label("Which school?").fill("Hill “Road” 🌿")
    page.locator("#id_word").fill("a secret")
    page.clock.run_for(11_000)
    page.wait_for_function("document.querySelector('[data-autosave-status]').textContent !== ''")

    assert page.locator("[data-autosave-status]").inner_text().startswith("Saved at ")
    assert "school=Hill+%E2%80%9CRoad%E2%80%9D+%F0%9F%8C%BF" in kept[0]
    assert "secret" not in kept[0]
    page.clock.run_for(30_000)
    assert len(kept) == 1  # nothing was typed since


@pytest.mark.parametrize("medium", ["print", "forced colours"])
def test_a_page_can_be_read_on_paper_and_in_forced_colours(
    medium: str, render_page: Callable[..., str], show: Callable[..., Page]
) -> None:
    page = show(gallery(render_page, ExitForm()))
    if medium == "print":
        page.emulate_media(media="print")
    else:
        page.emulate_media(forced_colors="active")

    picture(page, medium.replace(" ", "-"))
    on_paper = medium == "print"
    assert page.get_by_role("button", name="Endorse the exit").is_visible() is not on_paper
    assert page.get_by_text("The plan was carried out.").is_visible()
    assert page.get_by_text("Any of the reasons").is_visible() is on_paper


def test_all_can_be_read_and_sent_without_script(
    root: Path, render_page: Callable[..., str], context: BrowserContext
) -> None:
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    plain.route("**/static/**", lambda route: _asset(route, root / "waymark/web/static"))
    page = plain.new_page()
    html = gallery(render_page, ExitForm())
    page.route("**/page", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("http://waymark.test/page")

    assert page.get_by_label("Why do you refuse?").is_visible()
    assert (
        page.get_by_role("link", name="Restrict the case")
        .or_(page.get_by_role("button", name="Restrict the case"))
        .is_visible()
    )
    assert page.get_by_role("link", name="Directory").is_visible()
    plain.close()
