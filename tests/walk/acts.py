"""An act of a walk: how it is done, what it lacks besides the right post, what follows from it.

`lacks` and `follows` are written by hand from the policy; only `do` calls the product.
"""

from datetime import timedelta
from typing import Any, ClassVar

from tests.walk.known import Known, Person
from waymark.database.clock import today

SOON = timedelta(days=7)


class Act:
    """One act. Its name is that of the legal table; `choices` are what can be said in it."""

    name: ClassVar[str]
    choices: ClassVar[tuple[str, ...]] = ("",)

    def is_there(self, it: Known) -> bool:
        """Whether what is acted upon exists at all, seen or unseen."""
        return it.is_case

    def do(self, it: Known, who: Person, choice: str) -> object:
        raise NotImplementedError

    def lacks(self, it: Known, who: Person, choice: str) -> str:
        """What is missing where the table allows the act; empty where nothing is."""
        return ""

    def follows(self, it: Known, who: Person, choice: str, made: Any) -> None:
        """What the walk knows once it is done."""


ACTS: dict[str, Act] = {}


def listed(act: type[Act]) -> type[Act]:
    """Put an act on the list that walks choose from."""
    ACTS[act.name] = act()
    return act


def soon() -> Any:
    return today() + SOON
