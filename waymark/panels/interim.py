"""Steps for safety between two meetings: chair and police, until a day, put to the next panel.

They adopt no case, end none and plan no support: only a quorate meeting does, called for it where
it cannot wait.
"""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, Stage, Task
from waymark.cases.posts import people_on
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give
from waymark.cases.ways import CHAIRS, POLICE
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.notices import notify
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.meetings import HEARD_AT
from waymark.panels.models import InterimStep

CLAUSE = "2.8.18"
TASK = "answer_interim_step"
ANSWERED_WITHIN = "endorse_exit"  # the limit of what chair and police agree on
Answer = InterimStep.Answer


def may_take_step(user: User, case: Case) -> None:
    """Chair or police, on a case that the panel hears."""
    if not user.roles_in(case.area) & {*CHAIRS, *POLICE}:
        raise Refused(
            "Steps between two meetings are not yours to take", clause=CLAUSE,
            until="They are taken by the chair or vice-chair and the police.",
        )  # fmt: skip
    stage = case.held_from if case.stage == Stage.POLICE_HELD else case.stage
    if stage not in HEARD_AT:
        raise Refused(
            "No panel hears this case now", clause=CLAUSE,
            until="What is done at this stage is written down as an entry.",
        )  # fmt: skip


@act
def take_step(
    case: Case, *, by: User, what: str, why: str, until_date: date | None,
    version: int | None = None,
) -> InterimStep:  # fmt: skip
    """Record a step for safety that holds until a day; the other side is asked to agree."""
    case = locked(case, version=version)
    may_take_step(by, case)
    made = InterimStep.objects.create(
        case=case, by=by, organisation=by.organisation, at=now(),
        what=needs(what, why="Nothing says what is done", clause=CLAUSE),
        why=needs(why, why="Nothing says why it cannot wait", clause=CLAUSE),
        until_date=needs_day_to_come(
            until_date, what="the day until which it holds", clause=CLAUSE
        ),
    )  # fmt: skip
    record("interim_step_taken", by=by, at=made.at, case_id=case.pk, row=made)
    _ask_the_other(made, by=by)
    return made


def _ask_the_other(step: InterimStep, *, by: User) -> None:
    case = step.case
    other = Role.CHAIR if by.roles_in(case.area) & set(POLICE) else Role.POLICE_LEAD
    give(
        TASK, by=by, case=case, role=other, limit=ANSWERED_WITHIN, object_id=step.pk,
        clause=CLAUSE, why="A step for safety was taken before the next panel: say what you think.",
    )  # fmt: skip
    for user in people_on(case, other):
        notify(user, TASK, by=by, path=f"/cases/{case.reference}")


def may_answer_step(user: User, step: InterimStep) -> None:
    """The other side: police where the chair took it, the chair where the police did."""
    if step.answer:
        raise Refused("This step has been answered already", clause=CLAUSE)
    posts = user.roles_in(step.case.area)
    taken_by_police = step.organisation.kind == "police"
    if not posts & set(CHAIRS if taken_by_police else POLICE) or user == step.by:
        who = "the chair or the vice-chair" if taken_by_police else "the police"
        raise Refused(
            "Agreeing to this step is not yours to do", clause=CLAUSE,
            until=f"It is done by {who}.",
        )  # fmt: skip


@act
def answer_step(step: InterimStep, *, by: User, answer: str, words: str = "") -> None:
    """Agree to a step, or say why not: then both stand before the panel."""
    case = locked(step.case)
    step = case.interim_steps.select_for_update(of=("self",)).get(pk=step.pk)
    step.case = case
    may_answer_step(by, step)
    if answer not in Answer.values:
        raise Refused("It is not said whether you agree", clause=CLAUSE)
    if answer == Answer.NOT_AGREED:
        words = needs(words, why="Nothing says why you do not agree", clause=CLAUSE)
    step.answer, step.answer_words = answer, words.strip()
    step.answered_by, step.answered_at = by, now()
    step.save(update_fields=["answer", "answer_words", "answered_by", "answered_at"])
    record("interim_step_answered", by=by, at=step.answered_at, case_id=case.pk, row=step)
    waiting = Task.objects.waiting().filter(kind=TASK, case=case, object_id=step.pk)
    finish_those(list(waiting), by=by, outcome=answer)
