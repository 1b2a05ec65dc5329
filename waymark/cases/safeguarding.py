"""Referring to children's or adults' social care, at any stage, and its acceptance (2.5.13)."""

from datetime import timedelta

from waymark.audit.events import record
from waymark.cases.models import (
    Case,
    Grant,
    SafeguardingReading,
    SafeguardingReferral,
    SupportConsent,
    Task,
)
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import POLICE
from waymark.cases.words import needs
from waymark.cases.writers import may_write, post_of
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Area, Organisation, Role, User
from waymark.directory.permission import Refused, act
from waymark.policy.pack import in_force

CLAUSE = "2.5.13"
READERS = (Role.CHAIR, Role.POLICE_LEAD, Role.VICE_CHAIR)  # of a referral made soon after a no
SOCIAL_CARE = ("adult_social_care", "children_social_care")


def may_refer(user: User, case: Case | None) -> None:
    """Whoever writes on the case; before there is one, the police who screen."""
    if case is not None:
        may_write(user, case)
    elif not user.roles_in() & set(POLICE):
        raise Refused(
            "This is not yours to do", clause=CLAUSE, until="The police refer while they screen."
        )


@act
def refer(
    case: Case | None, *, by: User, to: Organisation, about: str, why: str,
    subject_id: int | None = None, area: Area | None = None,
) -> SafeguardingReferral:  # fmt: skip
    """Refer somebody to social care: on a case, or on the subject of a referral being screened.

    `about`: the person, or another child of the household. The sender keeps the duty until a
    named post there accepts. `area`: where there is no case yet.
    """
    case = locked(case) if case else None
    may_refer(by, case)
    if to.kind not in SOCIAL_CARE:
        raise Refused(
            f"{to.name} is not social care", clause=CLAUSE,
            until="Choose children’s or adults’ social care.",
        )  # fmt: skip
    made = SafeguardingReferral.objects.create(
        case=case, subject_id=None if case else subject_id, to=to, by=by, sent_at=now(),
        about=needs(about, why="Nobody is named whom it is about", clause=CLAUSE),
        why=needs(why, why="Nothing says what harm is suspected", clause=CLAUSE),
    )  # fmt: skip
    record("safeguarding_referred", by=by, at=made.sent_at, case_id=made.case_id, row=made)
    if case:
        _show(made, case, by=by)
        _raised(case, by=by)
        _read_by_another(made, case, by=by)
    _wait(made, case, area, by=by)
    return made


def _wait(made: SafeguardingReferral, case: Case | None, area: Area | None, *, by: User) -> None:
    """Until it is accepted the sender sees to it."""
    give(
        "chase_safeguarding", by=by, case=case, area=area, user=by, object_id=made.pk,
        role=post_of(by, case) if case else Role.POLICE_OFFICER, limit="safeguarding_acceptance",
        subject_id=made.subject_id, clause=CLAUSE,
        why="See that social care accepts the safeguarding referral.",
    )  # fmt: skip


def may_accept(user: User, referral: SafeguardingReferral) -> None:
    """Somebody of the social care asked, or whoever may refer and heard that it was accepted."""
    if referral.accepted_at is not None:
        raise Refused("This referral has been accepted already", clause=CLAUSE)
    if user.organisation_id == referral.to_id and Role.PARTNER in user.roles_in():
        return
    may_refer(user, referral.case if referral.case_id else None)


@act
def accept(referral: SafeguardingReferral, *, by: User, post: str) -> SafeguardingReferral:
    """Accept a referral: from now on the named `post` answers for it, no longer the sender."""
    referral = SafeguardingReferral.objects.select_for_update().get(pk=referral.pk)
    may_accept(by, referral)
    referral.accepted_by_post = needs(
        post, why="No post is named that accepts", clause=CLAUSE,
        until="Enter the name and post of who accepted it.",
    )  # fmt: skip
    referral.accepted_at = now()
    referral.save(update_fields=["accepted_at", "accepted_by_post"])
    record(
        "safeguarding_accepted", by=by, at=referral.accepted_at, case_id=referral.case_id,
        row=referral,
    )  # fmt: skip
    waiting = Task.objects.waiting().filter(kind="chase_safeguarding", object_id=referral.pk)
    finish_those(list(waiting), by=by, outcome="accepted")
    return referral


def _read_by_another(made: SafeguardingReferral, case: Case, *, by: User) -> None:
    """Soon after a no, somebody who did not ask reads it: a refusal is no sign of harm."""
    since = now() - timedelta(days=in_force().limit("social_care_after_no").amount)
    no = (SupportConsent.State.REFUSED, SupportConsent.State.WITHDRAWN)
    if not case.consents.filter(state__in=no, at__gte=since).exists():
        return
    asked = {role for user in who_asked(made) for role in user.roles_in(case.area)}
    role = next((role for role in READERS if role not in asked), Role.POLICE_LEAD)
    give(
        "read_after_no", by=by, case=case, role=role, limit="read_social_care",
        object_id=made.pk, clause=CLAUSE,
        why="Read a referral to social care that was made soon after a refusal.",
    )  # fmt: skip


def who_asked(made: SafeguardingReferral) -> list[User]:
    """Those who asked for consent, wrote down an answer, or made this referral."""
    assert made.case is not None
    askers = made.case.askings.values_list("asker", "by")
    keys = {made.by_id, *made.case.consents.values_list("by", flat=True)}
    return list(User.objects.filter(pk__in=keys.union(*askers)))


def may_read(user: User, referral: SafeguardingReferral) -> None:
    """Whoever writes on the case and neither asked for consent nor made the referral."""
    case = referral.case
    if case is None or not waiting_of(case, "read_after_no", object_id=referral.pk):
        raise Refused("This referral does not wait to be read", clause=CLAUSE)
    may_write(user, case)
    if user in who_asked(referral):
        raise Refused(
            "You asked for consent, or made this referral", clause="1.1.4",
            until="Somebody who did not ask reads it: the chair or the police lead.",
        )  # fmt: skip


@act
def read(referral: SafeguardingReferral, *, by: User, words: str) -> SafeguardingReading:
    """Read it, and say what it rests on: a no to support shows no harm."""
    assert referral.case is not None
    case = locked(referral.case)
    may_read(by, referral)
    made = SafeguardingReading.objects.create(
        case=case, referral=referral, by=by, at=now(),
        words=needs(
            words, why="Nothing says what the referral rests on", clause=CLAUSE,
            until="Say what harm it rests on beside the refusal; or that it rests on nothing else,"
            " and whom you told.",
        ),
    )  # fmt: skip
    record("safeguarding_read", by=by, at=made.at, case_id=case.pk, row=made)
    finish_those(waiting_of(case, "read_after_no", object_id=referral.pk), by=by, outcome="read")
    return made


def _show(made: SafeguardingReferral, case: Case, *, by: User) -> None:
    """Social care sees the referral made to it, and not the case."""
    grant = Grant.objects.create(
        case=case, part=Part.WORK, object_id=made.pk, organisation=made.to,
        role=Role.PARTNER, why="A safeguarding referral to them", given_by=by,
        from_at=made.sent_at,
    )  # fmt: skip
    record("granted", by=by, at=made.sent_at, case_id=made.case_id, row=grant, part=Part.WORK)


def _raised(case: Case, *, by: User) -> None:
    """Harm that somebody was to raise has been raised."""
    waiting = case.tasks.waiting().filter(kind="raise_harm")
    finish_those(list(waiting), by=by, outcome="raised")
