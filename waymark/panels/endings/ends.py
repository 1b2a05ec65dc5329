"""An end that chair and police lead both endorse: two people of two bodies (2.8.15).

An exit; and, once support was ever agreed, every other end that a panel can decide on.
"""

from datetime import date

from waymark.audit.events import record
from waymark.cases.endings.ending import may_end
from waymark.cases.models import Case, Stage
from waymark.cases.posts import people_on
from waymark.cases.stages import move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import CHAIRS
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused
from waymark.panels.endings import deputies, reviews
from waymark.panels.meeting.meetings import next_planned
from waymark.panels.models import Decision, EndOpinion, EndProposal
from waymark.panels.models.ends import EndPost
from waymark.support import ended, pieces, plans
from waymark.support.models import PieceTurn

CLAUSE = "2.8.15"
SPEAKS_FOR = {EndPost.CHAIR: CHAIRS, EndPost.POLICE_LEAD: (Role.POLICE_LEAD,)}
Outcome = EndProposal.Outcome


def current(case: Case) -> EndProposal | None:
    """The end that waits to be endorsed, if it is still about the case as it stands."""
    return case.end_proposals.filter(closed_at=None, case_version=case.version).first()


def propose(
    decision: Decision, *, to: Stage, by: User, review_date: date | None = None,
    reasons: str = "", writer: User | None = None,
) -> EndProposal:  # fmt: skip
    """Put an end to chair and police lead, in the decision's words or in other `reasons`.

    `writer`: whose words they are, where `by` only asks anew.
    """
    case = decision.case
    made = EndProposal.objects.create(
        case=case, decision=decision, to=to, reasons=reasons or decision.reasons,
        case_version=case.version, written_by=writer or by, at=now(), review_date=review_date,
    )  # fmt: skip
    record("end_proposed", by=by, at=made.at, case_id=case.pk, row=made, to=to)
    finish_those(waiting_of(case, "endorse_exit"), by=by, outcome="asked_anew")
    for post in EndPost:
        _ask(made, post, by=by)
    return made


def _ask(proposal: EndProposal, post: EndPost, *, by: User) -> None:
    """Ask a post: one that the writer of the text does not hold, where there is another (R20)."""
    case, writer = proposal.case, proposal.written_by
    roles, others = SPEAKS_FOR[post], _others(proposal, post)
    asked: list[tuple[Role, User | None]] = [(roles[0], None)]
    if others and writer.roles_in(case.area) & set(roles):
        apart = [role for role in roles if role not in writer.roles_in(case.area)]
        held = [role for role in apart if people_on(case, role)]
        asked = [(held[0], None)] if held else [(roles[0], user) for user in others]
    for role, user in asked:
        give(
            "endorse_exit", by=by, case=case, role=role, user=user, limit="endorse_exit",
            object_id=proposal.pk, clause=CLAUSE,
            why=f"Say whether you agree with this end: {Stage(proposal.to).label.lower()}.",
        )  # fmt: skip
    deputies.name(proposal, post, others, by=by)


def _others(proposal: EndProposal, post: EndPost) -> list[User]:
    """Who holds the post beside whoever wrote the text, by name."""
    holders = {each for role in SPEAKS_FOR[post] for each in people_on(proposal.case, role)}
    return sorted(holders - {proposal.written_by}, key=lambda each: each.name)


def lapse(case: Case, *, by: User) -> None:
    """What waited to be endorsed of a locked case lapses, with every opinion on it."""
    for stale in case.end_proposals.filter(closed_at=None):
        close(stale, Outcome.LAPSED, by=by)


def close(proposal: EndProposal, outcome: Outcome, *, by: User) -> None:
    proposal.closed_at, proposal.outcome = now(), outcome
    proposal.save(update_fields=["closed_at", "outcome"])
    record(
        "end_closed", by=by, at=proposal.closed_at, case_id=proposal.case_id, row=proposal,
        outcome=outcome,
    )  # fmt: skip
    asked = waiting_of(proposal.case, "endorse_exit", object_id=proposal.pk)
    finish_those(asked, by=by, outcome=outcome)


def may_speak(user: User, proposal: EndProposal) -> None:
    """Chair and police lead, once each, of the text and the case as they now stand."""
    if proposal.closed_at or current(proposal.case) != proposal:
        raise Refused(
            "This end no longer waits to be endorsed", clause=CLAUSE,
            until="The case or the text has changed: it is put to chair and police lead anew.",
        )  # fmt: skip
    post_to_speak_for(user, proposal)


def post_to_speak_for(user: User, proposal: EndProposal) -> EndPost:
    held = user.roles_in(proposal.case.area)
    posts = [post for post, roles in SPEAKS_FOR.items() if held & set(roles)]
    if not posts:
        raise Refused(
            "Only this area’s chair and the police Prevent lead endorse an end, once each",
            clause=CLAUSE,
        )
    own = list(proposal.opinions.filter(organisation_id=user.organisation_id))
    if any(opinion.by_id == user.pk for opinion in own):
        raise Refused(
            "You have already decided on this end", clause=CLAUSE, until="The other post decides."
        )
    if own:
        raise Refused(
            "Your organisation has already decided on this end", clause=CLAUSE,
            until="Council and police each decide once.",
        )  # fmt: skip
    _not_the_writer(user, proposal, posts[0])
    return posts[0]


def _not_the_writer(user: User, proposal: EndProposal, post: EndPost) -> None:
    """Who wrote the text endorses it only where nobody else holds the post (R20)."""
    if proposal.written_by_id != user.pk:
        return
    if others := _others(proposal, post):
        names = " or ".join(each.name for each in others)
        raise Refused(
            "You wrote this recommendation yourself", clause=CLAUSE, until=f"{names} decides on it."
        )


def speak(
    proposal: EndProposal, *, endorses: bool, why: str, by: User, left_open: str = ""
) -> EndOpinion:
    """Keep an opinion, of a locked case."""
    made = EndOpinion.objects.create(
        case=proposal.case, proposal=proposal, post=post_to_speak_for(by, proposal),
        endorses=endorses, why=why, left_open=left_open, by=by, organisation=by.organisation,
        at=now(),
    )  # fmt: skip
    kind = "end_endorsed" if endorses else "end_refused"
    record(kind, by=by, at=made.at, case_id=proposal.case_id, row=made, post=made.post)
    asked = waiting_of(proposal.case, "endorse_exit", object_id=proposal.pk)
    of_the_post = [task for task in asked if task.role in SPEAKS_FOR[EndPost(made.post)]]
    finish_those(of_the_post, by=by, outcome=kind)
    return made


def take_effect(proposal: EndProposal, *, by: User) -> None:
    """Both have endorsed: support ends, reviews are set, the case ends."""
    case, to = proposal.case, Stage(proposal.to)
    may_end(case)
    close(proposal, Outcome.ENDORSED, by=by)
    stopped = pieces.end_all(case, why=PieceTurn.Why.CASE_ENDED, by=by)
    act = "endorse_exit" if to == Stage.EXITED else "decide"
    move(case, to, act=act, by=by, why="Endorsed by the chair and the police lead")
    ended.tell(case, stopped, by=by)
    if to == Stage.EXITED:
        reviews.set_after_exit(case, by=by)
    elif proposal.review_date:
        reviews.set_after_declined(case, proposal.review_date, by=by)


def send_back(proposal: EndProposal, *, by: User, why: str) -> None:
    """One refuses: the panel reconsiders, and a new plan is due (2.8.16)."""
    case = proposal.case
    close(proposal, Outcome.REFUSED, by=by)
    act = "endorse_exit" if case.stage == Stage.EXIT_RECOMMENDED else "decide"
    move(case, Stage.PANEL, act=act, by=by, why=why)
    plans.ask_for(case, by=by, due=next_planned(case.area))
