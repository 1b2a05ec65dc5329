"""A real clamd for the tests alone, started when the first test asks for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waymark.project.embedded.clamd import Clamd

NO_SIGNATURES = Path("/nowhere")  # not the machine's own: they take long to load


@contextmanager
def throw_away() -> Iterator[Clamd]:
    scanner = Clamd(signatures=NO_SIGNATURES)
    try:
        scanner.start(seconds=30)
        yield scanner
    finally:
        scanner.clear()
