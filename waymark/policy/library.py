"""What the pack has to read, found by words: a search that keeps nothing of what was asked."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from waymark.policy.contents import Pack

LONGEST_QUESTION = 80
EXCERPT = 240
WORD = re.compile(r"[^\W_]+")
ENDINGS = ("isations", "isation", "ations", "ation", "ising", "ised", "ing", "ies", "ed", "es",
           "ly", "s", "y", "e")  # fmt: skip
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `kind` and `code` say where it is read; `code` may be a URL."""

    kind: str
    code: str
    title: str
    words: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    entry: Entry
    excerpt: str


def entries(pack: Pack) -> Iterator[Entry]:
    """All that the pack has to read, in the order in which it is found."""
    for definition in pack.definitions:
        yield Entry("definition", definition.code, definition.term, definition.meaning,
                    definition.clauses)  # fmt: skip
    for text in pack.texts:
        said = " ".join((*text.paragraphs, *text.points))
        yield Entry("text", text.code, text.title, said, text.clauses)
    for indicator in pack.indicators:
        yield Entry("sign", indicator.dimension, "A sign to look for", indicator.text)
    for factor in pack.framework.factors:
        yield Entry("factor", factor.code, f"{factor.code} {factor.name}", factor.meaning)
    for kind in pack.support_kinds:
        yield Entry("support", kind.code, kind.name, kind.explained, ("2.8.12",))
    for statute in pack.statutes:
        title = f"{statute.act}, {statute.provision}"
        yield Entry("law", statute.address, title, statute.says)
    for reference in pack.references:
        words = reference.note or reference.title
        yield Entry("reference", reference.address, reference.title, words, reference.clauses)


def find(pack: Pack, question: str) -> list[Found]:
    """What holds every word of `question`, or a word of the same stem: titles first."""
    asked = [_stem(word) for word in _words(question[:LONGEST_QUESTION])]
    if not asked:
        return []
    found = [one for one in entries(pack) if _holds(f"{one.title} {one.words}", asked)]
    found.sort(key=lambda one: not _holds(one.title, asked))  # stable: else in the pack's order
    return [Found(one, _excerpt(one.words, asked)) for one in found]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _holds(text: str, asked: list[str]) -> bool:
    words = _words(text)
    return all(any(word.startswith(stem) for word in words) for stem in asked)


def _excerpt(text: str, asked: list[str]) -> str:
    """The sentences around the first word asked for, cut between words."""
    match = next(
        (one for one in WORD.finditer(text) if _words(one[0])[0].startswith(tuple(asked))), None
    )
    begin = max(0, match.start() - EXCERPT // 3) if match else 0
    end = begin + EXCERPT
    cut = text[begin:end]
    if begin:
        cut = "… " + cut.partition(" ")[2]
    return cut.rpartition(" ")[0] + " …" if end < len(text) else cut
