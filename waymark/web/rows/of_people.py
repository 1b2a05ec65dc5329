"""What home shows of supervision, emergencies, training and the library, with what lapsed."""

from collections.abc import Iterator

from django.urls import reverse

from waymark.cases.access import emergencies
from waymark.cases.access import reading as access
from waymark.cases.access.telling import is_late
from waymark.cases.supervisors import NAME_THEM
from waymark.cases.writers import WRITERS
from waymark.directory.models import Role, User
from waymark.oversight.reading import staff, supervised
from waymark.oversight.staff import WATCH


def of_those_who_work(user: User) -> list[dict[str, str]]:
    """Links, each with a note where something lapses; a count stands before the list it counts."""
    return list(_links(user))


def _links(user: User) -> Iterator[dict[str, str]]:
    roles = user.roles_in()
    if roles & set(WRITERS):
        note = ""
        if roles & set(NAME_THEM):
            number = supervised.unsupervised(user).count()
            note = f"{number} open without a supervisor" if number else ""
        yield {"text": "Supervision", "href": reverse("supervision"), "note": note}
    lapsing = [one.name for one in staff.record_of(user).lapsing]
    note = f"lapsed or lapsing soon: {', '.join(lapsing)}" if lapsing else ""
    own = reverse("staff_member", args=[user.pk])
    yield {"text": "Your training and clearance", "href": own, "note": note}
    if roles & {*emergencies.MAY_OPEN, Role.AUDITOR}:
        late = sum(is_late(one) for one in access.openings().waiting)
        note = f"{late} not reviewed in time" if late else ""
        text = "Cases opened in an emergency"
        yield {"text": text, "href": reverse("emergencies"), "note": note}
    if roles & WATCH:
        yield {"text": "Training and clearance of others", "href": reverse("staff")}
    if roles & {Role.AUDITOR, Role.INFORMATION_GOVERNANCE}:
        yield {"text": "What was seen", "href": reverse("seen")}
    yield {"text": "What you have looked at", "href": reverse("own_looks")}
    yield {"text": "Library: search the policy and its guidance", "href": reverse("library")}
