"""What an outcome brings about, and what happens where it does not stand."""

from datetime import timedelta

from waymark.audit.events import record
from waymark.cases.access.restricting import begin_as_referred
from waymark.cases.models import Task
from waymark.cases.tasks import finish_those, give
from waymark.database.clock import now, today
from waymark.directory.models import Role, User, people_in
from waymark.directory.permission import Changed
from waymark.policy.pack import in_force
from waymark.referrals.deciding.decisions import Decision
from waymark.referrals.deciding.known import deciders_before
from waymark.referrals.deciding.outcomes import take_effect
from waymark.referrals.models import Receipt, Screening, Subject
from waymark.referrals.readers import POLICE

State = Subject.State
TO_SCREEN = ("screen", "read_first")
TO_CONFIRM = ("confirm_screening", "find_second")


def locked(subject: Subject, *, version: int | None = None) -> Subject:
    """The subject as it is now, locked. Raises Changed where somebody was quicker."""
    it = (
        Subject.objects.select_for_update(of=("self",))
        .select_related("referral", "area", "taken_by")
        .get(pk=subject.pk)
    )
    if version is not None and it.version != version:
        taken = f", taken by {it.taken_by.name}" if it.taken_by else ""
        raise Changed(
            "This referral was changed while you had the page open. "
            f"It now stands at: {it.get_state_display()}{taken}."
        )
    return it


def waiting_for(subject: Subject, *kinds: str) -> list[Task]:
    return list(Task.objects.waiting().filter(subject_id=subject.pk, kind__in=kinds))


def settle(
    subject: Subject, made: Screening, *, by: User, decision: Decision | None = None
) -> None:
    """The outcome takes effect: the screening is done, once and for all to see."""
    finish_those(waiting_for(subject, *TO_SCREEN), by=by, outcome=made.outcome)
    if made.outcome == Screening.Outcome.NOT_PREVENT:
        give(
            "read_not_prevent", by=by, role=Role.POLICE_LEAD, area=subject.area, clause="2.5.6",
            why="Read what was found not to be for Prevent", limit="not_prevent_read",
            subject_id=subject.pk, object_id=made.pk,
        )  # fmt: skip
    else:
        subject.case = take_effect(subject, made, by=by, decision=decision)
    subject.screened_at = now()
    change(subject, State.SCREENED, by=by)
    if subject.lead_first and subject.case and made.outcome == Screening.Outcome.NEW_CASE:
        begin_as_referred(subject.case, by=by)
    waiting = subject.referral.subjects.exclude(state=State.SCREENED)
    if not waiting.exists():
        tell_receipt(subject, Receipt.State.ENDED, by=by)


def let_stand(subject: Subject, *, by: User) -> None:
    """The police lead has read it: from now on its days in sight are counted (not before, so
    that what nobody has read cannot go out of sight)."""
    subject.police_until_date = today() + timedelta(
        days=in_force().limit("ended_seen_by_police").amount
    )
    change(subject, State.SCREENED, by=by)


def wait_for_second(subject: Subject, made: Screening, *, by: User) -> None:
    """It waits for somebody who decided none of the earlier ones; where nobody can, it stays
    open and the police lead finds somebody (R4)."""
    change(subject, State.PROPOSED, by=by)
    others = deciders_before(subject) | {made.by_id}
    eligible = [role for role in (Role.POLICE_LEAD, Role.POLICE_OFFICER) if any(
        user.pk not in others for user in people_in(role, subject.area))]  # fmt: skip
    if subject.lead_first:
        eligible = [role for role in eligible if role == Role.POLICE_LEAD]
    give(
        "confirm_screening" if eligible else "find_second", by=by, area=subject.area,
        role=eligible[0] if eligible else Role.POLICE_LEAD, clause="2.5.6",
        why="Confirm, or not, that this is not Prevent" if eligible
        else "Everybody here decided on this person before: find a colleague who did not",
        due=None if eligible else today(), limit="screening",
        subject_id=subject.pk, object_id=made.pk,
    )  # fmt: skip


def back_to_screening(subject: Subject, *, by: User) -> None:
    """It does not stand: whoever took it screens it again, by the date that there was."""
    subject.screened_at = subject.police_until_date = None
    change(subject, State.WAITING, by=by)
    tell_receipt(subject, Receipt.State.LOOKED_AT, by=by)
    if not waiting_for(subject, *TO_SCREEN):
        first = Task.objects.filter(subject_id=subject.pk, kind__in=TO_SCREEN)
        earliest = first.order_by("made_at").first()
        give(
            "screen", by=by, area=subject.area, clause="2.5.6", why="Screen again",
            role=Role.POLICE_LEAD if subject.lead_first else Role.POLICE_OFFICER,
            user=subject.taken_by, subject_id=subject.pk,
            due=earliest.due_date if earliest else today(),  # coming back resets no clock
        )  # fmt: skip


def change(subject: Subject, state: Subject.State, *, by: User) -> None:
    subject.state, subject.version = state, subject.version + 1
    subject.save()
    record("subject_changed", by=by, at=now(), row=subject)


def tell_receipt(subject: Subject, state: Receipt.State, *, by: User) -> None:
    receipt = subject.referral.receipt
    if receipt.state != state:
        receipt.state = state
        receipt.save(update_fields=["state"])
        record("receipt_changed", by=by, at=now(), row=receipt)


def holds_a_police_post(user: User, subject: Subject) -> bool:
    return bool(user.roles_in(subject.area) & POLICE)
