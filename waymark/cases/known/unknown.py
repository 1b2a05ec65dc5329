"""What is still not known of a case, and who might know: rows, until each is answered (2.7.3)."""

from waymark.audit.events import record
from waymark.cases.models import Case, OpenQuestion, QuestionEnd, Stage
from waymark.cases.stages import locked
from waymark.cases.words import needs
from waymark.cases.writers import may_write, may_write_while_open
from waymark.database.clock import now
from waymark.directory.models import Organisation, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.7.3"
OF_A_FACTOR = "2.3.1"
Arose = OpenQuestion.Arose
AROSE = {
    Stage.GATHERING: Arose.GATHERING,
    Stage.FIRST_RISK: Arose.RISK,
    Stage.LEAD_REVIEW: Arose.LEAD_REVIEW,
    Stage.PARTNER_CHECKS: Arose.PARTNER_CHECKS,
    Stage.SECOND_RISK: Arose.RISK,
    Stage.NEXT_STEP: Arose.NEXT_STEP,
}


def questions_of(case: Case) -> list[OpenQuestion]:
    """Every question, the first one first, each with how it ended where it did."""
    found = case.open_questions.select_related("organisation", "by", "end__by")
    return list(found.order_by("at", "pk"))


def still_open(case: Case) -> list[OpenQuestion]:
    """Those that nobody has closed, the first one first."""
    found = case.open_questions.filter(end=None).select_related("organisation", "by")
    return list(found.order_by("at", "pk"))


def question_of(case: Case, key: int) -> OpenQuestion | None:
    found = case.open_questions.select_related("organisation", "by", "case__area")
    return found.filter(pk=key).first()


def may_open(user: User, case: Case) -> None:
    """Whoever writes on a case, while it is open."""
    may_write_while_open(user, case)


@act
def write(
    case: Case, *, by: User, words: str, organisation: Organisation | None = None, who: str = "",
    factor: str = "", version: int | None = None,
) -> OpenQuestion:  # fmt: skip
    """Write down what is not known. `organisation`: who might know; else `who`, in words.

    It arose where the case stands, or from the assessment of the `factor` that is named.
    """
    case = locked(case, version=version)
    may_open(by, case)
    clause = OF_A_FACTOR if factor else CLAUSE
    said = needs(words, why="Nothing says what is not known", clause=clause, until="Write it.")
    whom = "" if organisation else needs(
        who, why="Nothing says who might know", clause=clause,
        until="Choose an organisation, or write who might know, or that nobody is known who does.",
    )  # fmt: skip
    arose = Arose.FACTOR if factor else AROSE.get(Stage(case.stage), Arose.LATER)
    made = OpenQuestion.objects.create(
        case=case, words=said, organisation=organisation, who=whom, arose=arose, factor=factor,
        by=by, at=now(),
    )  # fmt: skip
    record("question_opened", by=by, at=made.at, case_id=case.pk, row=made, arose=arose)
    return made


def may_end(user: User, question: OpenQuestion) -> None:
    """Whoever writes on the case, once; also after the case has ended."""
    may_write(user, question.case)
    end = QuestionEnd.objects.filter(question=question).select_related("by").first()
    if end is not None:
        raise Refused(
            f"{end.by.name} has closed this question already: {end.get_how_display().lower()}",
            clause=CLAUSE, until="Write down a new question, where something else is not known.",
        )  # fmt: skip


@act
def end(question: OpenQuestion, *, by: User, how: str, words: str) -> QuestionEnd:
    """Say how a question ended: answered, found out in another way, or no longer needed."""
    case = locked(question.case)
    may_end(by, question)
    if how not in QuestionEnd.How.values:
        raise Refused("It is not said how the question ended", clause=CLAUSE, until="Choose one.")
    made = QuestionEnd.objects.create(
        case=case, question=question, how=how, by=by, at=now(),
        words=needs(
            words, why="Nothing says what is known now, or why it is no longer needed",
            clause=CLAUSE, until="Write it.",
        ),
    )  # fmt: skip
    record("question_ended", by=by, at=made.at, case_id=case.pk, row=made, how=how)
    return made
