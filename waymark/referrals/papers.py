"""Papers that fit no case: on a list, each with a name to it, until settled in words (R8)."""

from datetime import date

from waymark.audit.events import record
from waymark.cases.models import Case, Task
from waymark.cases.tasks import finish_those, give
from waymark.cases.words import needs
from waymark.cases.written import entries
from waymark.database.clock import now, today
from waymark.directory.models import Appointment, Area, Role, User
from waymark.directory.permission import Refused, act
from waymark.referrals.models import Paper
from waymark.referrals.once import once
from waymark.referrals.readers import POLICE

CLAUSE = "2.5.6"
KEEP = (Role.POLICE_OFFICER, Role.POLICE_LEAD, Role.COORDINATOR)


def unsettled(user: User) -> list[Paper]:
    """What waits to be settled in the reader's areas, the oldest first."""
    papers = Paper.objects.filter(settled_at=None, area__in=user.areas_of(frozenset(KEEP)))
    return list(papers.select_related("held_by", "area")[:200])


def settled_lately(user: User) -> list[Paper]:
    papers = Paper.objects.filter(area__in=user.areas_of(frozenset(KEEP)))
    settled = papers.exclude(settled_at=None).select_related("held_by", "area", "case")
    return list(settled.order_by("-settled_at")[:10])


def found(key: int, user: User) -> Paper | None:
    """The paper of that key, where `user` keeps papers in its area."""
    papers = Paper.objects.filter(area__in=user.areas_of(frozenset(KEEP)))
    return papers.select_related("held_by", "noted_by", "area", "case").filter(pk=key).first()


def holders_for(user: User) -> list[User]:
    """Whose name can be put to a paper: police and co-ordinators of the reader's areas."""
    areas = user.areas_of(frozenset(KEEP))
    held = Appointment.objects.in_force(today()).filter(role__in=KEEP)
    there = held.filter(area__in=areas) | held.filter(area=None)
    return list(User.objects.filter(pk__in=there.values("user")).order_by("name", "pk"))


def may_note(user: User, area: Area | None) -> None:
    if area is None or not user.roles_in(area) & set(KEEP):
        raise Refused(
            "You keep no papers in this area", clause=CLAUSE,
            until="Give it to the police Prevent team or the co-ordinator of the area.",
        )  # fmt: skip


@act
def note(
    *, by: User, area: Area | None, what: str, told_by: str, received_date: date | None,
    original_kept: str, held_by: User | None, key: str = "",
) -> Paper:  # fmt: skip
    """Put a paper on the list: what it is, from whom, when it came, and who has it in hand."""
    may_note(by, area)
    assert area is not None
    if received_date is None or received_date > today():
        raise Refused("The day on which it came is missing or still to come", clause=CLAUSE)
    if held_by is None or not held_by.roles_in(area) & set(KEEP):
        raise Refused(
            "Nobody is named who has it in hand", clause=CLAUSE,
            until=f"Name somebody of the police Prevent team or a co-ordinator of {area.name}.",
        )  # fmt: skip
    paper = Paper(
        area=area, received_date=received_date, held_by=held_by, noted_by=by, at=now(),
        what=needs(what, why="Nothing says what the paper is", clause=CLAUSE),
        told_by=needs(told_by, why="Nothing says from whom it came", clause=CLAUSE),
        original_kept=needs(
            original_kept, why="Nothing says where the original is kept", clause=CLAUSE
        ),
    )  # fmt: skip
    return once(paper, by=by, key=key, then=lambda made: _see_to(made, by=by))


def _see_to(paper: Paper, *, by: User) -> None:
    record("paper_noted", by=by, at=paper.at, row=paper, holder=paper.held_by_id)
    role = next(role for role in KEEP if role in paper.held_by.roles_in(paper.area))
    give(
        "settle_paper", by=by, role=role, area=paper.area, user=paper.held_by, clause=CLAUSE,
        why="File a paper that fits no case, or say what became of it", limit="screening",
        object_id=paper.pk,
    )  # fmt: skip


def may_settle(user: User, paper: Paper) -> None:
    """Whoever has it in hand, or the police of the area; once."""
    if paper.settled_at is not None:
        raise Refused("This paper has been settled already", clause=CLAUSE)
    if user.pk != paper.held_by_id and not user.roles_in(paper.area) & POLICE:
        raise Refused(
            "Somebody else has this paper in hand", clause=CLAUSE,
            until=f"{paper.held_by.name} settles it, or the police Prevent team.",
        )  # fmt: skip


@act
def settle(paper: Paper, *, by: User, how: str, case_reference: str = "") -> Paper:
    """Say what became of a paper: filed on a case, as an entry of it, or not, and why."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    may_settle(by, paper)
    paper.settled_how = needs(how, why="Nothing says what became of the paper", clause=CLAUSE)
    if case_reference.strip():
        paper.case = _file(paper, case_reference.strip().upper(), by=by)
    paper.settled_at = now()
    paper.save(update_fields=["settled_how", "settled_at", "case"])
    record("paper_settled", by=by, at=paper.settled_at, case_id=paper.case_id, row=paper)
    finish_those(_tasks_of(paper), by=by, outcome="filed" if paper.case_id else "settled")
    return paper


def _file(paper: Paper, reference: str, *, by: User) -> Case:
    case = Case.objects.found(reference, by=by)
    if case is None:
        raise Refused(
            "There is no case of that reference that you can see", clause=CLAUSE,
            until="Check the reference, or settle the paper without a case.",
        )  # fmt: skip
    entries.write(
        case, by=by, kind=entries.Kind.INFORMATION, happened_date=paper.received_date,
        told_by=paper.told_by, words=f"{paper.what}\n\nOriginal: {paper.original_kept}",
    )  # fmt: skip
    return case


def may_hand_over(user: User, paper: Paper) -> None:
    """The police of the area, of what is not settled."""
    may_settle(user, paper)
    if not user.roles_in(paper.area) & POLICE:
        raise Refused("Only the police Prevent team puts another name to a paper", clause=CLAUSE)


@act
def hand_over(paper: Paper, *, by: User, to: User | None) -> None:
    """Put another name to a paper. When it is due stays as it is (R38)."""
    paper = Paper.objects.select_for_update(of=("self",)).select_related("area").get(pk=paper.pk)
    may_hand_over(by, paper)
    if to is None or not to.roles_in(paper.area) & set(KEEP):
        raise Refused("Nobody is named who can have it in hand", clause=CLAUSE)
    paper.held_by = to
    paper.save(update_fields=["held_by"])
    record("paper_handed_over", by=by, at=now(), row=paper, holder=to.pk)
    for task in _tasks_of(paper):
        task.user = to
        task.save(update_fields=["user"])
        record("task_taken", by=by, at=now(), row=task)


def _tasks_of(paper: Paper) -> list[Task]:
    return list(Task.objects.waiting().filter(kind="settle_paper", object_id=paper.pk))


def areas_of(user: User) -> list[Area]:
    """The areas whose papers, requests and advice `user` keeps."""
    return list(Area.objects.filter(pk__in=user.areas_of(frozenset(KEEP))).order_by("name"))
