"""Before a case is opened: whether one knows the person, and what one opens it for (S26, S33).

With a task of one's own on the case nobody is asked what for; whether one knows the person,
everybody is asked once. Whoever opens very many cases is asked anew (S34).
"""

from dataclasses import dataclass
from datetime import timedelta

from waymark.audit.looks import OWN_WORDS as OWN_WORDS
from waymark.audit.looks import cases_opened, give_purpose, looks_since, purposes_of
from waymark.cases.access import knowing
from waymark.cases.models import Case
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.database.limits import limits
from waymark.directory.models import User
from waymark.directory.permission import Refused, act

CLAUSE = "2.1.4"
OWN_TASK, OWN_AREA = "own_task", "own_area"
# Eight at most, each with a key of its own.
PURPOSES = {
    "asked": "Somebody asked me about this case",
    "meeting": "To prepare a meeting, or after one",
    "stand_in": "I stand in for a colleague",
    "advice": "To supervise, or to advise on the work",
    "safety": "Somebody may come to harm",
    "record": "To check that the record is right",
    "rights": "A complaint, or somebody uses their rights",
    OWN_WORDS: "Something else, in my own words",
}
HOLDS = timedelta(hours=8)
GOES_ON = timedelta(hours=24)  # what was begun on a page is sent from it
SHORTLY = timedelta(minutes=10)
LONGEST = 300


@dataclass(frozen=True)
class Question:
    """What is asked before the case is shown. `anew`: since very many cases were opened."""

    knows: bool
    purpose: bool
    anew: bool = False


def works_on(user: User, case: Case) -> bool:
    """Whether `user` has something to do on this case: a task, or it is theirs to hold."""
    if case.tasks.waiting().of(user).exists():
        return True
    return case.holders.filter(user=user, until_at=None).exists()


def asked_before(
    user: User, case: Case, *, has_task: bool, sending: bool = False
) -> Question | None:
    """What `user` has to answer before this case is shown, if anything. `sending`: from a page
    of the case that they have had before them."""
    said = purposes_of(user, case_id=case.pk)
    knows = all(one.knows is None for one in said)
    moment = now()
    if sending and not knows and looks_since(moment - GOES_ON, by=user, case_id=case.pk).exists():
        return None
    anew = cases_opened(user, within=SHORTLY, at=moment, but=case.pk) >= limits().cases
    holds = SHORTLY if anew else HOLDS
    given = any(one.purpose and one.at > moment - holds for one in said)
    purpose = not given and (anew or not has_task)
    return Question(knows, purpose, anew) if knows or purpose else None


def purpose_of(user: User, case: Case, *, has_task: bool) -> str:
    """The code of what `user` looks at this case for."""
    said = [one for one in purposes_of(user, case_id=case.pk) if one.purpose]
    if said and said[0].at > now() - HOLDS:
        return said[0].purpose
    return OWN_TASK if has_task else said[0].purpose if said else OWN_AREA


@act
def answer(case: Case, *, by: User, question: Question, purpose: str = "", words: str = "") -> None:
    """Say that one does not know the person, where that is asked, and what the case is opened
    for; in one's own words where none of the purposes fits."""
    if question.purpose:
        if purpose not in PURPOSES:
            raise Refused("It is not said what you open this case for", clause=CLAUSE,
                          until="Choose a purpose, or say it in your own words.")  # fmt: skip
        if purpose == OWN_WORDS:
            words = needs(words, why="It is not said what you open this case for", clause=CLAUSE,
                          until="Say it in a few words.")  # fmt: skip
    give_purpose(
        by=by, at=now(), case_id=case.pk, purpose=purpose if question.purpose else "",
        words=words.strip()[:LONGEST] if question.purpose else "",
        knows=False if question.knows else None,
    )  # fmt: skip


@act
def knows_the_person(case: Case, *, by: User, words: str) -> None:
    """Say that one knows the person: the case is not there any more. They are not asked again,
    should those who are told let them see it."""
    knowing.may_declare(by, case)
    give_purpose(by=by, at=now(), case_id=case.pk, purpose="", knows=True)
    knowing.declare_knows(case, by=by, words=words)
