"""A plan as it is proposed, and what it cannot be without (2.8.6 to 2.8.12, 2.8.21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waymark.assessments.models import Assessment, Finding
from waymark.cases.known.needs import code_of, open_needs
from waymark.cases.words import needs, needs_day_to_come
from waymark.directory.models import Organisation, User
from waymark.directory.permission import Refused
from waymark.policy.pack import NotInPack, in_force
from waymark.support.models import Need, Piece

PRESENT = (Finding.State.PARTLY, Finding.State.STRONGLY)


@dataclass(frozen=True)
class PieceSaid:
    """A piece as it is proposed. `need`: the position of its need in the plan, from 0.

    `aim`: in the person's own words; `works_how`: how one will see that it works; `level`: where
    it is another than the plan's.
    """

    kind: str
    need: int
    aim: str
    answers_how: str
    locally: str
    works_how: str
    brief: str
    lead: User
    provider: Organisation
    from_date: date
    until_date: date
    rhythm: str
    sessions: int
    risk_to_worker: str
    risk_done: str
    safe_contact: str
    provider_user: User | None = None
    level: str = ""
    level_why: str = ""
    whole_family: bool = False


@dataclass(frozen=True)
class NeedSaid:
    """What is to be addressed. `factor`: the code of the factor, or of the need of the case, that
    it comes from."""

    kind: str
    words: str
    factor: str = ""
    not_addressed_why: str = ""


@dataclass(frozen=True)
class PlanSaid:
    """`own_words`: what the person says of it, heard by `heard_by`; or why there are none yet."""

    level: str
    risks_to_providers: str
    ask_how: str
    ask_by_date: date | None
    asker: User
    case_lead: User
    needs: Sequence[NeedSaid]
    pieces: Sequence[PieceSaid]
    heard_by: str
    level_why: str = ""
    own_words: str = ""
    no_words_why: str = ""


def check_plan(said: PlanSaid, assessment: Assessment) -> None:
    """Raises Refused with the first thing that is missing. `assessment`: what the plan rests on."""
    _check_level(said.level, said.level_why)
    _check_own_words(said)
    needs(
        said.risks_to_providers, why="The plan says nothing of the risks to who gives support",
        clause="2.8.7", until="Say what they are, or that there are none and why.",
    )  # fmt: skip
    needs(said.ask_how, why="The plan does not say how consent is asked", clause="2.10.4")
    needs_day_to_come(said.ask_by_date, what="the date to ask for consent by", clause="2.10.4")
    if not said.needs or not said.pieces:
        raise Refused(
            "The plan names no need, or no support", clause="2.8.8",
            until="Name what is to be addressed, and at least one piece of support.",
        )  # fmt: skip
    for piece in said.pieces:
        _check_piece(piece, said)
    for position, need in enumerate(said.needs):
        _check_need(position, need, said)
    _check_nothing_is_left_out(said, assessment)


def _check_own_words(said: PlanSaid) -> None:
    """The person is heard before the panel, or it is said why not yet."""
    needs(
        said.own_words + said.no_words_why, clause="2.8.4",
        why="The person’s own words on the plan are missing",
        until="Write down what they say of it, or why they were not asked yet.",
    )  # fmt: skip
    needs(said.heard_by, why="Nobody is named who asked what the person says of the plan",
          clause="2.8.4")  # fmt: skip


def _check_level(code: str, level_why: str) -> None:
    try:
        level = in_force().support_level(code)
    except NotInPack:
        raise Refused("No level of support is chosen", clause="2.8.10") from None
    if level.needs_reason:
        needs(
            level_why, why="Support is to be at the lowest level that will do",
            clause="2.8.10", until="Say why a lower level would not do.",
        )  # fmt: skip


def _check_need(position: int, need: NeedSaid, said: PlanSaid) -> None:
    needs(need.words, why="A need is without words", clause="2.8.8")
    if need.kind not in Need.Kind.values:
        raise Refused("A need is of no kind: need, behaviour or risk", clause="2.8.8")
    addressed = any(piece.need == position for piece in said.pieces)
    if not addressed and not need.not_addressed_why.strip():
        raise Refused(
            f"Nothing addresses “{need.words.strip()[:80]}”", clause="2.1.5",
            until="Plan a piece of support for it, or say why nothing is planned.",
        )  # fmt: skip


def _check_piece(piece: PieceSaid, said: PlanSaid) -> None:
    try:
        in_force().support_kind(piece.kind)
    except NotInPack:
        why = "A piece of support is of no kind that the policy names"
        raise Refused(why, clause="2.8.12") from None
    if not 0 <= piece.need < len(said.needs):
        raise Refused("A piece of support addresses no need of the plan", clause="2.8.8")
    if piece.level:
        _check_level(piece.level, piece.level_why)
    _check_words(piece)
    _check_sessions(piece)
    worker = piece.provider_user
    if worker and worker.organisation_id != piece.provider.pk:
        raise Refused(f"{worker.name} does not work for {piece.provider.name}", clause="2.8.6")


def _check_words(piece: PieceSaid) -> None:
    needs(
        piece.aim,
        why="Nothing says what the person wants from this support",
        clause="2.8.8",
        until="Say it in their own words, or that they were not asked yet and why.",
    )
    needs(
        piece.answers_how,
        why="Nothing says how this support answers the risk and vulnerability",
        clause="2.8.21",
    )
    needs(
        piece.locally,
        why="Nothing says what there is locally",
        clause="2.8.21",
        until="Say what was looked for nearby, and why this was chosen.",
    )
    needs(
        piece.works_how, why="Nothing says how one will see that this support works", clause="2.8.8"
    )
    needs(piece.brief, why="The provider is given no written brief", clause="2.8.6")
    needs(
        piece.risk_to_worker,
        why="The risk to whoever gives this support is not said",
        clause="2.8.7",
        until="Say what it is, or that there is none and why.",
    )
    needs(
        piece.risk_done,
        why="Nothing says what is done about the risk to whoever gives this support",
        clause="2.8.7",
        until="Say what is done, or that nothing needs to be.",
    )
    needs(piece.safe_contact, why="The safe way to make contact is not said", clause="2.8.7")


def _check_sessions(piece: PieceSaid) -> None:
    if piece.rhythm not in Piece.Rhythm.values or not 1 <= piece.sessions <= 200:
        raise Refused(
            "How often and how many sessions are ordered is not said", clause="2.8.6",
            until="Choose how often, and a number of sessions from 1 to 200.",
        )  # fmt: skip
    if piece.rhythm == Piece.Rhythm.ONCE and piece.sessions != 1:
        raise Refused(
            f"{piece.sessions} sessions cannot be held once", clause="2.8.6",
            until="Order one session, or choose how often they are held.",
        )  # fmt: skip
    if piece.until_date < piece.from_date:
        raise Refused("A piece of support ends before it begins", clause="2.8.6")


def _check_nothing_is_left_out(said: PlanSaid, assessment: Assessment) -> None:
    """Every factor found present, and every need of the case that is there, is a need of the
    plan, addressed or explained (2.1.5, R19)."""
    found = assessment.findings.filter(state__in=PRESENT).values_list("factor", "name")
    listed = {need.factor for need in said.needs}
    for factor, name in found:
        if factor not in listed:
            raise Refused(
                f"The plan leaves out what was found present: “{name or _named(factor)}”",
                clause="2.1.5",
                until="List it among the needs, with support or with why there is none.",
            )
    for one in open_needs(assessment.case):
        if code_of(one.need) not in listed:
            raise Refused(
                f"The plan leaves out a need that was written down: “{one.words[:80]}”",
                clause="2.1.5",
                until="List it among the needs, with support or with why there is none.",
            )


def _named(factor: str) -> str:
    try:
        return in_force().factor(factor).name
    except NotInPack:
        return factor
