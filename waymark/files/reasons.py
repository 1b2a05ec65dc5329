"""Why a file is not taken: short codes, and the sentence that people read for each."""

from enum import StrEnum, auto


class Why(StrEnum):
    """A code of why a file is refused."""

    NAME = auto()
    EMPTY = auto()
    TOO_BIG = auto()
    KIND = auto()
    DIFFERS = auto()
    TWO_KINDS = auto()
    BROKEN = auto()
    LOCKED = auto()
    MACROS = auto()
    HOLDS_FILES = auto()
    HOLDS_LINKS = auto()
    DOES_THINGS = auto()
    UNPACKS_LARGE = auto()
    UNSAFE_NAMES = auto()
    ENTITIES = auto()
    TOO_MANY_PIXELS = auto()
    TOO_LONG = auto()
    MALWARE = auto()
    UNREADABLE = auto()
    DAMAGED = auto()


# each is put after the name of the file, or after "This file"
SENTENCES = {
    Why.NAME: "has a name with hidden characters or folders in it. Give it a plain name.",
    Why.EMPTY: "is empty.",
    Why.TOO_BIG: "is larger than 20 MB. Send it in parts, or only the pages that matter.",
    Why.KIND: "is not a kind of file that we take.",
    Why.DIFFERS: "does not hold what the end of its name says.",
    Why.TWO_KINDS: "can be read as two kinds of file at once. Save it again, then choose that.",
    Why.BROKEN: "is damaged or incomplete. Save it again, then choose that.",
    Why.LOCKED: "is locked with a password. Save it without one.",
    Why.MACROS: "holds a macro: a small program. Save it as a PDF.",
    Why.HOLDS_FILES: "has another file inside it. Choose each file by itself.",
    Why.HOLDS_LINKS: "fetches parts of itself from elsewhere. Save it as a PDF.",
    Why.DOES_THINGS: "does things by itself when it is opened. Print it to a new PDF.",
    Why.UNPACKS_LARGE: "becomes too large when it is unpacked.",
    Why.UNSAFE_NAMES: "is packed in an unsafe way. Save it as a PDF.",
    Why.ENTITIES: "is built in an unsafe way. Save it as a PDF.",
    Why.TOO_MANY_PIXELS: "has more than 40 million dots. Make the picture smaller.",
    Why.TOO_LONG: "has more than 100 pages. Send it in parts.",
    Why.MALWARE: "was found to be harmful. Do not open it on your own machine; tell your IT team.",
    Why.UNREADABLE: "could not be read safely. Save it as a PDF, or write down what it says.",
    Why.DAMAGED: "was damaged after it came to us. Send it again.",
}


class NotTaken(Exception):
    """A file is refused. `why`: the code of its sentence."""

    def __init__(self, why: Why):
        super().__init__(why.value)
        self.why = why


def sentence(why: str, name: str = "") -> str:
    """Why a file is refused, in words. `name`: as its owner calls it, for their eyes alone."""
    called = f"“{name}”" if name else "This file"
    return f"{called} {SENTENCES[Why(why)]}"
