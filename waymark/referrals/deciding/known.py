"""Whether somebody may be known already: said, with the reason, and decided by a person (R2).

Only exactly the same name and birth date are compared; others are looked for by hand (`lookups`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from waymark.audit.events import record
from waymark.audit.looks import look
from waymark.cases.models import Case, Stage
from waymark.cases.models.case import ENDS
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused, act
from waymark.people.facts import words_of
from waymark.people.models import Address, BirthDate, Name, Place, SamePerson
from waymark.referrals.models import Screening, Subject
from waymark.referrals.readers import may_read

CLAUSE = "2.5.6"
ONE_AT_A_TIME = 256_20_38  # the number that screenings in the same moment take turns by


@dataclass(frozen=True)
class Known:
    """Another referral of somebody of the same name and birth date, its outcome first.

    `texts`: what its screening said of the ones before it. `deciders`: everybody who decided on
    it, whatever became of that. An outcome that waits for a second person is none yet.
    """

    person_id: int
    subject_id: int
    referral: str
    received_at: datetime
    state: str
    outcome: str | None
    reason: str | None
    why: str | None
    texts: list[str | None]
    deciders: list[int]
    case_id: int | None
    reference: str | None
    stage: str | None
    ended_at: datetime | None

    @property
    def mistaken(self) -> bool:
        """A misunderstanding is no earlier concern (R29)."""
        settled = self.state == Subject.State.SCREENED
        return settled and self.reason == Screening.Reason.MISUNDERSTANDING

    @property
    def case_is_open(self) -> bool:
        return self.stage is not None and self.stage not in ENDS

    def in_words(self) -> str:
        """What came of it: what a screener reads first."""
        if self.mistaken:
            return "Mistaken: it was a misunderstanding"
        if self.stage:
            return f"Case {self.reference}: {Stage(self.stage).label}"
        if self.state == Subject.State.PROPOSED:
            return "Waits for a second person"
        if self.state == Subject.State.SCREENED and self.outcome:
            return outcome_in_words(self.outcome, self.reason or "")
        return "Not screened yet"


def outcome_in_words(outcome: str, reason: str) -> str:
    """An outcome with its reason: "Not Prevent: a duplicate"."""
    label = Screening.Outcome(outcome).label
    if not reason:
        return label
    because = Screening.Reason(reason).label
    return f"{label}: {because[0].lower()}{because[1:]}"


def known_before(subject: Subject) -> list[Known]:
    """Other referrals of exactly the same name and birth date, and those that somebody looked for
    and said something of, the latest first.

    Those that came in before this one, and later ones that have been screened already.
    """
    found = asked("SELECT * FROM known_before(%s)", [subject.person_id])
    return sorted(found, key=lambda one: one.received_at, reverse=True)


def asked(question: str, given: Sequence[str | int | date | None]) -> list[Known]:
    """What one of the database's own functions answers, past the sight of each table."""
    with connection.cursor() as cursor:
        cursor.execute(question, list(given))
        return [Known(*row) for row in cursor.fetchall()]


def can_be_compared(subject: Subject) -> bool:
    """Whether there is a whole birth date to compare by."""
    dates = BirthDate.objects.filter(person_id=subject.person_id)
    return any(one.exact() for one in dates)


def take_turns() -> None:
    """Wait until nobody else is deciding: two referrals of one person decided in the same
    moment would not know of each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def answers_of(subject: Subject) -> dict[int, SamePerson]:
    """The latest answer for each other person, by that person's key."""
    said = SamePerson.objects.filter(one_id=subject.person_id).select_related("by")
    return {answer.other_id: answer for answer in said.order_by("at", "id")}


def unanswered(subject: Subject) -> list[Known]:
    """Those of whom nobody has yet said whether they are the same person."""
    answered = answers_of(subject)
    return [one for one in known_before(subject) if one.person_id not in answered]


def the_same(subject: Subject) -> list[Known]:
    """Those whom somebody said to be the same person."""
    answered = answers_of(subject)
    return [
        one
        for one in known_before(subject)
        if one.person_id in answered and answered[one.person_id].answer == SamePerson.Answer.SAME
    ]


def perhaps_the_same(subject: Subject) -> list[Known]:
    """The same, or it cannot be told: mistaken ones among them."""
    answered = answers_of(subject)
    different = SamePerson.Answer.DIFFERENT
    return [
        one
        for one in known_before(subject)
        if one.person_id in answered and answered[one.person_id].answer != different
    ]


def counts_as_repeat(subject: Subject) -> bool:
    """A second or later referral: the same, or it cannot be told. A mistaken one does not count."""
    return any(not one.mistaken for one in perhaps_the_same(subject))


def deciders_before(subject: Subject) -> set[int]:
    """Everybody who decided on an earlier referral of perhaps the same person (R4)."""
    return {key for one in perhaps_the_same(subject) for key in one.deciders}


def may_say(user: User, subject: Subject) -> None:
    """The police Prevent team, also afterwards: what was said can be said anew, never removed."""
    may_read(user, subject)


@act
def say(
    subject: Subject, *, by: User, other_id: int, answer: str, why: str, looked_for: int = 0
) -> SamePerson:
    """Say whether another person is the same, different, or cannot be told. Never a merge.

    `looked_for`: the subject of somebody whom a person found, and who is put beside this one.
    """
    may_say(by, subject)
    beside_it = {one.person_id for one in known_before(subject)}
    beside_it |= {one.person_id for one in one_more(subject, looked_for)}
    if other_id not in beside_it:
        raise Refused("That person is not among those who may be known already", clause=CLAUSE)
    if answer not in SamePerson.Answer.values:
        raise Refused(
            "It is not said whether they are the same person", clause=CLAUSE,
            until="Answer: the same, different, or cannot tell.",
        )  # fmt: skip
    said = SamePerson.objects.create(
        one_id=subject.person_id, other_id=other_id, answer=answer, by=by, at=now(),
        why=needs(why, why="Nothing says why you think so", clause=CLAUSE,
                  until="Say what you compared, and what fits or does not."),
    )  # fmt: skip
    record("said_whether_known", by=by, at=said.at, row=said, answer=answer, subject=subject.pk)
    return said


def one_more(subject: Subject, key: int) -> list[Known]:
    """Somebody whom a person found, by the key of their subject; never the subject itself."""
    found = asked("SELECT * FROM known_one(%s)", [key]) if key else []
    return [one for one in found if one.person_id != subject.person_id]


def note_matches_shown(found: list[Known], *, by: User) -> None:
    """Each match shown is a look, with its purpose."""
    for one in found:
        look(
            by=by, at=now(), case_id=one.case_id, part="referral", purpose="match",
            object_kind="subject", object_id=one.subject_id, sight="match",
        )  # fmt: skip


@dataclass(frozen=True)
class Beside:
    """One who may be known, with what the reader may still see of them and what was said."""

    known: Known
    facts: list[str]
    answer: SamePerson | None


def beside(subject: Subject) -> tuple[list[str], list[Beside]]:
    """What is known of this person, and each of the others beside it, the latest first.

    A constant number of queries. Of what has gone out of sight only its outcome is left.
    """
    return put_beside(subject, known_before(subject))


def put_beside(subject: Subject, found: list[Known]) -> tuple[list[str], list[Beside]]:
    """The same of some of them."""
    answered = answers_of(subject)
    facts = _facts_of([subject.person_id, *(one.person_id for one in found)])
    others = [
        Beside(one, facts.get(one.person_id, []), answered.get(one.person_id)) for one in found
    ]
    return facts.get(subject.person_id, []), others


def cases_seen(found: list[Beside], *, by: User) -> set[int]:
    """The keys of their cases that `by` may open."""
    keys = [one.known.case_id for one in found if one.known.case_id]
    return set(Case.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))


def _facts_of(person_ids: list[int]) -> dict[int, list[str]]:
    """Names, birth date, addresses, school and work, by the person's key."""
    facts: dict[int, list[str]] = {}
    tables = ((Name, "Name"), (BirthDate, "Born"), (Address, "Address"), (Place, "School or work"))
    for table, called in tables:
        for fact in table._default_manager.filter(person_id__in=person_ids):
            facts.setdefault(fact.person_id, []).append(f"{called}: {words_of(fact)}")
    return facts
