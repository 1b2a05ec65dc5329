"""Opening a case in an emergency (S27): to be read for an hour, told at once, reviewed by another.

The reason is written down before anybody knows whether there is anything to open.
"""

from django.db import connection

from waymark.audit.events import record
from waymark.cases.access.telling import finish_reviewing, tell_of
from waymark.cases.models import Case, EmergencyOpening, EmergencyWords
from waymark.cases.models.emergency import AN_HOUR
from waymark.cases.reading.parts import is_named
from waymark.cases.sight import STANDING
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.policy.days import due_date
from waymark.policy.pack import in_force

CLAUSE = "1.3.3"
SHORTEST = 20  # characters of a reason
OPEN_FOR = AN_HOUR
MAY_OPEN = frozenset(sight.role for sight in STANDING)
ONLY_READ = "You opened this case in an emergency: you can read it, not change it"
Kind = EmergencyWords.Kind


def may_open(user: User) -> None:
    """Whoever holds a post, in any area, that shows cases of its own area."""
    if not user.roles_in() & MAY_OPEN:
        raise Refused("Opening a case in an emergency is not yours to do", clause=CLAUSE,
                      until="Telephone the police Prevent team.")  # fmt: skip


@act
def open_case(*, by: User, reference: str, why: str) -> EmergencyOpening:
    """Ask for the case of exactly this reference. What comes back says whether it is open now,
    waits for a second person, or there is nothing to open; whichever, it was written down.
    """
    may_open(by)
    typed = needs(reference, why="Nothing says which case", clause=CLAUSE)
    said = why.strip()
    if len(said) < SHORTEST:
        raise Refused(f"The reason has fewer than {SHORTEST} characters", clause=CLAUSE,
                      until="Say what happens, and why it cannot wait.")  # fmt: skip
    if own := Case.objects.found(typed, by=by):
        raise Refused(f"You see case {own.reference} already", clause=CLAUSE,
                      until="Open it from your cases.")  # fmt: skip
    moment = now()
    made = EmergencyOpening.objects.create(
        user=by, reference=typed[:40], at=moment,
        review_date=due_date(moment, in_force().limit("review_emergency")),
    )  # fmt: skip
    words = EmergencyWords.objects.create(
        opening=made, kind=Kind.REASON, words=said, by=by, at=moment
    )
    record("emergency_tried", by=by, at=moment, opening=made.pk)
    told, area = _opened(made)
    made.refresh_from_db()
    if made.case_id:
        kind = "emergency_asked" if made.needs_second else "emergency_opened"
        record(kind, by=by, at=moment, case_id=made.case_id, row=made)
        words.case_id = made.case_id
        record("emergency_reason", by=by, at=moment, case_id=made.case_id, row=words)
        tell_of(made, area, told, by=by)
    return made


def _opened(made: EmergencyOpening) -> tuple[list[int], int]:
    """Those named on the case, where it is restricted, and its area: 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, area_id FROM open_in_emergency(%s)", [made.pk])
        rows = cursor.fetchall()
    return [user for user, _ in rows if user], rows[0][1] if rows else 0


def opening_of(key: int) -> EmergencyOpening | None:
    """The opening of that key, where the reader may know of it."""
    found = EmergencyOpening.objects.select_related(
        "user__organisation", "second", "reviewed_by", "case__area"
    )
    return found.filter(pk=key).first()


def may_agree(user: User, made: EmergencyOpening) -> None:
    """Somebody of another organisation who is named on the restricted case."""
    if not made.needs_second or made.second_id or made.reviewed_by_id:
        raise Refused("This does not wait for a second person", clause=CLAUSE)
    if user.pk == made.user_id or user.organisation_id == made.user.organisation_id:
        raise Refused("This is not yours to decide", clause=CLAUSE,
                      until="Somebody of another organisation decides.")  # fmt: skip
    if made.case is None or not is_named(user, made.case):
        raise Refused("This is not yours to decide", clause=CLAUSE)


@act
def agree(made: EmergencyOpening, *, by: User, words: str) -> None:
    """Agree that a restricted case is opened: for an hour from now."""
    may_agree(by, made)
    made = _locked(made)
    may_agree(by, made)
    _say(made, Kind.SECOND, words, by=by)
    moment = now()
    made.second, made.second_at = by, moment
    made.from_at, made.until_at = moment, moment + OPEN_FOR
    made.save(update_fields=["second", "second_at", "from_at", "until_at"])
    record("emergency_opened", by=by, at=moment, case_id=made.case_id, row=made)


def may_review(user: User, made: EmergencyOpening) -> None:
    """Somebody else: not who opened it, nor who agreed to it; once."""
    if made.case_id is None or made.reviewed_by_id:
        raise Refused("This does not wait to be reviewed", clause=CLAUSE)
    if user.pk in (made.user_id, made.second_id):
        raise Refused("Nobody reviews what they opened, or agreed to", clause=CLAUSE,
                      until="Another police lead or the chair reviews it.")  # fmt: skip
    if not _decides(user, made):
        raise Refused("This is not yours to review", clause=CLAUSE,
                      until="The police lead, the chair or the vice-chair reviews it.")  # fmt: skip


def _decides(user: User, made: EmergencyOpening) -> bool:
    """The auditor, who sees the opening and not the case, does not."""
    case = Case.objects.select_related("area").filter(pk=made.case_id or 0).first()
    return bool(case and user.roles_in(case.area) & {"police_lead", "chair", "vice_chair"})


@act
def review(made: EmergencyOpening, *, by: User, outcome: str, words: str) -> None:
    """Say what came of looking at it: in words, and as one of `EmergencyOpening.Outcome`."""
    may_review(by, made)
    made = _locked(made)
    may_review(by, made)
    if outcome not in EmergencyOpening.Outcome:
        raise Refused("It is not said what the review found", clause=CLAUSE)
    _say(made, Kind.REVIEW, words, by=by)
    made.reviewed_by, made.reviewed_at, made.outcome = by, now(), outcome
    made.save(update_fields=["reviewed_by", "reviewed_at", "outcome"])
    record("emergency_reviewed", by=by, at=made.reviewed_at, case_id=made.case_id, row=made,
           outcome=outcome)  # fmt: skip
    finish_reviewing(made, by=by)


def _say(made: EmergencyOpening, kind: str, words: str, *, by: User) -> None:
    said = EmergencyWords.objects.create(
        opening=made, case_id=made.case_id, kind=kind, by=by, at=now(),
        words=needs(words, why="It is not said in words", clause=CLAUSE),
    )  # fmt: skip
    record(f"emergency_{kind}", by=by, at=said.at, case_id=made.case_id, row=said)


def _locked(made: EmergencyOpening) -> EmergencyOpening:
    found = EmergencyOpening.objects.select_for_update(of=("self",))
    return found.select_related("user", "case__area").get(pk=made.pk)
