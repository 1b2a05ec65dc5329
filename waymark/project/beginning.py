"""The command by which a new installation gets its first two administrators, once (S10)."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import transaction

from waymark.accounts import beginning
from waymark.accounts.beginning import Link, Newcomer
from waymark.database.clock import read_offset
from waymark.database.guard import become
from waymark.directory.keeping import INSTALLATION
from waymark.directory.permission import Refused
from waymark.policy.pack import in_force
from waymark.project.sentence import Wrong

ASKED = ("USER_NAME", "NAME", "E-MAIL", "ORGANISATION", "KIND")
TOLD = "Give each person their own link, and no one else. It opens once, within 72 hours:"


def begin(first: Sequence[str] | None, second: Sequence[str] | None) -> str:
    """Open both accounts; the links, as they are told once. Raises Wrong with a sentence."""
    if first is None or second is None:
        raise Wrong("A new installation begins with two administrators: say --first and --second.")
    people = [Newcomer(*(word.strip() for word in one)) for one in (first, second)]
    for one in people:
        _check(one)
    return _told(lambda: beginning.begin(*people, by=INSTALLATION))


def tell_again() -> str:
    """New links, while neither of the first two was followed."""
    return _told(lambda: beginning.tell_again(by=INSTALLATION))


def _check(one: Newcomer) -> None:
    if not all(vars(one).values()) or "@" not in one.email:
        raise Wrong(f"Each needs {', '.join(ASKED)}, in this order and each in quotes.")
    kinds = [kind.code for kind in in_force().organisation_kinds]
    if one.kind not in kinds:
        raise Wrong(
            f"The policy names no kind of partner “{one.kind}”. It names: {', '.join(kinds)}."
        )


def _told(make: Callable[[], list[Link]]) -> str:
    try:
        with transaction.atomic():
            read_offset()
            become(INSTALLATION)
            links = make()
    except Refused as refusal:
        raise Wrong(str(refusal)) from None
    told = [f"{one.user.name}: {settings.WAYMARK_BASE_URL}{one.path}" for one in links]
    return "\n".join([TOLD, *told])
