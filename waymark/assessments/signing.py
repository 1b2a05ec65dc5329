"""Signing an assessment: from then on it stands, and decisions can rest on it."""

from dataclasses import dataclass

from waymark.assessments.latest import latest_signed
from waymark.assessments.models import Assessment, Finding
from waymark.assessments.sheet import Line, sheet
from waymark.assessments.writing import locked, may_assess
from waymark.audit.events import record
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.words import needs, needs_each
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act, refusal

State = Finding.State
CHANGED_WHY = "A repeated assessment does not say what changed"
WHOLE = {
    "engagement": "engagement with a group, cause or ideology",
    "intent": "intent to cause harm",
    "capability": "capability to cause harm",
    "protective": "what protects the person",
    "own_view": "the person’s own view, or why it is not known",
    "conclusion": "the conclusion",
}


@dataclass(frozen=True)
class Missing:
    """Something that an assessment lacks. `factor`: its code; "" for what the whole lacks."""

    why: Refused
    factor: str = ""


def may_sign(user: User, assessment: Assessment) -> None:
    """Whoever may assess, once each finding has its evidence and the whole is summed up."""
    may_assess(user, assessment.case)
    for lacks in missing_of(assessment):
        raise lacks.why


def missing_of(assessment: Assessment) -> list[Missing]:
    """All that is missing before it can be signed, the findings first."""
    last = latest_signed(assessment.case)
    lines = [line for part in sheet(assessment, last) for line in part.lines]
    lacks = [
        Missing(why, line.factor)
        for line in lines
        for why in (refusal(may_stand, line), refusal(_is_followed, line))
        if why
    ]
    texts = [refusal(_may_be_blank, name, getattr(assessment, name)) for name in WHOLE]
    if last:
        texts.append(refusal(_says_what_changed, assessment))
    return [*lacks, *(Missing(why) for why in texts if why)]


def _may_be_blank(name: str, words: str) -> None:
    needs_each({WHOLE[name]: words}, clause="2.2.6")


def _says_what_changed(assessment: Assessment) -> None:
    needs(
        assessment.changes, why=CHANGED_WHY, clause="2.2.7",
        until="Say what changed since the last one, or why nothing did.",
    )  # fmt: skip


def may_stand(line: Line) -> None:
    """What is known of a factor has evidence: *not present* more than the person’s own word, and
    what is there more than a diagnosis."""
    if line.state == State.NOT_YET_KNOWN:
        return
    if not line.evidence:
        raise Refused(
            f"“{line.name}” has no evidence", clause="2.3.5",
            until="Add what shows it, with its source, or say that it is not yet known.",
        )  # fmt: skip
    if line.state == State.NOT_PRESENT and all(one.self_report for one in line.evidence):
        raise Refused(
            f"That “{line.name}” is not present rests on the person’s own word alone",
            clause="2.3.5",
            until="Add a second source, or say that it is not yet known.",
        )
    if line.state != State.NOT_PRESENT and all(one.is_diagnosis for one in line.evidence):
        raise Refused(
            f"“{line.name}” rests on a diagnosis alone", clause="2.3.5",
            until="Add what the person said or did, or say that it is not yet known.",
        )  # fmt: skip


def _is_followed(line: Line) -> None:
    """What was found the last time is confirmed, or it is said what changed and why."""
    before = line.before
    if before is None or before.state == State.NOT_YET_KNOWN:
        return
    if line.finding is None:
        raise Refused(
            f"“{line.name}” was found the last time and nobody has looked at it again",
            clause="2.2.7", until="Confirm that it is unchanged, or say what changed and why.",
        )  # fmt: skip
    if not line.finding.confirmed and not line.finding.changed_why:
        raise Refused(
            f"“{line.name}” is found otherwise than the last time", clause="2.2.7",
            until="Say what changed and why.",
        )  # fmt: skip


@act
def sign(assessment: Assessment, *, by: User, version: int | None = None) -> Assessment:
    """Sign an assessment. It is never changed again; the next one says what changed since."""
    assessment = locked(assessment, by=by, version=version)
    may_sign(by, assessment)
    assessment.signed_by, assessment.signed_at = by, now()
    assessment.version += 1
    assessment.save(update_fields=["signed_by", "signed_at", "version"])
    case = assessment.case
    record(
        "assessment_signed", by=by, at=assessment.signed_at, case_id=case.pk, row=assessment,
        sort=assessment.kind,
    )  # fmt: skip
    finish_those(waiting_of(case, "repeat_assessment"), by=by, outcome="assessed")
    give(
        "repeat_assessment", by=by, case=case, role=Role.POLICE_OFFICER, clause="2.2.7",
        limit="assessment_repeat", object_id=assessment.pk,
        why="People change: weigh the factors anew.",
    )  # fmt: skip
    return assessment


def to_look_at_again(assessment: Assessment) -> list[str]:
    """What is pointed out to the assessor, and refuses nothing (2.2.8)."""
    by_dimension: dict[str, set[str]] = {}
    for finding in assessment.findings.all():
        by_dimension.setdefault(finding.dimension, set()).add(finding.state)
    there = {State.PARTLY.value, State.STRONGLY.value}
    engaged = by_dimension.get("engagement", set())
    gone = State.WAS_PRESENT.value in engaged and not engaged & there
    if gone and by_dimension.get("intent", set()) & there:
        return [
            "The person is said to have let go of the cause and still to mean harm."
            " Letting go of a cause brings an end to meaning harm with it: look at both again."
        ]
    return []
