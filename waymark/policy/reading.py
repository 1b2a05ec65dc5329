"""Reads a pack from its TOML files, or refuses it with every fault that it can name."""

import tomllib
from pathlib import Path
from typing import Any

from waymark.policy.contents import Pack
from waymark.policy.lines import Place, find_lines
from waymark.policy.rules import find_contradictions
from waymark.policy.schema import Fault, Source, build

FIRST = "edition.toml"
"""The file that makes a folder a pack, and whose first line is blamed for what is nowhere."""


class WrongPack(Exception):
    """A pack that must not be used. As text: one sentence per fault, with file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda each: (each.file, each.line)))
        super().__init__("\n".join(str(each) for each in self.faults))


def read(path: Path) -> Pack:
    """The pack at `path`: a folder, one file of such a folder, or one file that holds it all."""
    source, document = _gather(_files(path))
    pack = build(Pack, document, source)
    if pack is not None:
        find_contradictions(pack, source)
    if pack is None or source.faults:
        raise WrongPack(source.faults)
    return pack


def _files(path: Path) -> list[Path]:
    if path.is_file() and (path.parent / FIRST).is_file():
        path = path.parent
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise WrongPack([Fault(str(path), 1, "There is no such file or folder.")])
    files = sorted(path.glob("*.toml"), key=lambda each: (each.name != FIRST, each.name))
    if not files:
        raise WrongPack([Fault(str(path), 1, "The folder holds no TOML file.")])
    return files


def _gather(files: list[Path]) -> tuple[Source, dict[str, Any]]:
    """All files as one document. Each top-level name may stand in one file only."""
    document: dict[str, Any] = {}
    origins: dict[Place, tuple[str, int]] = {(): (files[0].name, 1)}
    faults: list[Fault] = []
    for file in files:
        text, part = _parse(file)
        lines = find_lines(text)
        for name in part.keys() & document.keys():
            first = origins[(name,)][0]
            reason = f"“{name}” stands in {first} already; keep it in one file."
            faults.append(Fault(file.name, lines[(name,)], reason))
        origins |= {place: (file.name, line) for place, line in lines.items() if place}
        document |= part
    if faults:
        raise WrongPack(faults)
    return Source(origins), document


def _parse(file: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = file.read_bytes().decode("utf-8").replace("\r\n", "\n")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise WrongPack([Fault(file.name, line, "The file is not written in UTF-8.")]) from None
    except OSError:
        raise WrongPack([Fault(file.name, 1, "The file cannot be read.")]) from None
    except tomllib.TOMLDecodeError as problem:
        raise WrongPack([_syntax_fault(file.name, text, str(problem))]) from None


def _syntax_fault(name: str, text: str, problem: str) -> Fault:
    """The parser's own words, which end in "(at line 3, column 5)" or "(at end of document)"."""
    reason, _, where = problem.rpartition(" (at ")
    number = where.removeprefix("line ").partition(",")[0]
    line = int(number) if number.isdigit() else text.count("\n") + 1
    return Fault(name, line, f"This is not TOML: {reason[:1].lower()}{reason[1:]}.")
