"""Papers: a Typst template and data make a PDF that assistive technology can read (PDF/UA-1).

What the data holds stays text, whatever it looks like: it travels as JSON. Templates reach no
file outside their own folder, fonts are those that lie there, and a fault stops the paper.
"""

import json
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parents[1] / "web" / "typst"


class Faulty(Exception):
    """A defect of ours: the template warned, so the paper may lack something."""


def made(template: str, data: dict[str, Any]) -> bytes:
    """The paper of `template` (a file's name) with `data`, which must be what JSON can hold."""
    pdf, warnings = typst.compile_with_warnings(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(TEMPLATES / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if warnings:
        raise Faulty("; ".join(str(warning) for warning in warnings))
    if not isinstance(pdf, bytes):
        raise Faulty("A paper came out as several files")
    return pdf
