"""Who acts: a person with an account, a visitor without one, or a named duty of the product."""

from dataclasses import dataclass
from typing import Protocol


class HasKey(Protocol):
    """A person with an account: anything with a primary key will do down here."""

    @property
    def pk(self) -> int: ...


@dataclass(frozen=True)
class Visitor:
    """Somebody without an account, known at most by the digest of a secret that they hold.

    `digest`: hexadecimal SHA-256 or keyed digest of a draft's secret or a receipt code.
    """

    digest: str = ""


@dataclass(frozen=True)
class Duty:
    """A named job, such as the one that deletes drafts which have expired."""

    name: str


Actor = HasKey | Visitor | Duty
