"""Support that has ended: whoever led or gave it is told, and reads that much of it and no more."""

from collections.abc import Sequence

from waymark.cases.models import Case, Task
from waymark.cases.tasks import finish_those, give
from waymark.database.clock import today
from waymark.directory.models import Role, User
from waymark.directory.permission import Refused, act
from waymark.support.models import Piece

CLAUSE = "2.8.15"
KIND = "support_ended"


def tell(case: Case, ended: Sequence[Piece], *, by: User) -> None:
    """Tell whoever led or gave these pieces; once the case has moved, so that the word stays."""
    for piece in ended:
        for user in {piece.lead, piece.provider_user or piece.lead}:
            give(
                KIND, by=by, case=case, user=user, role=Role.PROVIDER, due=today(),
                object_id=piece.pk, clause=CLAUSE,
                why=f"Support {piece.reference} has ended: do not go on with it. Thank you.",
            )  # fmt: skip


def told(key: int, *, by: User) -> Task | None:
    """What tells `by` that the piece with this key has ended."""
    mine = Task.objects.filter(user=by, kind=KIND, object_id=key)
    return mine.order_by("made_at").last()


def unread(*, by: User) -> list[Task]:
    """What tells `by` of ends that they have not read yet."""
    return list(Task.objects.waiting().filter(user=by, kind=KIND))


def may_read(user: User, notice: Task) -> None:
    if notice.user_id != user.pk or notice.done_at is not None:
        raise Refused("You have read this already", clause=CLAUSE)


@act
def have_read(notice: Task, *, by: User) -> None:
    """Whoever led or gave the support has read that it ended."""
    may_read(by, notice)
    finish_those([notice], by=by, outcome="read")
