"""The frame of every page, the macros, and how dates and names are said."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest
from jinja2 import TemplateSyntaxError, UndefinedError

from waymark.ui.words import counted, day, moment, person_name

PERSON = SimpleNamespace(is_authenticated=True)
ERRORS = ["400", "403", "404", "413", "500", "503"]


def test_no_template_has_inline_script_or_style(root: Path) -> None:
    templates = [path for path in root.glob("waymark/**/*.html") if "static" not in path.parts]
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)", re.I)

    assert len(templates) > 12
    assert [str(path) for path in templates if inline.search(path.read_text())] == []


def test_no_template_of_ours_trusts_what_is_typed(root: Path) -> None:
    templates = list(root.glob("waymark/**/jinja2/**/*.html"))

    assert [str(path) for path in templates if re.search(r"\|\s*safe\b", path.read_text())] == []


def test_what_is_missing_is_never_printed_as_nothing(render: Callable[..., str]) -> None:
    with pytest.raises(UndefinedError):
        render("{{ nosuch }}")
    with pytest.raises((UndefinedError, TemplateSyntaxError)):
        render('{{ notices.tag("Late", "purple") }}')


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_nothing(name: str, render_page: Callable[..., str]) -> None:
    page = lxml.html.document_fromstring(render_page(f"errors/{name}.html"))

    (heading,) = page.xpath("//h1")
    assert page.xpath("//title")[0].text == f"{heading.text} – Waymark"
    assert page.xpath("//main//p")


def test_a_refusal_says_why_until_when_and_by_which_clause(render_page: Callable[..., str]) -> None:
    refusal = SimpleNamespace(why="You lead <this> case", until="another decides", clause="2.8.15")

    html = render_page("errors/403.html", refusal=refusal, whom="The chair")

    for words in ["You lead &lt;this&gt; case", "another decides", "(2.8.15)", "The chair"]:
        assert words in html


def test_signing_out_is_an_act_with_a_token(render_page: Callable[..., str]) -> None:
    page = lxml.html.document_fromstring(render_page("base.html", user=PERSON))

    (form,) = page.xpath('//footer//form[@method="post"]')
    assert form.xpath('input[@name="csrfmiddlewaretoken"]')
    assert "Sign out" not in render_page("base.html", user=None)
    assert "Sign out" not in render_page("base.html", user=SimpleNamespace(is_authenticated=False))


def test_a_public_page_has_no_navigation_but_a_way_to_leave(
    render_page: Callable[..., str],
) -> None:
    html = render_page("public.html", navigation=[{"text": "Cases", "href": "/c"}], leave_url="/go")
    page = lxml.html.document_fromstring(html)

    assert page.xpath("//a[@data-leave]/@href") == ["/go"]
    assert not page.xpath("//nav")


@pytest.mark.parametrize(("demonstration", "shown"), [(True, True), (False, False)])
def test_a_demonstration_says_so(
    demonstration: bool, shown: bool, render_page: Callable[..., str]
) -> None:
    html = render_page("base.html", demonstration=demonstration)

    assert ("Do not enter real people" in html) is shown


def test_notices_are_shown_once_and_escaped(render_page: Callable[..., str]) -> None:
    sent = SimpleNamespace(message="<b>Sent</b>", level_tag="success")

    html = render_page("base.html", notices=["Kept", sent])

    assert html.count("&lt;b&gt;Sent&lt;/b&gt;") == 1 and "Kept" in html
    assert html.count("govuk-notification-banner--success") == 1


def test_what_was_not_answered_is_said(render: Callable[..., str]) -> None:
    rows = [{"question": "A?", "answer": answer} for answer in (None, "", [], "0", 0)]

    html = render("{{ lists.answers(rows) }}", rows=rows)

    assert html.count("Not provided") == 3


def test_a_table_names_the_column_beside_each_value(render: Callable[..., str]) -> None:
    columns = [{"text": f"C{n}", "key": str(n)} for n in range(8)]

    html = render("{{ lists.table('T', columns, rows) }}", columns=columns, rows=[{"1": "<x>"}])
    page = lxml.html.document_fromstring(html)

    assert len(page.xpath("//thead//th")) == 6
    assert [label.text for label in page.xpath('//span[@class="app-table__label"]')][0] == "C1"
    assert "&lt;x&gt;" in html


def test_a_timeline_invents_no_hour(render: Callable[..., str]) -> None:
    html = render("{{ case.timeline(e) }}", e=[{"title": "Told", "on": date(2026, 11, 20)}])

    assert "20 November 2026</time>" in html


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 11, 25, 15, 5, tzinfo=UTC), "25 November 2026 at 3:05pm"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026 at 12:30am"),
        (datetime(2026, 1, 1, 12, 0, tzinfo=UTC), "1 January 2026 at 12:00pm"),
        (None, ""),
    ],
)
def test_moments_are_londons(at: datetime | None, says: str) -> None:
    assert moment(at) == says
    assert day(at) == says.split(" at ")[0]


def test_names_and_numbers_are_said_plainly() -> None:
    assert person_name(SimpleNamespace(surname="Smith", forenames="John")) == "Smith, John"
    assert person_name(SimpleNamespace(surname="", forenames="Sukarno")) == "Sukarno"
    assert person_name(None) == "Name not known"
    assert [counted(1, "case"), counted(2000, "case"), counted(0, "body", "bodies")] == [
        "1 case", "2,000 cases", "0 bodies"
    ]  # fmt: skip
