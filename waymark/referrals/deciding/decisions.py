"""What a screener decides of one person, and everything that an outcome needs first (2.5.6)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from waymark.cases.models import Case
from waymark.directory.models import Area, Role, User
from waymark.directory.permission import Refused
from waymark.referrals.deciding.known import (
    Known,
    counts_as_repeat,
    perhaps_the_same,
    the_same,
    unanswered,
)
from waymark.referrals.models import Screening, Subject
from waymark.referrals.readers import POLICE, may_read

CLAUSE = "2.5.6"
THE_CASE = "case"  # why an area, where a case has it already
State, Outcome, Reason = Subject.State, Screening.Outcome, Screening.Reason
FOUR = {
    "what_is_new": "What is new",
    "what_repeats": "What repeats",
    "what_was_left_open": "What was left open",
    "what_it_shows_together": "What it shows together",
}
OF_ONE_REASON = {
    "passed_to": Reason.SAFEGUARDING,
    "duplicate_of": Reason.DUPLICATE,
    "motive": Reason.MALICIOUS,
    "content_true": Reason.MALICIOUS,
}


@dataclass(frozen=True)
class Decision:
    """What a screener decides and writes. The four texts: of a second or later referral (R3).

    `area`: where there is no case yet; a case that it joins or re-opens has its own.
    `held_why`: the person is suspected of illegal terrorist-related activity, so that the
    police hold the case that is opened (1.3.7); `look_again_date`: by when they look again.
    """

    outcome: str
    why: str
    area: Area | None = None
    area_basis: str = ""
    extract: str = ""
    reason: str = ""
    concern_type: str = ""
    passed_to: str = ""
    duplicate_of: str = ""
    motive: str = ""
    content_true: str = ""
    what_is_new: str = ""
    what_repeats: str = ""
    what_was_left_open: str = ""
    what_it_shows_together: str = ""
    case_id: int | None = None  # that it joins or re-opens
    held_why: str = ""
    look_again_date: date | None = None

    def of_its_case(self) -> "Decision":
        """The same, in the area of the case that it joins or re-opens, whatever was said of one."""
        if self.case_id is None or self.outcome not in (
            Outcome.JOINS_CASE, Outcome.REOPENS_CASE,
        ):  # fmt: skip
            return self
        case = Case.objects.select_related("area").filter(pk=self.case_id).first()
        return replace(self, area=case.area, area_basis=THE_CASE) if case else self

    def four_texts(self) -> tuple[str, ...]:
        return tuple(getattr(self, name).strip() for name in FOUR)

    @property
    def ends(self) -> bool:
        return self.outcome == Outcome.NOT_PREVENT

    def of_the_screening(self) -> dict[str, Any]:
        """What is kept in the screening's own row: nothing that another outcome would ask for."""
        kept = {name: getattr(self, name) for name in ("outcome", "why", "concern_type", *FOUR)}
        kept["reason"] = self.reason if self.ends else ""
        for name, reason in OF_ONE_REASON.items():
            kept[name] = getattr(self, name) if self.ends and self.reason == reason else ""
        return kept | {"case_id": None if self.ends else self.case_id}


def may_screen(user: User, subject: Subject) -> None:
    """Who may read it, as long as nobody has settled what becomes of it."""
    may_read(user, subject)
    if subject.state == State.SCREENED:
        raise Refused("This referral has been screened", clause=CLAUSE)


def may_begin_deciding(user: User, subject: Subject) -> None:
    """What comes before any outcome: nobody else is at it, and who may be known is answered."""
    may_screen(user, subject)
    if subject.state == State.PROPOSED:
        raise Refused(
            "An outcome waits for a second person",
            clause=CLAUSE,
            until="Somebody who decided none of the earlier referrals confirms it or not.",
        )
    if subject.taken_by_id not in (None, user.pk):
        raise Refused(
            "Somebody else has taken this referral", clause=CLAUSE,
            until="Take it over from them first: what is due, and when, stays as it is.",
        )  # fmt: skip
    may_go_on(subject)


def may_go_on(subject: Subject) -> None:
    """Everybody who may be the same person has been answered for, by a person (R2)."""
    if unanswered(subject):
        raise Refused(
            "People of the same name and birth date have been referred before",
            clause=CLAUSE,
            until="Say of each whether they are the same person, different, or cannot be told.",
        )


def may_decide(user: User, subject: Subject, decision: Decision) -> None:
    """Everything that an outcome needs before it may be written."""
    may_begin_deciding(user, subject)
    _has_its_words(user, decision)
    if counts_as_repeat(subject):
        _weighs_the_earlier(subject, decision)
    if decision.ends:
        _may_end(decision)
    else:
        _may_open(subject, decision)


def _has_its_words(user: User, decision: Decision) -> None:
    if decision.outcome not in Outcome.values:
        raise Refused("No outcome is chosen", clause=CLAUSE, until="Select one of the outcomes.")
    if not decision.why.strip():
        raise Refused("No reason is given for the outcome", clause=CLAUSE, until="Write it.")
    if decision.area is None or not decision.area_basis.strip():
        raise Refused(
            "It is not said which area answers for this person, and on what basis", clause=CLAUSE
        )
    if not user.roles_in(decision.area) & POLICE:
        raise Refused(
            f"You hold no police post in {decision.area.name}", clause=CLAUSE,
            until=f"A police Prevent officer of {decision.area.name} takes it over.",
        )  # fmt: skip


def _weighs_the_earlier(subject: Subject, decision: Decision) -> None:
    """Four texts, each its own, and none of them last time's (R3)."""
    texts = decision.four_texts()
    missing = [named for text, named in zip(texts, FOUR.values(), strict=True) if not text]
    if missing:
        raise Refused(
            "This person was referred before, and it is not said: "
            + ", ".join(named[0].lower() + named[1:] for named in missing),
            clause=CLAUSE,
            until="Say what is new, what repeats, what was left open, and what it shows together.",
        )
    said = [_plain(text) for text in texts]
    if len(set(said)) < len(said):
        raise Refused("The four answers about earlier referrals are not all different",
                      clause=CLAUSE)  # fmt: skip
    if set(said) & _said_before(subject):
        raise Refused(
            "One of the four answers is the text of an earlier screening", clause=CLAUSE,
            until="Write what this referral shows.",
        )  # fmt: skip


def _said_before(subject: Subject) -> set[str]:
    earlier: list[Known] = perhaps_the_same(subject)
    return {_plain(text) for one in earlier for text in (*one.texts, one.why) if text}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _may_end(decision: Decision) -> None:
    """*Not Prevent* says what became of it."""
    if decision.reason not in Reason.values:
        raise Refused("It is not said why this is not for Prevent", clause=CLAUSE,
                      until="Select what became of it.")  # fmt: skip
    if decision.held_why.strip():
        raise Refused(
            "Somebody suspected of illegal terrorist-related activity is referred to the police",
            clause="1.3.7", until="Open a case, which the police then hold.",
        )  # fmt: skip
    if decision.reason == Reason.SAFEGUARDING and not decision.passed_to.strip():
        raise Refused(
            "A safeguarding matter is passed on",
            clause="2.5.13",
            until="Say to whom it was passed.",
        )
    if decision.reason == Reason.DUPLICATE and not decision.duplicate_of.strip():
        raise Refused("Say which referral this one is a duplicate of", clause=CLAUSE)
    if decision.reason == Reason.MALICIOUS and not (
        decision.motive.strip() and decision.content_true.strip()
    ):
        raise Refused(
            "“Malicious” needs evidence of the motive, and apart from it a finding on whether "
            "what was said is true",
            clause=CLAUSE,
        )


def _may_open(subject: Subject, decision: Decision) -> None:
    """A case is made of what is about this person, and joined only with the same person's."""
    if not decision.extract.strip():
        raise Refused(
            "Nothing says what of the referral is about this person", clause=CLAUSE,
            until="Write the extract: it is all that others ever see of the referral.",
        )  # fmt: skip
    cases = {one.case_id: one for one in the_same(subject) if one.case_id}
    if decision.outcome == Outcome.NEW_CASE:
        if any(one.case_is_open for one in cases.values()):
            raise Refused(
                "This person has an open case", clause=CLAUSE, until="Join the referral to it."
            )
        return
    if decision.case_id is None:
        raise Refused("Select the case that this joins or re-opens", clause=CLAUSE)
    if decision.case_id not in cases:
        raise Refused(
            "Only a case of somebody whom you said to be the same person can be joined",
            clause=CLAUSE,
        )
    if cases[decision.case_id].case_is_open != (decision.outcome == Outcome.JOINS_CASE):
        raise Refused("An open case is joined; one that has ended is re-opened", clause=CLAUSE)
    if decision.held_why.strip() and decision.outcome == Outcome.JOINS_CASE:
        raise Refused(
            "A case that is open is held from its own page", clause="2.8.17",
            until="Join the referral to it, then hold it there.",
        )  # fmt: skip


def lead_of(user: User, subject: Subject) -> bool:
    """Whether `user` is police lead for the person's area."""
    return Role.POLICE_LEAD in user.roles_in(subject.area)
