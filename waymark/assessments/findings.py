"""What is found of one factor: saved by itself, or confirmed as it was the last time (2.2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from waymark.assessments.evidence import Proof, proof_of, replace_evidence
from waymark.assessments.models import Assessment, Finding
from waymark.audit.events import record
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Changed, Refused
from waymark.policy.pack import NotInPack, edition

SAVED_MEANWHILE = "{} saved this factor while you had the page open. Both texts stand below."


@dataclass(frozen=True)
class Found:
    """What is found of one factor. `evidence`: all of it, in place of what was saved before.

    A factor of this case's own has a code of its own, with `name`, `dimension` and `added_why`
    (2.2.5). `changed_why`: where it is found otherwise than the last time. `seen`: the version
    of the finding that the person saw, 0 where there was none; left out, whatever stands is
    replaced.
    """

    factor: str
    state: str = Finding.State.NOT_YET_KNOWN
    shows: str = ""
    speaks_against: str = ""
    evidence: Sequence[Proof] = ()
    name: str = ""
    dimension: str = ""
    added_why: str = ""
    changed_why: str = ""
    seen: int | None = None


def as_before(last: Finding, *, seen: int | None = None) -> Found:
    """Found as the last time: *unchanged, confirmed today*."""
    proofs = [proof_of(one) for one in last.evidence.all()]
    return Found(
        last.factor, last.state, last.shows, last.speaks_against, proofs, last.name,
        last.dimension, last.added_why, seen=seen,
    )  # fmt: skip


def save_finding(
    assessment: Assessment, found: Found, last: Assessment | None, *, by: User
) -> Finding:
    """Write one finding of a locked assessment; `last` is the signed one that it starts from."""
    name, dimension, added_why = _factor(assessment, found)
    if found.state not in Finding.State.values:
        raise Refused("It is not said what is found of a factor", clause="2.3.1")
    row = assessment.findings.select_related("by").filter(factor=found.factor).first()
    _may_replace(row, found)
    row = row or Finding(
        case=assessment.case, assessment=assessment, factor=found.factor, version=0
    )
    row.name, row.dimension, row.added_why = name, dimension, added_why
    row.state = found.state
    row.shows, row.speaks_against = found.shows.strip(), found.speaks_against.strip()
    row.confirmed, row.changed_why = False, found.changed_why.strip()
    row.by, row.at = by, now()
    row.version = 1 if row._state.adding else row.version + 1
    row.save()
    replace_evidence(row, found.evidence, by=by)
    if (before := _before(last, row)) and is_same(row, before):
        row.confirmed, row.changed_why = True, ""
        row.save(update_fields=["confirmed", "changed_why"])
    record("finding_saved", by=by, at=row.at, case_id=row.case_id, row=row)
    return row


def is_same(now_found: Finding, before: Finding) -> bool:
    """Whether a finding says what the one before it said, evidence and all."""
    same = (
        (one.state, one.shows, one.speaks_against, {proof_of(each) for each in one.evidence.all()})
        for one in (now_found, before)
    )
    return next(same) == next(same)


def _before(last: Assessment | None, row: Finding) -> Finding | None:
    if last is None:
        return None
    found = last.findings.prefetch_related("evidence")
    return found.filter(factor=row.factor, dimension=row.dimension, name=row.name).first()


def _may_replace(row: Finding | None, found: Found) -> None:
    """Raises Changed where somebody else has saved this factor since the person saw it."""
    if found.seen is not None and found.seen != (row.version if row else 0):
        who = row.by.name if row else "Somebody else"
        raise Changed(SAVED_MEANWHILE.format(who))


def _factor(assessment: Assessment, found: Found) -> tuple[str, str, str]:
    """The name to keep, the dimension and why it was added: only of this case's own factors."""
    pack = edition(assessment.edition)
    try:
        return "", pack.factor(found.factor).dimension, ""
    except NotInPack:
        known = {one.code for one in pack.framework.dimensions}
        name, why = found.name.strip(), found.added_why.strip()
        if name and why and found.dimension in known:
            return name, found.dimension, why
    raise Refused(
        "A factor of this case’s own needs a name, its dimension and a reason", clause="2.2.5",
        until="Name it, choose its dimension, and say why it is added.",
    )  # fmt: skip
