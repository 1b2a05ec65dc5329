"""`python -m bench.alike`: what must not be told apart by its time, on a real server (S12).

Signing in under an unknown name, with a wrong password and to a disabled account; a case that is
hidden and one that is not there. By turns, BENCH_TIMES (200) times each, in one run. It ends with
1 where the slowest median is beyond the bound.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import psycopg
from django.db import transaction
from django.utils.module_loading import import_string

from bench.__main__ import PASSWORDS, migrated, running
from tests import server
from tests.cast import INSTALLATION, Cast
from tests.security.site import Site, Visitor, environment_for, hidden_in, serving
from tests.story import Story
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.project import settings as product

TIMES = int(os.environ.get("BENCH_TIMES", "200"))
RATIO, MILLISECONDS = 1.10, 3.0  # within one of these
DATABASE = "bench_alike"
PASSWORD, WRONG = "a long enough pass phrase", "a wrong one, but long enough"
NOBODY = "00000000"  # the reference of no case
Ask = Callable[[], int]  # the status that came


def told() -> tuple[Cast, str]:
    """A case that is not there for the outsider, and an account that is disabled."""
    with transaction.atomic():
        cast = Cast("Essex")
        reference = Story(cast).screened().case.reference
        become(INSTALLATION)
        hasher = import_string(product.PASSWORD_HASHERS[0])()  # the server's: tests have a quicker
        User.objects.update(password=hasher.encode(PASSWORD, hasher.salt()))
        User.objects.filter(pk=cast.auditor.pk).update(is_active=False)
    return cast, reference


def sign_ins(site: Site, cast: Cast) -> dict[str, Ask]:
    names = {
        "unknown name": "nobody.at.all", "wrong password": cast.chair.username,
        "disabled account": cast.auditor.username,
    }  # fmt: skip
    visitor = Visitor(site)
    unseen = hidden_in(visitor.get("/sign-in").text)

    def trying(name: str) -> Ask:
        typed = urlencode(unseen | {"username": name, "password": WRONG})
        return lambda: visitor.ask("POST", "/sign-in", typed).status

    return {what: trying(name) for what, name in names.items()}


def cases(site: Site, cast: Cast, reference: str) -> dict[str, Ask]:
    visitor = Visitor(site)
    visitor.post("/sign-in", username=cast.outsider.username, password=PASSWORD)

    def opening(address: str) -> Ask:
        return lambda: visitor.get(address).status

    return {"hidden case": opening(f"/cases/{reference}"), "no case": opening(f"/cases/{NOBODY}")}


def by_turns(asked: dict[str, Ask], status: int, before: Callable[[], None]) -> dict[str, float]:
    """The median of each in milliseconds: another begins each round, and a slow moment of the
    machine meets all. `before`: done before each, and not timed."""
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(TIMES):
        names = list(asked)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            before()
            began = time.perf_counter()
            came = asked[name]()
            taken[name].append((time.perf_counter() - began) * 1000)
            assert came == status, (name, came)
    return {name: median(all_of_them) for name, all_of_them in taken.items()}


def within(medians: dict[str, float]) -> bool:
    """Print them, and whether they are within the bound."""
    slowest, fastest = max(medians.values()), min(medians.values())
    is_within = slowest <= fastest * RATIO or slowest - fastest <= MILLISECONDS
    for name, milliseconds in medians.items():
        print(f"{name:<20}{milliseconds:>9.2f} ms (median of {TIMES})")
    print(f"  slowest to fastest: {slowest / fastest:.3f}, {slowest - fastest:.2f} ms apart")
    print(f"  {'within' if is_within else 'BEYOND'} the bound of {RATIO:.2f} or {MILLISECONDS} ms")
    return is_within


def main() -> int:
    with running() as cluster, server.folder(Path("var").resolve()) as var:
        migrated(cluster, DATABASE)
        cast, reference = told()
        environment = environment_for(cluster, DATABASE, PASSWORDS, var)
        strong = psycopg.connect(cluster.superuser, dbname=DATABASE, autocommit=True)
        with serving(environment, var, WAYMARK_LIMITS="off") as site, strong:

            def forget_attempts() -> None:  # the fifth failure would bring a wait
                strong.execute("DELETE FROM accounts_attempt")

            found = [
                within(by_turns(sign_ins(site, cast), 200, forget_attempts)),
                within(by_turns(cases(site, cast, reference), 404, lambda: None)),
            ]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
