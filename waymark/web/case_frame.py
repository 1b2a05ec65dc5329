"""What stands on every page of a case: whose, which stage, what comes next and who holds it."""

from typing import Any

from django.urls import reverse

from waymark.cases.holders import offer_of
from waymark.cases.models import Case, Stage
from waymark.cases.models.case import ENDS
from waymark.cases.reading.parts import sees_part
from waymark.cases.ways import PLACES
from waymark.database.record import Part
from waymark.directory.models import Role, User
from waymark.people.models import Name
from waymark.support.reading import consents

SECTIONS = (
    ("Overview", "case"),
    ("The person", "case_person"),
    ("What happened", "case_timeline"),
    ("Who may see it", "case_sight"),
)


def case_frame(case: Case, user: User, *, section: str = "case") -> dict[str, Any]:
    """The context of case/frame.html. Each line is left out where the reader may not see it."""
    name = Name.objects.right().filter(person_id=case.person_id).first()
    holder = case.holders.filter(until_at=None).select_related("user").first()
    offered = offer_of(case)
    stage = Stage(case.stage)
    return {
        "case": case,
        "section": "cases",
        "case_name": str(name) if name else "Name not shown to you",
        "consent": _consent(case, user),
        "stage": {"text": stage.label, "kind": _kind(stage)},
        "next": PLACES[stage].next if stage in PLACES else "",
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
            if view != "case_person" or sees_part(user, case, Part.PERSON)
        ],
    }


def _consent(case: Case, user: User) -> str:
    """Where consent stands, for whoever may know it; "" leaves it out."""
    return consents.in_words(case) if sees_part(user, case, Part.WORK) else ""


def _kind(stage: Stage) -> str:
    if stage == Stage.POLICE_HELD:
        return "soon"
    return "done" if stage in ENDS else "active"
