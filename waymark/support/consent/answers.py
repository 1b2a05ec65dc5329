"""An answer on consent, and by whom: no answer hangs on a name alone (s.36, 2.10.4)."""

from datetime import date, datetime

from waymark.audit.events import record
from waymark.cases.models import Case, ConsentAsking, SupportConsent
from waymark.cases.tasks import give, waiting_of
from waymark.cases.transfers import came_at
from waymark.cases.words import needs
from waymark.database.clock import now, today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused
from waymark.policy.pack import in_force
from waymark.support.models import Answerer
from waymark.support.plans import agreed

Kind, Said = SupportConsent.Answerer, SupportConsent.State
CLAUSE = "2.10.4"


def asked_since(case: Case) -> datetime | None:
    """Since when it is asked: the plan was agreed, or the case came here from another panel."""
    plan = agreed(case)
    moments = [plan.agreed_at if plan else None, came_at(case)]
    return max((each for each in moments if each), default=None)


def last_asked(case: Case) -> ConsentAsking | None:
    """The latest visit on which consent to the plan in force was asked here."""
    since = asked_since(case)
    return case.askings.filter(asked_at__gte=since).last() if since else None


def answerer(
    case: Case, kind: str, name: str, authority: str, *, by: User, evidence: str = ""
) -> Answerer:  # fmt: skip
    """The one who answers, as known already, or a new row for them.

    `evidence`: what shows that a parent or guardian has parental responsibility, of the pack's.
    """
    if kind not in Kind.values:
        raise Refused("It is not said who answered", clause=CLAUSE)
    named = Kind.PERSON.label if kind == Kind.PERSON else " ".join(name.split())
    needs(named, why="The parent or guardian who answered is not named", clause=CLAUSE)
    known = case.answerers.filter(kind=kind, name__iexact=named, until_at=None).first()
    if known is not None:
        return _shown(known, evidence, by=by)
    said = needs(
        authority, why="Nothing says how we know that they may answer", clause=CLAUSE,
        until="Say by what authority they answer.",
    )  # fmt: skip
    made = Answerer.objects.create(
        case=case, kind=kind, name=named, authority=said, by=by, at=now(),
        evidence=_known(evidence),
    )  # fmt: skip
    record("answerer_named", by=by, at=made.at, case_id=case.pk, row=made)
    return made


def _shown(known: Answerer, evidence: str, *, by: User) -> Answerer:
    """What shows their authority is written down once it is seen."""
    if not known.evidence and _known(evidence):
        known.evidence = evidence
        known.save(update_fields=["evidence"])
        record("answerer_shown", by=by, at=now(), case_id=known.case_id, row=known)
    return known


def _known(evidence: str) -> str:
    kinds = {one.code for one in in_force().consent.evidence}
    return evidence if evidence in kinds else ""


def check(who: Answerer, state: str, asking: ConsentAsking | None, capacity_steps: str) -> None:
    """What an answer cannot be without: a no counts however it came, a yes only once asked."""
    if state != Said.REFUSED and asking is None:
        raise Refused(
            "Nobody has written down that consent was asked", clause=CLAUSE,
            until="Arrange how it is asked, ask with the notice, and say that it was asked. A no"
            " is written down whenever it is said.",
        )  # fmt: skip
    if state == Said.GIVEN and who.kind == Kind.PARENT and not who.evidence:
        raise Refused(
            f"Nothing shows that {who.name} has parental responsibility", clause=CLAUSE,
            until="Say what shows it, such as a birth certificate or an order.",
        )  # fmt: skip
    if state == Said.CAPACITY_LACKING:
        needs_steps(capacity_steps)


def needs_steps(capacity_steps: str) -> None:
    """Somebody is found unable to decide only once they were helped to (2.4.6)."""
    needs(
        capacity_steps, clause="2.4.6",
        why="Nothing says what was done to help the person decide for themselves",
        until="Say what was tried: plain words, pictures, more time, somebody they trust.",
    )  # fmt: skip


def keep(
    who: Answerer, state: str, how: str, day: date, *, case: Case, by: User,
    since: date | None = None, holds_from: date | None = None, capacity_steps: str = "",
) -> None:  # fmt: skip
    """Write an answer down. `holds_from`: the birthday to come, of an adult's answer before it."""
    if day > today() or (since and day < since):
        raise Refused(
            "The date of the answer is still to come, or before the plan was agreed",
            clause=CLAUSE,
        )
    if state != Said.WITHDRAWN:  # a withdrawal needs no words
        needs(how, why="Nothing says how they were asked and what they said", clause=CLAUSE)
    made = SupportConsent.objects.create(
        case=case, answerer=who.kind, answerer_name=who.name, authority=who.authority,
        state=state, notice=in_force().consent.notice.edition, answered_date=day, by=by,
        holds_from_date=holds_from, how=how.strip(), asking=last_asked(case),
        capacity_steps=capacity_steps.strip(), at=now(),
    )  # fmt: skip
    record("consent_answered", by=by, at=made.at, case_id=case.pk, row=made, state=state)


def ask_to_help(case: Case, *, by: User) -> None:
    """After a no, somebody offers the help that needs no consent (s.36(6))."""
    if waiting_of(case, "help_otherwise"):
        return
    give(
        "help_otherwise", by=by, case=case, role=Role(case.led_by or Role.CHAIR),
        limit="help_otherwise", clause="2.10.4",
        why="Consent is not given: offer the help that needs none, and say how to get it.",
    )  # fmt: skip
