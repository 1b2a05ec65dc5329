"""The risk of criminality has risen: anybody who writes on the case says so, and the police
consider their own ways of escalating and whether Channel still suits (1.3.7, 2.8.17)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.held import begin_hold
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, CriminalityRisen, PoliceConsidered, Stage
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs
from waymark.cases.writers import is_police, may_write_while_open
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.8.17"
TASK = "consider_risen"
Follows = CriminalityRisen.Follows


def unconsidered(case: Case) -> list[CriminalityRisen]:
    """What was said of a risen risk and the police have still to consider."""
    return list(case.risen.filter(considered_at=None).select_related("by"))


@act
def say_risen(case: Case, *, by: User, words: str, version: int | None = None) -> CriminalityRisen:
    """Say, at any open stage, that the risk of criminality has risen: the police are told now."""
    case = locked(case, version=version)
    may_write_while_open(by, case)
    said = needs(
        words, why="Nothing says what has raised the risk of criminality", clause=CLAUSE,
        until="Say what was seen or heard, and from whom you have it.",
    )  # fmt: skip
    made = CriminalityRisen.objects.create(case=case, words=said, by=by, at=now())
    record("criminality_risen", by=by, at=made.at, case_id=case.pk, row=made)
    if not waiting_of(case, TASK):
        give(
            TASK, by=by, case=case, role=Role.POLICE_OFFICER, due=today(), clause=CLAUSE,
            why="It is said that the risk of criminality has risen. Consider what follows.",
        )  # fmt: skip
    return made


def may_consider(user: User, case: Case) -> None:
    """The police, where something waits to be considered."""
    if not is_police(user, case):
        raise Refused(
            "What follows from a risk of criminality is for the police to say", clause=CLAUSE,
            until="Ring the police Prevent officer if it cannot wait.",
        )  # fmt: skip
    if not unconsidered(case):
        raise Refused(
            "Nobody has said since the last time that the risk of criminality has risen",
            clause=CLAUSE, until="Say that it has risen, or hold the case.",
        )  # fmt: skip


@act
def consider(
    case: Case,
    *,
    by: User,
    escalation: str,
    suits: str,
    follows: str,
    look_again_date: date | None = None,
    version: int | None = None,
) -> PoliceConsidered:
    """Record what the police considered, and what follows: held, or it goes on in Channel."""
    case = locked(case, version=version)
    may_consider(by, case)
    if follows not in Follows.values:
        raise Refused("It is not said what follows", clause=CLAUSE)
    held = case.stage == Stage.POLICE_HELD
    if held and follows == Follows.GOES_ON:
        raise Refused(
            "The police hold this case, so it does not go on by this", clause=CLAUSE,
            until="Say that it is held. Then look at the hold again and let the case go on.",
        )  # fmt: skip
    made = keep_considered(case, by=by, escalation=escalation, suits=suits)
    for said in unconsidered(case):
        said.follows, said.considered_by, said.considered_at = follows, by, made.at
        said.save(update_fields=["follows", "considered_by", "considered_at"])
        record("risen_considered", by=by, at=made.at, case_id=case.pk, row=said, follows=follows)
    finish_those(waiting_of(case, TASK), by=by, outcome=follows)
    if follows == Follows.HELD and not held:
        accept_where_offered(case, by=by)
        begin_hold(case, by=by, why=made.suits, look_again=look_again_date)
    return made


def keep_considered(case: Case, *, by: User, escalation: str, suits: str) -> PoliceConsidered:
    """Keep what the police considered of a locked case, where only they read it."""
    made = PoliceConsidered.objects.create(
        case=case, by=by, at=now(),
        escalation=needs(
            escalation, why="Nothing says what the police considered", clause=CLAUSE,
            until="Say what you considered of the existing means of the police.",
        ),
        suits=needs(
            suits, why="Nothing says whether the case is still suitable for Channel",
            clause=CLAUSE, until="Say whether it is, and why.",
        ),
    )  # fmt: skip
    record("police_considered", by=by, at=made.at, case_id=case.pk, row=made)
    return made
