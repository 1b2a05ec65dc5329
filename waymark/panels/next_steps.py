"""The next step: chair and police each say it, blind; it is done where both agree (2.7.11)."""

from dataclasses import dataclass
from datetime import date

from waymark.audit.events import record
from waymark.cases.endings.ending import may_end
from waymark.cases.holders import accept_where_offered
from waymark.cases.models import Case, Stage, Task
from waymark.cases.stages import locked, may_act, move
from waymark.cases.tasks import finish_those, give, waiting_of
from waymark.cases.ways import CHAIRS, POLICE
from waymark.cases.words import needs, needs_day_to_come
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.panels.meeting.meetings import next_planned
from waymark.panels.models import NextStep, NextStepOpinion
from waymark.panels.models.next_steps import Post
from waymark.policy.pack import in_force
from waymark.support import plans

Outcome = NextStepOpinion.Outcome
CLAUSE = "2.7.11"
SPEAKS_FOR = {Post.CHAIR: CHAIRS, Post.POLICE: POLICE}
LEADS_TO = {
    Outcome.PANEL: Stage.PANEL,
    Outcome.NO_FURTHER_ACTION: Stage.NO_FURTHER_ACTION,
    Outcome.SAFEGUARDING: Stage.NEXT_STEP,
    Outcome.PARTNER_CHECKS: Stage.PARTNER_CHECKS,
    Outcome.SECOND_RISK: Stage.SECOND_RISK,
}
ASKED_BY = ("next_step", "say_again", "decide_again")  # the tasks that one opinion answers
IS_ASKED = {Post.CHAIR: Role.CHAIR, Post.POLICE: Role.POLICE_LEAD}
ENDS_AT_ONCE = (Outcome.PANEL, Outcome.NO_FURTHER_ACTION)  # all others are dated


@dataclass(frozen=True)
class Opinion:
    """What one post says. `grounds`, `stated_by`: for a panel. `again_date`: for all that waits."""

    outcome: str
    why: str
    grounds: str = ""
    stated_by: str = ""
    again_date: date | None = None


def current(case: Case) -> NextStep | None:
    """The round that waits for opinions about the case as it now stands."""
    return case.next_steps.filter(closed_at=None, case_version=case.version).first()


def last_closed(case: Case) -> NextStep | None:
    """The last round in which both were heard: its opinions are there for both to read."""
    return case.next_steps.filter(agreed__isnull=False).last()


def may_give_opinion(user: User, case: Case) -> None:
    """Chair and police, once each: two people of two organisations."""
    may_act(user, case, "next_step")
    _post_to_speak_for(user, case)


@act
def give_opinion(case: Case, *, by: User, said: Opinion, version: int | None = None) -> NextStep:
    """Give the opinion of one's post. The other's is not shown before; then both are.

    Both the same: the case moves. Different: both are told, and give it again, each anew.
    """
    case = locked(case, version=version)
    may_give_opinion(by, case)
    _check(said, case)
    accept_where_offered(case, by=by)
    post = _post_to_speak_for(by, case)
    step = current(case) or _open(case, by=by)
    opinion = NextStepOpinion.objects.create(
        case=case, next_step=step, post=post, outcome=said.outcome, why=said.why.strip(),
        grounds=said.grounds.strip(), stated_by=said.stated_by.strip(),
        again_date=said.again_date, by=by, organisation=by.organisation, at=now(),
        edition=in_force().code,
    )  # fmt: skip
    record("next_step_said", by=by, at=opinion.at, case_id=case.pk, row=opinion, post=post)
    both = list(step.opinions.all())
    if len(both) == len(Post):
        _compare(case, step, both, by=by)
    else:
        _ask_the_other(case, step, post, by=by)
    return step


def _post_to_speak_for(user: User, case: Case) -> Post:
    """The post in which `user` speaks. What others said is not asked: it may be hidden."""
    held = user.roles_in(case.area)
    posts = [post for post, roles in SPEAKS_FOR.items() if held & set(roles)]
    step = current(case)
    own = list(step.opinions.filter(organisation_id=user.organisation_id)) if step else []
    if any(opinion.by_id == user.pk for opinion in own):
        raise Refused(
            "You have already said what the next step is", clause=CLAUSE,
            until="The other of the two posts says it, then you both see what was said.",
        )  # fmt: skip
    if own:
        raise Refused(
            "Your organisation has already said what the next step is", clause=CLAUSE,
            until="Council and police each say it once.",
        )  # fmt: skip
    return posts[0]


def _check(said: Opinion, case: Case) -> None:
    if said.outcome not in Outcome.values:
        raise Refused("No next step is chosen", clause=CLAUSE)
    needs(said.why, why="Nothing says why this is the next step", clause=CLAUSE)
    if said.outcome == Outcome.PANEL:
        needs(
            said.grounds, clause="s.36(3)", until="Write them down.",
            why="The grounds to believe that the person is vulnerable are not stated",
        )  # fmt: skip
        needs(
            said.stated_by, why="It is not said who states the grounds", clause="s.36(3)",
            until="Name the chief officer’s delegate, or who states them for the council.",
        )  # fmt: skip
    elif said.outcome == Outcome.NO_FURTHER_ACTION:
        may_end(case)
    else:
        needs_day_to_come(said.again_date, what="the date to decide again", clause=CLAUSE)


def _open(case: Case, *, by: User) -> NextStep:
    """A new round; one that the case has moved away from lapses."""
    for stale in case.next_steps.filter(closed_at=None):
        stale.closed_at = now()
        stale.save(update_fields=["closed_at"])
        record("next_step_lapsed", by=by, at=stale.closed_at, case_id=case.pk, row=stale)
    last = case.next_steps.last()
    number = last.number + 1 if last else 1
    step = NextStep.objects.create(
        case=case, number=number, case_version=case.version, opened_at=now()
    )
    record("next_step_asked", by=by, at=step.opened_at, case_id=case.pk, row=step)
    return step


def _asked(case: Case) -> list[Task]:
    """What waits for an opinion on the next step, of either post."""
    return [task for kind in ASKED_BY for task in waiting_of(case, kind)]


def _ask_the_other(case: Case, step: NextStep, post: Post, *, by: User) -> None:
    """One's own post is asked no more; the other is, where nothing asks it yet."""
    asked = _asked(case)
    finish_those([one for one in asked if one.role in SPEAKS_FOR[post]], by=by, outcome="said")
    other = Post.POLICE if post == Post.CHAIR else Post.CHAIR
    if not any(one.role in SPEAKS_FOR[other] for one in asked):
        give(
            "next_step", by=by, case=case, role=IS_ASKED[other], limit="next_step",
            object_id=step.pk, clause=CLAUSE,
            why="The other post has said what the next step should be: say yours.",
        )  # fmt: skip


def _compare(case: Case, step: NextStep, both: list[NextStepOpinion], *, by: User) -> None:
    one, other = both
    step.closed_at, step.agreed = now(), one.outcome == other.outcome
    step.save(update_fields=["closed_at", "agreed"])
    record("next_step_closed", by=by, at=step.closed_at, case_id=case.pk, row=step)
    finish_those(_asked(case), by=by, outcome="agreed" if step.agreed else "differed")
    if not step.agreed:
        return _tell_both(case, step, by=by)
    outcome = Outcome(one.outcome)
    if outcome == Outcome.NO_FURTHER_ACTION:
        may_end(case)
    why = f"Chair and police agree: {outcome.label.lower()}"
    move(case, LEADS_TO[outcome], act="next_step", by=by, why=why)
    if outcome == Outcome.PANEL:
        plans.ask_for(case, by=by, due=next_planned(case.area))
    if outcome not in ENDS_AT_ONCE:
        _come_back(case, outcome, min(each.again_date for each in both if each.again_date), by=by)
    return None


def _tell_both(case: Case, step: NextStep, *, by: User) -> None:
    """They differ: both see both opinions, talk, and each gives it again."""
    for role in IS_ASKED.values():
        give(
            "say_again", by=by, case=case, role=role, limit="next_step", object_id=step.pk,
            clause=CLAUSE,
            why="Chair and police differ on the next step: read both, then say yours again.",
        )  # fmt: skip


def _come_back(case: Case, outcome: Outcome, day: date, *, by: User) -> None:
    """On the day: both are asked again where the case waits here, else the police see to it."""
    stays = LEADS_TO[outcome] == Stage.NEXT_STEP
    finish_those(waiting_of(case, "next_step"), by=by, outcome="asked_on_a_day")
    for role in IS_ASKED.values() if stays else [Role.POLICE_OFFICER]:
        give(
            "decide_again", by=by, case=case, role=role, due=day, clause=CLAUSE,
            why=f"{outcome.label}: the next step is decided again.",
        )  # fmt: skip
