"""What a screening brings about: a new case, one that is joined, or one that is re-opened."""

from waymark.audit.events import record
from waymark.cases.held import begin_hold
from waymark.cases.holders import offer, take_up
from waymark.cases.models import Case, Move, Stage
from waymark.cases.stages import arrive, locked, move
from waymark.cases.tasks import give
from waymark.cases.ways import POLICE
from waymark.database.clock import now, today
from waymark.database.keys import random_reference
from waymark.directory.models import Role, User
from waymark.policy.days import due_date
from waymark.policy.pack import in_force
from waymark.referrals.deciding.decisions import Decision
from waymark.referrals.models import Screening, Subject

LOOK_AGAIN = "police_hold_look_again"


def take_effect(
    subject: Subject, made: Screening, *, by: User, decision: Decision | None = None
) -> Case:
    """The case that the outcome leads to; held at once, where a crime is suspected (1.3.7)."""
    match made.outcome:
        case Screening.Outcome.NEW_CASE:
            opened = _open(subject, made, by=by)
        case Screening.Outcome.JOINS_CASE:
            return _join(made, by=by)
        case _:
            opened = _reopen(made, by=by)
    if decision and decision.held_why.strip():
        day = decision.look_again_date or due_date(now(), in_force().limit(LOOK_AGAIN))
        begin_hold(opened, by=by, why=decision.held_why, look_again=day)
    return opened


def _open(subject: Subject, made: Screening, *, by: User) -> Case:
    """A new case, held by the screener, at information gathering."""
    moment = now()
    assert subject.area is not None
    case = Case.objects.create(
        reference=random_reference(), person_id=subject.person_id, area=subject.area,
        stage=Stage.GATHERING, opened_at=moment, edition=in_force().code,
    )  # fmt: skip
    record("case_opened", by=by, at=moment, case_id=case.pk, row=case, subject=subject.pk)
    role = Role.POLICE_OFFICER if Role.POLICE_OFFICER in by.roles_in(case.area) else POLICE[1]
    take_up(case, by=by, role=role)
    first = Move.objects.create(
        case=case, start="", to=Stage.GATHERING, by=by, at=moment, why=made.why, clause="2.5.6",
        edition=case.edition,
    )  # fmt: skip
    record("case_moved", by=by, at=moment, case_id=case.pk, row=first, to=first.to)
    arrive(case, by=by)
    return case


def _join(made: Screening, *, by: User) -> Case:
    """A new concern about an open case: its holder is told, and the police consider 2.8.17."""
    assert made.case is not None
    case = locked(made.case)
    case.version += 1  # an endorsement not yet used lapses: the case is no longer what it was
    case.save(update_fields=["version"])
    record("case_joined", by=by, at=now(), case_id=case.pk, row=case, screening=made.pk)
    give(
        "read_new_concern", by=by, case=case, role=Role.POLICE_OFFICER, due=today(),
        why="Read the new concern, and consider whether the risk of criminality has risen",
        clause="2.8.17",
    )  # fmt: skip
    if case.opened_to_area_at:
        give(
            "read_new_concern", by=by, case=case, role=Role.CHAIR, due=today(),
            why="Read the new concern before the next panel", clause="2.8.18",
        )  # fmt: skip
    return case


def _reopen(made: Screening, *, by: User) -> Case:
    assert made.case is not None
    case = locked(made.case)
    case.police_until_date = None  # seen by the match alone until now: the rest follows from it
    case.save(update_fields=["police_until_date"])
    move(case, Stage.GATHERING, act="reopen", by=by, why=made.why)
    offer(case, to=Role.POLICE_OFFICER, by=by)
    return case
