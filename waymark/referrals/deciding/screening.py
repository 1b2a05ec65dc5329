"""Screening: every person referred gets an outcome, with its reason, from a named one (2.5.6)."""

from waymark.audit.events import record
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force
from waymark.referrals.deciding import settling
from waymark.referrals.deciding.decisions import Decision as Decision
from waymark.referrals.deciding.decisions import lead_of, may_decide, may_screen
from waymark.referrals.deciding.known import counts_as_repeat, take_turns
from waymark.referrals.deciding.settling import TO_SCREEN, locked, waiting_for
from waymark.referrals.models import Extract, Receipt, Screening, Subject

CLAUSE = "2.5.6"


def may_take(user: User, subject: Subject) -> None:
    """Whoever may screen, as long as no outcome waits for a second person."""
    may_screen(user, subject)
    if subject.state == Subject.State.PROPOSED:
        raise Refused("An outcome waits for a second person", clause=CLAUSE,
                      until="It can be taken again where that person does not agree.")  # fmt: skip


@act
def take(subject: Subject, *, by: User, version: int | None = None) -> None:
    """Take a referral to screen it, or take it over: from now on its screening waits for `by`."""
    subject = locked(subject, version=version)
    may_take(by, subject)
    if subject.taken_by_id != by.pk:
        _give_to(subject, by, by=by)
    settling.tell_receipt(subject, Receipt.State.LOOKED_AT, by=by)


def may_assign(user: User, subject: Subject) -> None:
    """The police lead, of what waits to be screened."""
    may_take(user, subject)
    if not lead_of(user, subject):
        raise Refused(
            "Only the police lead gives a referral to somebody else", clause=CLAUSE,
            until="Others of the team can take it over themselves.",
        )  # fmt: skip


@act
def assign(subject: Subject, *, to: User, by: User, version: int | None = None) -> None:
    """Give a referral to somebody of the team. Its dates stay as they are (R38)."""
    subject = locked(subject, version=version)
    may_assign(by, subject)
    may_take(to, subject)
    _give_to(subject, to, by=by)
    settling.tell_receipt(subject, Receipt.State.LOOKED_AT, by=by)


def _give_to(subject: Subject, user: User, *, by: User) -> None:
    subject.taken_by, subject.taken_at = user, now()
    subject.version += 1
    subject.save(update_fields=["taken_by", "taken_at", "version"])
    record("subject_taken", by=by, at=subject.taken_at, row=subject, holder=user.pk)
    for task in waiting_for(subject, *TO_SCREEN):
        task.user = user  # the date stays: reassigning resets no clock (R38)
        task.save(update_fields=["user"])
        record("task_taken", by=by, at=subject.taken_at, row=task)


def may_release(user: User, subject: Subject) -> None:
    """The police lead, of what only police leads may read so far."""
    may_screen(user, subject)
    if not lead_of(user, subject):
        raise Refused("Only the police lead lets the team read this referral", clause=CLAUSE)
    if not subject.lead_first:
        raise Refused("The team may read this referral already", clause=CLAUSE)


@act
def release_to_team(subject: Subject, *, by: User, version: int | None = None) -> None:
    """The police lead has read it first: the team may screen it like any other."""
    subject = locked(subject, version=version)
    may_release(by, subject)
    subject.lead_first, subject.version = False, subject.version + 1
    subject.taken_by = subject.taken_at = None
    subject.save(update_fields=["lead_first", "taken_by", "taken_at", "version"])
    record("subject_released_to_team", by=by, at=now(), row=subject)
    for task in waiting_for(subject, *TO_SCREEN):
        task.kind, task.role, task.user = "screen", Role.POLICE_OFFICER, None
        task.save(update_fields=["kind", "role", "user"])
        record("task_taken", by=by, at=now(), row=task)


@act
def decide(
    subject: Subject, *, by: User, decision: Decision, version: int | None = None
) -> Screening:
    """Write the outcome for one person. Where it needs two people, it waits for the second."""
    take_turns()
    subject = locked(subject, version=version)
    decision = decision.of_its_case()
    may_decide(by, subject, decision)
    malicious = decision.reason == Screening.Reason.MALICIOUS
    needs_second = decision.ends and (malicious or counts_as_repeat(subject))
    made = Screening.objects.create(
        subject=subject, needs_second=needs_second, by=by, at=now(), edition=in_force().code,
        **decision.of_the_screening(),
    )  # fmt: skip
    record("screened", by=by, at=made.at, row=made, outcome=made.outcome, subject=subject.pk)
    if decision.extract.strip():
        kept = Extract.objects.create(
            subject=subject, words=decision.extract.strip(), by=by, at=made.at
        )
        record("extract_made", by=by, at=made.at, row=kept, subject=subject.pk)
    subject.area, subject.area_basis = decision.area, decision.area_basis
    if needs_second:
        settling.wait_for_second(subject, made, by=by)
    else:
        settling.settle(subject, made, by=by, decision=decision)
    return made
