"""Before the eighteenth birthday the families lead hands a case over to the adult lead."""

from datetime import date, datetime, time, timedelta

from waymark.audit.events import record
from waymark.cases.leads import CLAUSES
from waymark.cases.models import Case, Grant, Handover
from waymark.cases.models.case import LedBy
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs
from waymark.database.actor import Actor
from waymark.database.clock import LONDON, now, today
from waymark.database.record import Part
from waymark.directory.models import Role, User, people_in
from waymark.directory.permission import Refused, act
from waymark.people.age import dispute_of, eighteenth
from waymark.policy.days import months_after

MONTHS_BEFORE = 3
CLAUSE = "2.7.6"
SHOWN = (Part.CASE, Part.NAME, Part.PERSON, Part.WORK, Part.PLAN)  # until the day comes


def birthday_ahead(case: Case) -> date | None:
    """The eighteenth birthday of a child whose case is open, in its last three months."""
    day = eighteenth(case.person)
    if day is None or not case.is_open or dispute_of(case.person):
        return None
    return day if months_after(day, -MONTHS_BEFORE) <= today() < day else None


def ask_for(case: Case, *, by: Actor, birthday: date) -> None:
    """The families lead is asked, once for each birthday that is known, to hand the case over."""
    if case.tasks.filter(kind="hand_over", due_date=birthday).exists():
        return
    finish_those(waiting_of(case, "hand_over"), by=by, outcome="other_day")
    give(
        "hand_over", by=by, case=case, role=Role.FAMILIES_LEAD, due=birthday, clause=CLAUSE,
        why="The person will be 18. Tell the adult lead what they must know.",
    )  # fmt: skip


def last_handover(case: Case) -> Handover | None:
    """The latest change of the lead, come or still to come."""
    return case.handovers.select_related("by", "accepted_by").last()


def may_hand_over(user: User, case: Case) -> None:
    """The families lead, in the three months before the birthday, until it is taken over."""
    if case.led_by != LedBy.FAMILIES_LEAD or Role.FAMILIES_LEAD not in user.roles_in(case.area):
        raise Refused(
            "This is not yours to do", clause=CLAUSE,
            until=f"It is done by: the Prevent families lead, of {case.area.name}.",
        )  # fmt: skip
    if birthday_ahead(case) is None:
        raise Refused(
            "The person does not turn 18 in the next three months", clause=CLAUSE,
            until="The case is handed over in the three months before the birthday.",
        )  # fmt: skip
    last = last_handover(case)
    if last and last.to_lead == LedBy.ADULT_LEAD and last.accepted_at:
        raise Refused("The adult lead has taken this case over already", clause=CLAUSE)


@act
def hand_over(case: Case, *, by: User, words: str, version: int | None = None) -> Handover:
    """Say what the adult lead must know; they read the case from now on, and lead it on the day."""
    case = locked(case, version=version)
    may_hand_over(by, case)
    day = birthday_ahead(case)
    assert day is not None
    said = needs(words, why="Nothing says what the adult lead must know", clause=CLAUSE)
    made = Handover.objects.create(
        case=case, from_lead=LedBy.FAMILIES_LEAD, to_lead=LedBy.ADULT_LEAD,
        why=Handover.Why.BIRTHDAY, from_date=day, words=said, by=by, at=now(),
    )  # fmt: skip
    record("handed_over", by=by, at=made.at, case_id=case.pk, row=made)
    for kind in ("hand_over", "take_over"):
        finish_those(waiting_of(case, kind), by=by, outcome="handed_over")
    _show(case, until=day, by=by)
    give(
        "take_over", by=by, case=case, role=Role.ADULT_LEAD, due=day, object_id=made.pk,
        why="The person will be 18. Read what you must know, and take the case over.",
        clause=CLAUSE,
    )  # fmt: skip
    return made


def may_take_over(user: User, case: Case) -> None:
    """The lead to whom the case goes, while it waits for them to take it over."""
    last = last_handover(case)
    if last is None or last.accepted_at:
        raise Refused("This case does not wait to be taken over", clause=CLAUSE)
    if last.to_lead not in user.roles_in(case.area):
        raise Refused(
            "This is not yours to do", clause=CLAUSES[last.to_lead],
            until=f"It is done by: {last.get_to_lead_display()}, of {case.area.name}.",
        )  # fmt: skip


@act
def take_over(case: Case, *, by: User, version: int | None = None) -> None:
    """The new lead has read the case and what was written of it; they lead it from its day on."""
    case = locked(case, version=version)
    may_take_over(by, case)
    last = last_handover(case)
    assert last is not None
    last.accepted_by, last.accepted_at = by, now()
    last.save(update_fields=["accepted_by", "accepted_at"])
    record("taken_over", by=by, at=last.accepted_at, case_id=case.pk, row=last)
    finish_those(waiting_of(case, "take_over"), by=by, outcome="taken_over")


def _show(case: Case, *, until: date, by: User) -> None:
    """Those who are adult lead now read what they need, until the day shows them the case.

    Nobody of a restricted case: it is for people who are named one by one.
    """
    if case.restricted:
        return
    ends = datetime.combine(until + timedelta(days=1), time(), LONDON)
    for user in people_in(Role.ADULT_LEAD, case.area):
        if user == by or Grant.objects.in_force(now()).filter(case=case, user=user).exists():
            continue
        for part in SHOWN:
            grant = Grant.objects.create(
                case=case, part=part, user=user, given_by=by, from_at=now(), until_at=ends,
                why="Takes this case over when the person turns 18",
            )  # fmt: skip
            record("grant_made", by=by, at=grant.from_at, case_id=case.pk, row=grant)
