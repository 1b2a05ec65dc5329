"""Other help that the person is pointed to: the sender’s until somebody there has it (2.5.12)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, Signpost, Task
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs
from waymark.cases.writers import may_write, post_of
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE, EARLY = "2.5.12", "2.5.14"
Kind = Signpost.Kind


def signposts_of(case: Case) -> list[Signpost]:
    return list(case.signposts.select_related("by", "recorded_by"))


def found(key: int, *, by: User) -> Signpost | None:
    """One that `by` may see: whoever wrote it sees it after the case is out of sight too."""
    return Signpost.objects.select_related("by").filter(pk=key).first()


def may_signpost(user: User, case: Case) -> None:
    """Whoever writes on the case, also after its end while they see it."""
    may_write(user, case)


@act
def signpost(
    case: Case, *, by: User, kind: str, to: str, what: str, by_whom: str, on_date: date | None,
    version: int | None = None,
) -> Signpost:  # fmt: skip
    """Write down what the person is pointed to: to whom, for what, by whom and when."""
    case = locked(case, version=version)
    may_signpost(by, case)
    if kind not in Kind.values:
        raise Refused("It is not said what kind of help it is", clause=CLAUSE)
    if on_date is None or on_date > today():
        raise Refused("The day is missing or still to come", clause=CLAUSE)
    made = Signpost.objects.create(
        case=case, kind=kind, on_date=on_date, by=by, at=now(),
        to=needs(to, why="Nobody is named whom the person is pointed to", clause=CLAUSE),
        what=needs(what, why="Nothing says what the help is for", clause=CLAUSE),
        by_whom=needs(by_whom, why="Nobody is named who told the person", clause=CLAUSE),
    )  # fmt: skip
    record("signposted", by=by, at=made.at, case_id=case.pk, row=made)
    give(
        "chase_signpost", by=by, case=case, user=by, role=post_of(by, case), object_id=made.pk,
        limit="signpost_received", clause=EARLY if kind in (Kind.EARLY_HELP, Kind.CAF) else CLAUSE,
        why="See that the service has them: until somebody there says so, this is yours.",
    )  # fmt: skip
    return made


def may_receive(user: User, signpost: Signpost) -> None:
    """Whoever wrote it down, or another who writes on the case, until it is received."""
    if signpost.recorded_at is not None:
        raise Refused("It is written down already who received it", clause=CLAUSE)
    if signpost.by_id != user.pk:
        may_write(user, signpost.case)


@act
def receive(signpost: Signpost, *, by: User, received_by: str, received_date: date | None) -> None:
    """Somebody there, by name, has taken it up: nothing of it waits any more."""
    signpost = Signpost.objects.select_for_update(of=("self",)).get(pk=signpost.pk)
    may_receive(by, signpost)
    if received_date is None or not signpost.on_date <= received_date <= today():
        raise Refused(
            "The day is missing, before the person was told, or still to come", clause=CLAUSE
        )
    signpost.received_by = needs(
        received_by, why="Nobody is named there who has it", clause=CLAUSE,
        until="Enter the name and post of who received it.",
    )  # fmt: skip
    signpost.received_date, signpost.recorded_by, signpost.recorded_at = received_date, by, now()
    signpost.save(update_fields=["received_by", "received_date", "recorded_by", "recorded_at"])
    record("signpost_received", by=by, at=signpost.recorded_at, case_id=signpost.case_id,
           row=signpost)  # fmt: skip
    waiting = Task.objects.waiting().filter(kind="chase_signpost", object_id=signpost.pk)
    finish_those(list(waiting), by=by, outcome="received")
