"""What one request costs: its whole time on the server, its SQL, its template, its queries."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import jinja2
from django.db import connection
from django.test import Client

MILLI = 1_000


@dataclass
class Cost:
    """Milliseconds of one request, and how many queries it asked."""

    whole: float = 0.0
    sql: float = 0.0
    template: float = 0.0
    queries: int = 0


@dataclass
class Costs:
    """Many requests of the same page."""

    all: list[Cost] = field(default_factory=list)

    def median(self, name: str) -> float:
        return statistics.median(getattr(one, name) for one in self.all)

    def p95(self, name: str) -> float:
        return statistics.quantiles((getattr(one, name) for one in self.all), n=20)[-1]

    @property
    def queries(self) -> str:
        """As in 17, or 17 to 19 where they differ."""
        asked = sorted({one.queries for one in self.all})
        return str(asked[0]) if len(asked) == 1 else f"{asked[0]} to {asked[-1]}"


def ask(client: Client, address: str) -> Cost:
    """Open a page and say what it cost. Raises AssertionError where no page came."""
    with _watched() as cost:
        began = time.perf_counter()
        answer = client.get(address)
        cost.whole = (time.perf_counter() - began) * MILLI
    assert answer.status_code == 200, (address, answer.status_code)
    return cost


@contextmanager
def _watched() -> Iterator[Cost]:
    cost, rendered = Cost(), jinja2.Template.render

    def query(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            cost.sql += (time.perf_counter() - began) * MILLI
            cost.queries += 1

    def render(template: jinja2.Template, *args: Any, **words: Any) -> str:
        began = time.perf_counter()
        try:
            return rendered(template, *args, **words)
        finally:
            cost.template += (time.perf_counter() - began) * MILLI

    with connection.execute_wrapper(query), mock.patch.object(jinja2.Template, "render", render):
        yield cost
