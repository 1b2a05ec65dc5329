"""Pages without a database: the environment that pages are rendered with, and a small gallery."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(
        USE_TZ=True,
        STATIC_URL="/static/",
        STORAGES={
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    )

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from waymark.ui import jinja

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
TOKEN = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="a-token">')


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def environment() -> Iterator[Environment]:
    """As in production, but that the addresses of assets are not those of a manifest."""
    env = jinja.environment(loader=FileSystemLoader([HERE, ROOT / "waymark/web/jinja2"]))
    env.globals["static"] = lambda name: f"/static/{name}"
    yield env


@pytest.fixture(scope="session")
def render(environment: Environment) -> Callable[..., str]:
    """The HTML of a template's source, with the macros that forms are shown by."""
    start = (
        '{% from "ui/field.html" import field %}'
        '{% from "ui/form.html" import form_page, error_summary, act_button with context %}'
        '{% import "ui/notices.html" as notices %}'
        '{% import "ui/case.html" as case %}'
        '{% import "ui/lists.html" as lists %}'
    )

    def rendered(source: str, **context: Any) -> str:
        template = environment.from_string(start + source)
        return template.render({"csrf_input": TOKEN, **context})

    return rendered


@pytest.fixture(scope="session")
def render_page(environment: Environment) -> Callable[..., str]:
    """The HTML of a template by its name."""

    def rendered(name: str, **context: Any) -> str:
        return environment.get_template(name).render({"csrf_input": TOKEN, **context})

    return rendered
