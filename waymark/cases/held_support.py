"""Support while a case is held: goes on, pauses or stops, as chair and police lead decide."""

from waymark.audit.events import record
from waymark.cases.models import Case, HeldSupport, Stage
from waymark.cases.stages import locked
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.two import Pair, answer, may_answer, may_propose, to_answer
from waymark.cases.ways import CHAIRS
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act

CLAUSE = "2.8.17"
PAIR: Pair = (CHAIRS, (Role.POLICE_LEAD,))
HAD_SUPPORT = (Stage.SUPPORTED, Stage.EXIT_RECOMMENDED)


def support_while_held(case: Case) -> HeldSupport | None:
    """What chair and police lead agreed since the case was last held; None: nothing yet."""
    held = case.moves.filter(to=Stage.POLICE_HELD).last()
    agreed = case.held_support.filter(agreed=True)
    return (agreed.filter(at__gte=held.at) if held else agreed).last()


def may_propose_support(user: User, case: Case) -> None:
    """Chair or police lead, while a case that had support is held."""
    if case.stage != Stage.POLICE_HELD or case.held_from not in HAD_SUPPORT:
        raise Refused("There is no support that a hold could touch", clause=CLAUSE)
    may_propose(user, case, PAIR, clause=CLAUSE)
    if case.held_support.filter(answered_at=None).exists():
        raise Refused("A decision on support waits already", clause=CLAUSE)


@act
def propose_support(
    case: Case, *, by: User, decision: str, why: str, version: int | None = None
) -> HeldSupport:
    """Propose what becomes of support. It counts once the other post agrees."""
    case = locked(case, version=version)
    may_propose_support(by, case)
    if decision not in HeldSupport.Decision.values:
        raise Refused("It is not said what becomes of support", clause=CLAUSE)
    said = needs(why, why="Nothing says why", clause=CLAUSE)
    made = HeldSupport.objects.create(case=case, decision=decision, why=said, by=by, at=now())
    record("held_support_proposed", by=by, at=made.at, case_id=case.pk, row=made)
    give(
        "decide_held_support", by=by, case=case, role=to_answer(by, case, PAIR), limit="next_step",
        object_id=made.pk, clause=CLAUSE, why="Decide on support while the police hold this case.",
    )  # fmt: skip
    return made


def may_decide_support(user: User, proposal: HeldSupport) -> None:
    """The other of the two posts, another person, while the case is held."""
    if proposal.case.stage != Stage.POLICE_HELD:
        raise Refused("The police no longer hold this case", clause=CLAUSE)
    may_answer(user, proposal, proposal.case, PAIR, clause=CLAUSE)


@act
def decide_support(
    proposal: HeldSupport, *, by: User, agrees: bool, why: str = "", version: int | None = None
) -> None:
    """Agree to what is proposed, or not and why."""
    case = locked(proposal.case, version=version)
    proposal = case.held_support.select_related("by").get(pk=proposal.pk)
    proposal.case = case
    may_decide_support(by, proposal)
    answer(proposal, agrees=agrees, why=why, by=by, case=case, clause=CLAUSE)
    outcome = "agreed" if agrees else "refused"
    finish_those(waiting_of(case, "decide_held_support"), by=by, outcome=outcome)
