"""What runs in the child process: a file goes in, pictures of pages and words come out.

Nothing in here knows Django, a database, a key or a store.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from waymark.files.kinds import CONTAINERS, MOST_PAGES, PICTURES, Kind
from waymark.files.reasons import NotTaken, Why
from waymark.files.remaking.limits import be_alone, be_limited

REFUSES = 10


@dataclass(frozen=True)
class Made:
    pictures: list[bytes]
    words: list[str]
    set_anew: bool = False


def main() -> None:
    """Read a file from standard input; `argv`: its kind, and where our fonts lie."""
    be_limited()
    alone = be_alone()
    kind, fonts = Kind(sys.argv[1]), Path(sys.argv[2])
    try:
        made = made_of(kind, sys.stdin.buffer.read(), fonts)
    except NotTaken as refused:
        sys.stdout.write(refused.why.value)
        sys.exit(REFUSES)
    except (
        Exception
    ):  # whatever a parser falls over is in the file: it is not told, it may be words
        sys.exit(1)
    head = {"sizes": [len(one) for one in made.pictures], "words": made.words}
    said = head | {"set_anew": made.set_anew, "alone": alone}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + b"".join(made.pictures))


def made_of(kind: Kind, content: bytes, fonts: Path) -> Made:
    """Pictures and words of a file. Raises NotTaken, or whatever its parser falls over."""
    if kind is Kind.PDF:
        from waymark.files.remaking import portable

        return Made(*portable.pages(content))
    if kind in PICTURES:
        from waymark.files.remaking import pictures

        return Made([pictures.made_anew(kind, content)], [""])
    from waymark.files.remaking import setting

    if kind in CONTAINERS:
        from waymark.files.remaking import inside

        inside.refuse_unsafe(kind, content)
    blocks = setting.blocks_of(kind, content)
    shown = setting.pictures_of(blocks, fonts)
    if len(shown) > MOST_PAGES:
        raise NotTaken(Why.TOO_LONG)
    return Made(shown, [setting.in_words(blocks)], set_anew=True)
