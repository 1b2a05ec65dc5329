"""Writes the documents that are drawn from the code: docs/access.md and docs/stages.md."""

from pathlib import Path

import django

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    django.setup()
    from waymark.cases.access import drawn as seen
    from waymark.cases.reading import drawn

    (DOCS / "access.md").write_text(seen.access())
    (DOCS / "stages.md").write_text(drawn.stages())


if __name__ == "__main__":
    main()
