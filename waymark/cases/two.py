"""What needs two people in two posts: one proposes, the other agrees or does not."""

from collections.abc import Collection

from waymark.audit.events import record
from waymark.cases.models import Case
from waymark.cases.models.hold import Two
from waymark.cases.words import needs
from waymark.database.clock import now
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused

Pair = tuple[Collection[Role], Collection[Role]]


def may_propose(user: User, case: Case, pair: Pair, *, clause: str) -> None:
    """Somebody in either post."""
    if user.roles_in(case.area) & {*pair[0], *pair[1]}:
        return
    raise Refused(
        "This is not yours to do", clause=clause,
        until=f"It is proposed by: {_named(pair[0])}, or {_named(pair[1])}.",
    )  # fmt: skip


def may_answer(user: User, asked: Two, case: Case, pair: Pair, *, clause: str) -> None:
    """Another person, so that the two hold both posts between them."""
    if not asked.waits:
        raise Refused("This has been answered already", clause=clause)
    if asked.by_id == user.pk:
        raise Refused(
            "You proposed this yourself", clause=clause, until="Another person decides on it."
        )
    first, second = asked.by.roles_in(case.area), user.roles_in(case.area)
    one, other = pair
    if (first & set(one) and second & set(other)) or (first & set(other) and second & set(one)):
        return
    needed = other if first & set(one) else one
    raise Refused(
        "This is not yours to decide", clause=clause, until=f"It is decided by: {_named(needed)}."
    )


def to_answer(by: User, case: Case, pair: Pair) -> Role:
    """The post that answers what `by` proposes."""
    one, other = pair
    needed = one if by.roles_in(case.area) & set(other) else other
    return next(iter(needed))


def answer(asked: Two, *, agrees: bool, why: str, by: User, case: Case, clause: str) -> None:
    """Keep the second person's answer: agreed, or not and why."""
    said = why.strip()
    if not agrees:
        needs(why, why="Nothing says why not", clause=clause, until="Say why you do not agree.")
    asked.answered_by, asked.answered_at, asked.agreed, asked.answer = by, now(), agrees, said
    asked.save(update_fields=["answered_by", "answered_at", "agreed", "answer"])
    kind = f"{asked._meta.model_name}_{'agreed' if agrees else 'refused'}"
    record(kind, by=by, at=asked.answered_at, case_id=case.pk, row=asked)


def _named(roles: Collection[Role]) -> str:
    return " or ".join(role.label for role in roles)
