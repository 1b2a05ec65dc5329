"""What stands on every page of a case: whose, which stage, what comes next and who holds it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from waymark.assessments.writing import may_assess
from waymark.cases.holders import offer_of
from waymark.cases.models import Case, Stage
from waymark.cases.models.case import ENDS
from waymark.cases.reading.parts import reads_in_emergency, sees_part
from waymark.cases.tasks import waiting_of
from waymark.cases.ways import PLACES
from waymark.database.clock import day_of, today
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.directory.permission import permits
from waymark.people.age import dispute_of
from waymark.people.models import Name
from waymark.policy.lateness import day_in_words
from waymark.support.reading import consents
from waymark.web.rows.beside import beside_stage

SECTIONS = (
    ("Overview", "case"),
    ("The person", "case_person"),
    ("What happened", "case_timeline"),
    ("The factors", "assessment"),
    ("Who may see it", "case_sight"),
)


PARTS = {"case_person": Part.PERSON, "assessment": Part.ASSESSMENT}


def case_frame(case: Case, user: User, *, section: str = "case") -> dict[str, Any]:
    """The context of case/frame.html. Each line is left out where the reader may not see it."""
    prefetch_related_objects([case.person], "birth_dates", "age_disputes__assessment")
    name = Name.objects.right().filter(person_id=case.person_id).first()
    holder = case.holders.filter(until_at=None).select_related("user").first()
    offered = offer_of(case)
    stage = Stage(case.stage)
    return {
        "case": case,
        "section": "cases",
        "read_beside": beside_stage(case.stage),
        "case_name": str(name) if name else "Name not shown to you",
        "consent": _consent(case, user),
        "tags": _tags(case, user),
        "stage": {"text": stage.label, "kind": _kind(stage)},
        "area": case.area.name,
        "next": _next(case, stage),
        "clause": PLACES[stage].clause if stage in PLACES else "",
        "holder": holder,
        "holder_role": Role(holder.role).label if holder else "",
        "offered_to": Role(offered.to_role).label if offered else "",
        "sections": [
            {
                "text": text,
                "href": reverse(view, args=[case.reference]),
                "active": view == section,
            }
            for text, view in SECTIONS
            if view not in PARTS or sees_part(user, case, PARTS[view])
            if view != "assessment" or section == view or _has_factors(case, user)
        ],
    }


def _tags(case: Case, user: User) -> list[dict[str, str]]:
    """What is to be known of the case wherever it is read."""
    tags = [{"text": "Age in dispute"}] if dispute_of(case.person) else []
    if reads_in_emergency(user, case):
        tags.append({"text": "Opened in an emergency: to be read only", "kind": "danger"})
    return tags


def _next(case: Case, stage: Stage) -> str:
    """The next step in one sentence; of a hold, with the day on which the police look again."""
    if stage == Stage.POLICE_HELD:
        return " ".join(_held(case))
    return PLACES[stage].next if stage in PLACES else ""


def _held(case: Case) -> Iterator[str]:
    """Since when, until when, and what has lapsed: never why."""
    since = case.moves.filter(to=Stage.POLICE_HELD).last()
    yield (
        f"Held by the police since {day_in_words(day_of(since.at))}."
        if since
        else ("Held by the police.")
    )
    for task in waiting_of(case, "end_hold"):
        day = day_in_words(task.due_date)
        if task.is_overdue(today()):
            yield f"The longest hold ended on {day}: the police let it go on or leave Channel now."
            return
    for task in waiting_of(case, "look_at_hold"):
        day = day_in_words(task.due_date)
        late = task.is_overdue(today())
        yield (
            f"They were to look at it again by {day}."
            if late
            else (f"They look at it again by {day}.")
        )


def _has_factors(case: Case, user: User) -> bool:
    """Whether there is an assessment to read, or one to make."""
    return case.assessments.exists() or permits(may_assess, user, case)


def _consent(case: Case, user: User) -> str:
    """Where consent stands, for whoever may know it; "" leaves it out."""
    return consents.in_words(case) if sees_part(user, case, Part.WORK) else ""


def _kind(stage: Stage) -> str:
    if stage == Stage.POLICE_HELD:
        return "soon"
    return "plain" if stage in ENDS else "active"
