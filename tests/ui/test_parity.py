"""The macros print what GOV.UK's own examples say: a change of either package is caught."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, Undefined

COMPONENTS = Path(__file__).parents[2] / "node_modules/govuk-frontend/dist/govuk/components"
FIXTURES = sorted(path.parent.name for path in COMPONENTS.glob("*/fixtures.json"))


class Reading(HTMLParser):
    """HTML as a browser takes it: order of attributes and white space do not count."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[Any] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        pairs = sorted((name, " ".join((value or "").split())) for name, value in attributes)
        self.parts.append((tag, pairs))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)


def test_the_fixtures_are_there() -> None:
    assert len(FIXTURES) > 30, "Install the npm packages first"


@pytest.mark.parametrize("component", FIXTURES)
def test_a_component_is_as_upstream(component: str, environment: Environment) -> None:
    # upstream prints text areas without a value; our own templates must not print what is missing
    lenient = environment.overlay(undefined=Undefined)
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    source = f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {name} %}}'
    template = lenient.from_string(f"{source}{{{{ {name}(params) }}}}")
    fixtures = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]

    different = [
        fixture["name"]
        for fixture in fixtures
        if Reading(template.render(params=fixture["options"])).parts
        != Reading(fixture["html"]).parts
    ]

    assert fixtures and different == []
