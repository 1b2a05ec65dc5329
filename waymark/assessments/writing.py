"""Writing an assessment: begun, saved as often as needed, and signed once (2.2, 2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from waymark.assessments.latest import unfinished
from waymark.assessments.models import Assessment, Evidence, Finding
from waymark.audit.events import record, record_erasure
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked as case_locked
from waymark.cases.ways import CHAIRS, POLICE
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Changed, Refused, act
from waymark.policy.pack import NotInPack, edition, in_force

Kind = Assessment.Kind
TEXTS = ("engagement", "intent", "capability", "protective", "own_view", "conclusion", "changes")
PRELIMINARY_AT = (Stage.PARTNER_CHECKS, Stage.SECOND_RISK)
PANEL_AT = (Stage.PANEL, Stage.SEEKING_CONSENT)
REVIEW_AT = (Stage.SUPPORTED, Stage.EXIT_RECOMMENDED, Stage.EXITED)
WHEN: dict[str, tuple[Stage, ...]] = {
    Kind.PRELIMINARY: PRELIMINARY_AT,
    Kind.PANEL: PANEL_AT,
    Kind.REVIEW: REVIEW_AT,
}


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as it is entered. `self_report`: it is the person's own word."""

    words: str
    source: str
    speaks_for: bool = True
    kind: str = Evidence.Kind.FACT
    happened_date: date | None = None
    self_report: bool = False


@dataclass(frozen=True)
class Found:
    """What is found of one factor. `evidence`: all of it, in place of what was saved before.

    A factor of this case's own has a code of its own, with `name` and `dimension` (2.2.5).
    """

    factor: str
    state: str = Finding.State.NOT_YET_KNOWN
    shows: str = ""
    speaks_against: str = ""
    evidence: Sequence[Proof] = ()
    name: str = ""
    dimension: str = ""


@dataclass(frozen=True)
class Written:
    """What is saved of an unfinished assessment; `texts` by the names of its columns."""

    found: Sequence[Found] = ()
    texts: dict[str, str] = field(default_factory=dict)


def kind_for(case: Case) -> str:
    """The kind of assessment that belongs to where the case stands. Refused where none does."""
    for kind, stages in WHEN.items():
        if case.stage in stages:
            return kind
    raise Refused(
        f"The factors are not assessed while the case stands at “{case.get_stage_display()}”",
        clause="2.5.8",
        until="They are assessed during partner checks, at the panel and while support goes on.",
    )


def may_assess(user: User, case: Case) -> None:
    """The police make the preliminary one; later ones also the chair, for the panel."""
    kind = kind_for(case)
    who: tuple[Role, ...] = POLICE if kind == Kind.PRELIMINARY else (*POLICE, *CHAIRS)
    if not user.roles_in(case.area) & set(who):
        posts = " or ".join(role.label for role in who)
        raise Refused(
            "Assessing this case is not yours to do", clause="2.5.8",
            until=f"It is done by: {posts}, of {case.area.name}.",
        )  # fmt: skip


@act
def start(case: Case, *, by: User, version: int | None = None) -> Assessment:
    """Begin the assessment that is due, or find the one that is begun: one at a time."""
    case = case_locked(case, version=version)
    may_assess(by, case)
    accept_where_offered(case, by=by)
    if begun := unfinished(case):
        return begun
    made = Assessment.objects.create(
        case=case, kind=kind_for(case), edition=in_force().code, by=by, at=now()
    )
    record("assessment_begun", by=by, at=made.at, case_id=case.pk, row=made, sort=made.kind)
    return made


@act
def save(
    assessment: Assessment, *, by: User, written: Written, version: int | None = None
) -> Assessment:
    """Save what is written so far; what is not mentioned stays. Nothing need be complete."""
    assessment = locked(assessment, by=by, version=version)
    for found in written.found:
        _save_finding(assessment, found, by=by)
    for name in TEXTS:
        if name in written.texts:
            setattr(assessment, name, written.texts[name].strip())
    assessment.version += 1
    assessment.save(update_fields=[*TEXTS, "version"])
    record("assessment_saved", by=by, at=now(), case_id=assessment.case_id, row=assessment)
    return assessment


def locked(assessment: Assessment, *, by: User, version: int | None) -> Assessment:
    """An unfinished assessment as it is now, locked, for who may assess.

    Raises Changed where it is no longer the `version` that the person saw, or was signed.
    """
    case = case_locked(assessment.case)
    may_assess(by, case)
    found = case.assessments.select_related("by", "signed_by").get(pk=assessment.pk)
    found.case = case
    if found.is_signed:
        raise Changed("This assessment was signed: it can be followed by another, not changed.")
    if version is not None and found.version != version:
        raise Changed("Somebody else saved this assessment while you had the page open.")
    return found


def _save_finding(assessment: Assessment, found: Found, *, by: User) -> None:
    name, dimension = _factor(assessment, found)
    if found.state not in Finding.State.values:
        raise Refused("It is not said what is found of a factor", clause="2.3.1")
    row = assessment.findings.filter(factor=found.factor).first()
    row = row or Finding(case=assessment.case, assessment=assessment, factor=found.factor)
    row.name, row.dimension, row.state = name, dimension, found.state
    row.shows, row.speaks_against = found.shows.strip(), found.speaks_against.strip()
    row.save()
    record("finding_saved", by=by, at=now(), case_id=row.case_id, row=row)
    _replace_evidence(row, found.evidence, by=by)


def _factor(assessment: Assessment, found: Found) -> tuple[str, str]:
    """The name to keep and the dimension: the framework's, or this case's own factor's."""
    pack = edition(assessment.edition)
    try:
        return "", pack.factor(found.factor).dimension
    except NotInPack:
        known = {one.code for one in pack.framework.dimensions}
        if found.name.strip() and found.dimension in known:
            return found.name.strip(), found.dimension
    raise Refused(
        "A factor of this case’s own needs a name and its dimension", clause="2.2.5",
        until="Name it, and choose engagement, intent or capability.",
    )  # fmt: skip


def _replace_evidence(row: Finding, evidence: Sequence[Proof], *, by: User) -> None:
    """Evidence of an unfinished finding is replaced whole; rows that say the same stay."""
    kept = list(row.evidence.all())
    said = {_key(one): one for one in kept}
    wanted = [_checked(one) for one in evidence]
    for old in kept:
        if _key(old) not in {_key(one) for one in wanted}:
            record_erasure("evidence_taken_out", by=by, at=now(), case_id=row.case_id, row=old)
            old.delete()
    for one in wanted:
        if _key(one) in said:
            continue
        new = Evidence.objects.create(
            case_id=row.case_id, finding=row, by=by, at=now(), words=one.words, source=one.source,
            speaks_for=one.speaks_for, kind=one.kind, happened_date=one.happened_date,
            self_report=one.self_report,
        )  # fmt: skip
        record("evidence_added", by=by, at=new.at, case_id=row.case_id, row=new)
        said[_key(one)] = new


def _checked(proof: Proof) -> Proof:
    words, source = proof.words.strip(), proof.source.strip()
    if not words or not source:
        raise Refused(
            "A piece of evidence needs its words and where it comes from", clause="2.3.5",
            until="Say what it is and who told it or where it was seen.",
        )  # fmt: skip
    if proof.kind not in Evidence.Kind.values:
        raise Refused(
            "It is not said whether evidence is fact, opinion or allegation", clause="2.3.5"
        )
    return Proof(
        words, source, proof.speaks_for, proof.kind, proof.happened_date, proof.self_report
    )


def _key(one: Proof | Evidence) -> tuple[object, ...]:
    return (one.words, one.source, one.speaks_for, one.kind, one.happened_date, one.self_report)
