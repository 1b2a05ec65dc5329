"""The Jinja2 environment that every page is rendered with."""

from typing import Any, NoReturn

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from waymark.ui.describe import describe, error_list, is_revealed
from waymark.ui.forms import revealed_by
from waymark.ui.words import counted, day, lines, moment, number, person_name, telephones

UPSTREAM = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})


class Missing(Undefined):
    """A name that may be asked about, as the GOV.UK macros do, but never printed."""

    def __str__(self) -> NoReturn:
        self._fail_with_undefined_error()

    __html__ = __str__


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend renders with; `options` are those of its settings."""
    loaders = [options.pop("loader", None), PackageLoader("waymark.ui", "jinja2"), UPSTREAM]
    options.pop("autoescape", None)  # never off
    settings: dict[str, Any] = {
        **options,
        "loader": ChoiceLoader([loader for loader in loaders if loader]),
        "undefined": Missing,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    env = Environment(autoescape=True, **settings)
    env.globals.update(static=static, url=reverse)
    env.globals.update(describe=describe, error_list=error_list, is_revealed=is_revealed)
    env.globals.update(revealed_by=revealed_by)
    env.filters.update(
        counted=counted,
        day=day,
        lines=lines,
        moment=moment,
        number=number,
        person_name=person_name,
        telephones=telephones,
    )
    # The GOV.UK macros indent what they nest, and with it the lines that somebody typed into a
    # text area below a radio button: it would change their words.
    env.filters["indent"] = _unchanged
    return env


def _unchanged(html: str, *_: Any, **__: Any) -> str:
    return html
