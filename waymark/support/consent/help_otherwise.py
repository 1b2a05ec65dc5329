"""After a no: the help that needs no consent is offered, and advice is taken (s.36(6))."""

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, waiting_of
from waymark.cases.words import needs
from waymark.cases.writers import may_write
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.support.consent import consents
from waymark.support.consent.answers import CLAUSE
from waymark.support.consent.consents import State
from waymark.support.models import HelpOffered

AFTER = (State.REFUSED, State.WITHDRAWN, State.CONFLICT, State.CAPACITY_LACKING)
TAKES_ADVICE = (State.CONFLICT, State.CAPACITY_LACKING)


def may_offer_help(user: User, case: Case) -> None:
    may_write(user, case)
    stands = consents.state_of(case)
    if stands not in AFTER and not waiting_of(case, "help_otherwise"):
        raise Refused(f"Nobody has said no: consent is {consents.NAMES[stands]}", clause=CLAUSE)


@act
def offer_help(
    case: Case, *, by: User, offered: str, advice_from: str = "", advice: str = "",
    version: int | None = None,
) -> HelpOffered:  # fmt: skip
    """Write down what was offered without consent; where two disagree, whose advice was taken."""
    case = locked(case, version=version)
    may_offer_help(by, case)
    stands = consents.state_of(case)
    if stands in TAKES_ADVICE:
        until = "Ask a lawyer, the safeguarding lead or social care first, and write what they say."
        why = f"Consent is {consents.NAMES[stands]}, and nobody’s advice was taken"
        needs(advice_from, why=why, clause=CLAUSE, until=until)
        needs(advice, why=why, clause=CLAUSE, until=until)
    made = HelpOffered.objects.create(
        case=case, after=stands, advice_from=advice_from.strip(), advice=advice.strip(), by=by,
        at=now(),
        offered=needs(
            offered, why="Nothing says what help was offered", clause=CLAUSE,
            until="Say what was offered and how to get it, or why there is nothing.",
        ),
    )  # fmt: skip
    record("help_offered", by=by, at=made.at, case_id=case.pk, row=made, after=stands)
    finish_those(waiting_of(case, "help_otherwise"), by=by, outcome="offered")
    return made
