"""Asking whether someone may do something, and doing it.

A rule is a function `may_…` that returns quietly, or raises Refused saying why not.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction

from waymark.audit.events import record_refusal
from waymark.database.actor import Actor
from waymark.database.clock import now

UseCase = TypeVar("UseCase", bound=Callable[..., Any])


class Refused(Exception):
    """Not allowed, or not yet: `why` and what would make it possible, as the user reads it."""

    def __init__(self, why: str, *, clause: str, until: str = ""):
        super().__init__(why)
        self.why, self.clause, self.until = why, clause, until

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.why} ({self.clause}).", self.until) if part)


class Changed(Exception):
    """Somebody else changed it first: nothing was overwritten, nothing of this was saved."""

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what


def permits(rule: Callable[..., None], *args: object) -> bool:
    """Whether `rule` allows this: for deciding what a page offers."""
    return refusal(rule, *args) is None


def refusal(rule: Callable[..., None], *args: object) -> Refused | None:
    """Why `rule` does not allow this, or None: what a page shows in place of a button."""
    try:
        rule(*args)
    except Refused as why:
        return why
    return None


def act(use_case: UseCase) -> UseCase:
    """Make a function a use case: all of it or nothing, and a refusal is written down.

    The use case takes keywords only but for what it acts on, and `by=` who acts.
    """

    @wraps(use_case)
    def whole(*args: Any, by: Actor, **words: Any) -> Any:
        try:
            with transaction.atomic():
                return use_case(*args, by=by, **words)
        except Refused as why:
            case_id = next((key for key in map(_case_key, args) if key is not None), None)
            record_refusal(use_case.__name__, by=by, at=now(), case_id=case_id, clause=why.clause)
            raise

    return cast(UseCase, whole)


def _case_key(thing: object) -> int | None:
    """The key of the case that `thing` is or hangs on."""
    if type(thing).__name__ == "Case":
        return cast(int, thing.pk)  # type: ignore[attr-defined]
    return cast("int | None", getattr(thing, "case_id", None))
