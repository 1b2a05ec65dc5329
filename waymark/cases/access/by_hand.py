"""Grants by hand: somebody is shown a part of one case for a time, with a reason (S21)."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from waymark.audit.events import record
from waymark.cases.access.seers import CLAUSE, may_decide
from waymark.cases.models import Case, Exclusion, Grant
from waymark.cases.reading.parts import is_named, sees_part
from waymark.cases.stages import locked
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import LONDON, now, today
from waymark.database.record import Part
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.policy.days import months_after

LONGEST = 12  # months
# What can be given: not who referred, what the police hold, traits, or who sees it.
PARTS = (
    Part.NAME, Part.PERSON, Part.EXTRACT, Part.WORK, Part.REQUEST, Part.ASSESSMENT, Part.PLAN,
    Part.PANEL,
)  # fmt: skip


def latest_day() -> date:
    """The last day on which what is given today can end."""
    return months_after(today(), LONGEST) - timedelta(days=1)


def may_give(user: User, case: Case) -> None:
    """The police lead or the chair, of what they see themselves."""
    may_decide(user, case)


def may_see(case: Case, who: User, *, by: User, parts: Collection[Part]) -> None:
    """Raises Refused where `who` cannot be shown these parts."""
    if who.pk == by.pk:
        raise Refused("Nobody gives themselves sight of a case", clause=CLAUSE,
                      until="Another police lead or the chair gives it.")  # fmt: skip
    if is_kept_out(case, who):
        raise Refused(f"{who.name} cannot be shown this case", clause=CLAUSE,
                      until="Choose somebody else.")  # fmt: skip
    if case.restricted and not is_named(who, case):
        raise Refused(f"{who.name} is not named on this restricted case", clause=CLAUSE,
                      until="Name them first, with the reason.")  # fmt: skip
    unseen = [part for part in parts if part not in PARTS or not sees_part(by, case, part)]
    if unseen or not parts:
        raise Refused("You can give only parts that you see yourself", clause=CLAUSE,
                      until="Choose one part or more of those shown.")  # fmt: skip


def is_kept_out(case: Case, who: User) -> bool:
    """Whether somebody must not see the case, or it is proposed that they must not."""
    return Exclusion.objects.filter(case=case, user=who, until_at=None).exists()


@act
def give(
    case: Case, *, by: User, who: User, parts: Collection[Part], why: str, until: date | None
) -> list[Grant]:
    """Show `who` these parts of the case until the end of a day, twelve months from now at most."""
    case = locked(case)
    may_give(by, case)
    may_see(case, who, by=by, parts=parts)
    said = needs(why, why="Nothing says why they need to see it", clause=CLAUSE)
    last = needs_day_to_come(until, what="the last day", clause=CLAUSE)
    if last > latest_day():
        raise Refused("Sight of a case is given for 12 months at most", clause=CLAUSE,
                      until="Enter an earlier day. It can be given again.")  # fmt: skip
    ends = datetime.combine(last + timedelta(days=1), time(), LONDON)
    shown = sorted({Part.CASE, *parts})
    return [_give(case, who, part, why=said, until=ends, by=by) for part in shown]


def _give(case: Case, who: User, part: Part, *, why: str, until: datetime, by: User) -> Grant:
    made = Grant.objects.create(
        case=case, part=part, user=who, why=why, given_by=by, by_hand=True, from_at=now(),
        until_at=until,
    )  # fmt: skip
    record("grant_made", by=by, at=made.from_at, case_id=case.pk, row=made)
    return made


@act
def end(case: Case, *, by: User, who: User) -> int:
    """Show `who` no more of what was given them by hand, from now on; of how many parts."""
    case = locked(case)
    may_give(by, case)
    return end_given(case, who, by=by, moment=now())


def end_given(case: Case, who: User, *, by: User, moment: datetime) -> int:
    """The same as a part of another act."""
    given = list(Grant.objects.in_force(moment).filter(case=case, user=who, by_hand=True))
    for grant in given:
        grant.until_at, grant.ended_by = moment, by
        grant.save(update_fields=["until_at", "ended_by"])
        record("grant_ended", by=by, at=moment, case_id=case.pk, row=grant)
    return len(given)
