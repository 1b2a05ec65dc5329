"""What the person's age means for a case: who leads it, who answers, what support must wait.

The eighteenth birthday comes by itself: a duty sees to it. What is learnt of an age is an act.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from waymark.audit.events import record
from waymark.cases import handover, leads
from waymark.cases.known import disputes, person
from waymark.cases.known.person import Source
from waymark.cases.models import Case, SupportConsent, Task
from waymark.cases.stages import locked
from waymark.cases.tasks import give, waiting_of
from waymark.database.actor import Actor
from waymark.database.clock import LONDON, now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import act
from waymark.people.age import eighteenth, is_adult
from waymark.people.models import AgeAssessment, AgeDispute, BirthDate
from waymark.support import pieces
from waymark.support.consent import consents
from waymark.support.models import PieceTurn
from waymark.support.plans import agreed

ASK_AHEAD = "The person will be 18 and answers alone from then on. Ask them before that day."


@act
def add_birth_date(case: Case, *, by: User, source: Source, **born: Any) -> BirthDate:
    """A birth date or age, as `person.add_birth_date` takes it; the lead is chosen again."""
    case = _locked(case)
    made = person.add_birth_date(case, by=by, source=source, **born)
    _follow(case, by=by)
    return made


@act
def dispute(
    case: Case, *, by: User, source: str, why: str, assess_by_date: date | None,
    version: int | None = None,
) -> AgeDispute:  # fmt: skip
    """Somebody disputes the age: from now on the person is a child, until an assessment."""
    case = _locked(case, version)
    made = disputes.dispute(case, by=by, source=source, why=why, assess_by_date=assess_by_date)
    _follow(case, by=by)
    return made


@act
def assess(
    case: Case, *, by: User, said: disputes.Assessed, version: int | None = None
) -> AgeAssessment:
    """An age assessment ends the dispute; the lead is chosen by what it found."""
    case = _locked(case, version)
    made = disputes.assess(case, by=by, said=said)
    _follow(case, by=by)
    return made


@act
def turn_eighteen(case: Case, *, by: Actor) -> bool:
    """The birthday has come: the other lead leads, and the person answers alone.

    False, and nothing is written, where all of this was done already.
    """
    case = _locked(case)
    if not leads.has_wrong_lead(case):
        return False
    _follow(case, by=by)
    return True


@act
def prepare(case: Case, *, by: Actor) -> None:
    """In the three months before: the handover is asked for, and the person's own answer."""
    case = locked(case)
    birthday = handover.birthday_ahead(case)
    if birthday is None or case.led_by != Role.FAMILIES_LEAD:
        return
    handover.ask_for(case, by=by, birthday=birthday)
    if not _is_to_be_asked(case, birthday):
        return
    plan = agreed(case)
    asker = plan.asker if plan else None
    give(
        "ask_as_adult", by=by, case=case, user=asker, role=Role.FAMILIES_LEAD, due=birthday,
        clause="2.10.4", why=ASK_AHEAD,
    )  # fmt: skip


def to_prepare(cases: Iterable[Case]) -> list[Case]:
    """Those of some open cases, read with what tells an age, that `prepare` may still act on."""
    days = {case.pk: handover.birthday_ahead(case) for case in cases}
    near = [case for case in cases if days[case.pk]]
    given = set(
        Task.objects.filter(case__in=near, kind__in=("hand_over", "ask_as_adult"))
        .values_list("case_id", "kind", "due_date")
    )  # fmt: skip
    return [
        case
        for case in near
        if (case.pk, "hand_over", days[case.pk]) not in given
        or (consents.has_support(case) and (case.pk, "ask_as_adult", days[case.pk]) not in given)
    ]


def _is_to_be_asked(case: Case, birthday: date) -> bool:
    asked = case.tasks.filter(kind="ask_as_adult", due_date=birthday).exists()
    return consents.has_support(case) and not asked


def _locked(case: Case, version: int | None = None) -> Case:
    case = locked(case, version=version)
    pieces.lock_all(case)
    return case


def _follow(case: Case, *, by: Actor) -> None:
    """All that follows from an age, on a locked case. Last the lead: it may end one's sight."""
    if not case.is_open:
        return
    if is_adult(case.person):
        _end_parents(case, by=by)
    if consents.has_support(case) and not consents.is_in_force(case):
        _stop(case, by=by)
    leads.choose_again(case, by=by)


def _end_parents(case: Case, *, by: Actor) -> None:
    """From the birthday on, or from when it is known, a parent answers no more."""
    born = eighteenth(case.person)
    midnight = datetime.combine(born, time(), LONDON) if born else now()
    for each in case.answerers.filter(kind=SupportConsent.Answerer.PARENT, until_at=None):
        each.until_at = max(midnight, each.at)
        each.save(update_fields=["until_at"])
        record("answerer_ended", by=by, at=now(), case_id=case.pk, row=each)


def _stop(case: Case, *, by: Actor) -> None:
    """Support is held until whoever answers now has; a no that was given ahead counts as a no."""
    stands = consents.state_of(case)
    stopped = pieces.hold_all(case, why=PieceTurn.Why.AGE, by=by)
    if stands is not consents.State.NOT_ASKED:
        consents.leave(case, by=by)
    elif not waiting_of(case, "ask_consent"):
        give(
            "ask_consent", by=by, case=case, role=Role(leads.lead_for(case.person)), due=today(),
            clause="2.10.4", why="Ask for consent again: because of the person’s age, "
            "somebody else answers now.",
        )  # fmt: skip
    if stopped:
        give(
            "consent_withdrawn", by=by, case=case, role=Role.CHAIR, due=today(), clause="1.1.4",
            why=f"Because of the person’s age, support is stopped ({len(stopped)}): see to it.",
        )  # fmt: skip
