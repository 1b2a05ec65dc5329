"""Writing an assessment: begun, saved as often as needed, and signed once (2.2, 2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from waymark.assessments.findings import Found, as_before, save_finding
from waymark.assessments.latest import latest_signed, unfinished
from waymark.assessments.models import Assessment, Finding
from waymark.audit.events import record
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Stage
from waymark.cases.stages import locked as case_locked
from waymark.cases.ways import CHAIRS, POLICE
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Changed, Refused, act
from waymark.policy.pack import in_force

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
    """Save what is written so far; what is not mentioned stays. Nothing need be complete.

    `version`: of the words that the person saw (`texts_version`). A factor has its own, so that
    two people can write different ones at once. Raises Changed where somebody was quicker.
    """
    assessment = locked(assessment, by=by)
    last = latest_signed(assessment.case)
    for found in written.found:
        save_finding(assessment, found, last, by=by)
    if written.texts:
        _save_texts(assessment, written.texts, version)
    assessment.version += 1
    assessment.save(update_fields=[*TEXTS, "texts_version", "version"])
    record("assessment_saved", by=by, at=now(), case_id=assessment.case_id, row=assessment)
    return assessment


@act
def confirm(assessment: Assessment, *, by: User, factor: str, seen: int | None = None) -> Finding:
    """One factor is as it was at the signed assessment before: looked at again today (2.2.7)."""
    assessment = locked(assessment, by=by)
    last = latest_signed(assessment.case)
    before = last.findings.filter(factor=factor).first() if last else None
    if last is None or before is None:
        raise Refused(
            "Nothing was found of this factor the last time", clause="2.2.7",
            until="Say what is found of it now.",
        )  # fmt: skip
    made = save_finding(assessment, as_before(before, seen=seen), last, by=by)
    assessment.version += 1
    assessment.save(update_fields=["version"])
    record("assessment_saved", by=by, at=now(), case_id=assessment.case_id, row=assessment)
    return made


def locked(assessment: Assessment, *, by: User, version: int | None = None) -> Assessment:
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


def _save_texts(assessment: Assessment, texts: dict[str, str], version: int | None) -> None:
    if version is not None and assessment.texts_version != version:
        raise Changed("Somebody else saved these words while you had the page open.")
    for name in TEXTS:
        if name in texts:
            setattr(assessment, name, texts[name].strip())
    assessment.texts_version += 1
