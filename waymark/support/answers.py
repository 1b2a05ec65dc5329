"""An answer on consent, and by whom: no answer hangs on a name alone (s.36, 2.10.4)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, SupportConsent
from waymark.cases.words import needs
from waymark.database.clock import now, today
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.policy.pack import in_force
from waymark.support.models import Answerer

Kind = SupportConsent.Answerer
CLAUSE = "2.10.4"


def answerer(case: Case, kind: str, name: str, authority: str, *, by: User) -> Answerer:
    """The one who answers, as known already, or a new row for them."""
    if kind not in Kind.values:
        raise Refused("It is not said who answered", clause=CLAUSE)
    named = Kind.PERSON.label if kind == Kind.PERSON else " ".join(name.split())
    needs(named, why="The parent or guardian who answered is not named", clause=CLAUSE)
    known = case.answerers.filter(kind=kind, name__iexact=named, until_at=None).first()
    if known is not None:
        return known
    said = needs(
        authority, why="Nothing says how we know that they may answer", clause=CLAUSE,
        until="Say by what authority they answer.",
    )  # fmt: skip
    made = Answerer.objects.create(
        case=case, kind=kind, name=named, authority=said, by=by, at=now()
    )
    record("answerer_named", by=by, at=made.at, case_id=case.pk, row=made)
    return made


def keep(
    who: Answerer, state: str, how: str, day: date, *, case: Case, by: User,
    since: date | None = None, holds_from: date | None = None,
) -> None:  # fmt: skip
    """Write an answer down. `holds_from`: the birthday to come, of an adult's answer before it."""
    if day > today() or (since and day < since):
        raise Refused(
            "The date of the answer is still to come, or before the plan was agreed",
            clause=CLAUSE,
        )
    made = SupportConsent.objects.create(
        case=case, answerer=who.kind, answerer_name=who.name, authority=who.authority,
        state=state, notice=in_force().consent.notice.edition, answered_date=day, by=by,
        holds_from_date=holds_from,
        how=needs(how, why="Nothing says how they were asked and what they said", clause=CLAUSE),
        at=now(),
    )  # fmt: skip
    record("consent_answered", by=by, at=made.at, case_id=case.pk, row=made, state=state)
