"""The evidence of a finding: its words, and where they come from (2.3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from waymark.assessments.models import TAKEN_FROM, Evidence, Finding
from waymark.assessments.sources import Source, sources_of
from waymark.audit.events import record, record_erasure
from waymark.database.clock import now
from waymark.directory.models import User
from waymark.directory.permission import Refused

CLAUSE = "2.3.5"


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as it is entered. `self_report`: it is the person's own word.

    `taken_from`: the key of a record of the case (see `sources`), which then says words, source
    and day where these are left out. `bears_how` and `clinician`: of a diagnosis.
    """

    words: str = ""
    source: str = ""
    speaks_for: bool = True
    kind: str = Evidence.Kind.FACT
    happened_date: date | None = None
    self_report: bool = False
    taken_from: str = ""
    bears_how: str = ""
    clinician: str = ""


def proof_of(one: Evidence) -> Proof:
    """A piece of evidence that is saved, as it is entered again."""
    return Proof(
        one.words, one.source, one.speaks_for, one.kind, one.happened_date, one.self_report,
        one.taken_from, one.bears_how, one.clinician,
    )  # fmt: skip


def replace_evidence(row: Finding, evidence: Sequence[Proof], *, by: User) -> None:
    """Evidence of an unfinished finding is replaced whole; rows that say the same stay."""
    known = {one.key: one for one in sources_of(row.case)} if _links(evidence) else {}
    wanted = list(dict.fromkeys(_checked(one, known) for one in evidence))
    kept = {proof_of(one): one for one in row.evidence.all()}
    for proof, old in kept.items():
        if proof not in wanted:
            record_erasure("evidence_taken_out", by=by, at=now(), case_id=row.case_id, row=old)
            old.delete()
    for proof in wanted:
        if proof not in kept:
            _add(row, proof, by=by)


def _links(evidence: Sequence[Proof]) -> bool:
    return any(one.taken_from for one in evidence)


def _add(row: Finding, proof: Proof, *, by: User) -> None:
    column, _, key = proof.taken_from.partition("-")
    link = {f"{column}_id": int(key)} if column in TAKEN_FROM else {}
    new = Evidence.objects.create(
        case_id=row.case_id, finding=row, by=by, at=now(), words=proof.words, source=proof.source,
        speaks_for=proof.speaks_for, kind=proof.kind, happened_date=proof.happened_date,
        self_report=proof.self_report, bears_how=proof.bears_how, clinician=proof.clinician,
        **link,
    )  # fmt: skip
    record("evidence_added", by=by, at=new.at, case_id=row.case_id, row=new)


def _checked(proof: Proof, known: dict[str, Source]) -> Proof:
    """`proof` without blanks around it, and whole. Raises Refused where something is missing."""
    proof = _filled(proof, known)
    if not proof.words or not proof.source:
        raise Refused(
            "A piece of evidence needs its words and where it comes from", clause=CLAUSE,
            until="Choose where it stands on the case, or say what it is and who told it.",
        )  # fmt: skip
    if proof.kind not in Evidence.Kind.values:
        raise Refused(
            "It is not said whether evidence is fact, opinion or allegation", clause=CLAUSE
        )
    if bool(proof.bears_how) != bool(proof.clinician):
        raise Refused(
            "A diagnosis needs how it bears on the factor, and whose clinical word it is",
            clause=CLAUSE, until="Write both, or leave both empty where it is no diagnosis.",
        )  # fmt: skip
    return proof


def _filled(proof: Proof, known: dict[str, Source]) -> Proof:
    said = replace(
        proof, words=proof.words.strip(), source=proof.source.strip(),
        bears_how=proof.bears_how.strip(), clinician=proof.clinician.strip(),
    )  # fmt: skip
    if not said.taken_from:
        return said
    found = known.get(said.taken_from)
    if found is None:
        raise Refused(
            "What the evidence is taken from is not on this case", clause=CLAUSE,
            until="Choose again, or say who told it.",
        )  # fmt: skip
    return replace(
        said, words=said.words or found.words, source=found.named,
        happened_date=said.happened_date or found.on,
    )  # fmt: skip
