"""What the page “Who may see it” tells: by post, by grant, by name, and who must not."""

from collections.abc import Iterable
from dataclasses import dataclass

from waymark.cases.access.by_hand import PARTS
from waymark.cases.access.seers import by_post
from waymark.cases.models import Case, EmergencyOpening, Exclusion, Grant
from waymark.cases.reading.parts import sees_part
from waymark.cases.sight import STANDING, Since
from waymark.database.clock import now
from waymark.database.record import Part
from waymark.directory.models import Role, User

SINCE = {
    Since.OPEN: "from receipt; for a time after it ends",
    Since.OPENED: "since it was opened to the area, until its last review",
    Since.LED_BY_ADULT: "where the adult lead leads it, since it was opened to the area",
    Since.LED_BY_FAMILIES: "where the families lead leads it, since it was opened to the area",
}


def standing(case: Case) -> list[dict[str, object]]:
    """Each post that shows this case now, who holds it, and since when it does."""
    since = {sight.role.value: SINCE[sight.since] for sight in STANDING}
    found: dict[Role, list[str]] = {}
    for role, user in by_post(case):
        found.setdefault(role, []).append(f"{user.name}, {user.organisation.name}")
    return [
        {"post": role.label, "who": names, "since": since[role.value], "area": case.area.name}
        for role, names in found.items()
    ]


def grants(case: Case) -> list[Grant]:
    """The grants in force, for the readers who may see them."""
    found = Grant.objects.in_force(now()).filter(case=case)
    return list(found.select_related("user", "organisation", "given_by").order_by("from_at", "pk"))


def kept_out(case: Case) -> list[Exclusion]:
    """Who must not see the case, or of whom it is proposed: never the reader themselves."""
    found = Exclusion.objects.filter(case=case, until_at=None)
    return list(
        found.select_related("user", "set_by", "confirmed_by").order_by("proposed_at", "pk")
    )


def parts_to_give(case: Case, user: User) -> list[Part]:
    """The parts that `user` can show somebody: of those that can be given, what they see."""
    return [part for part in PARTS if sees_part(user, case, part)]


def people_but(*some: User) -> list[User]:
    """Everybody with an account, by name, but some."""
    found = User.objects.filter(is_active=True).exclude(pk__in=[one.pk for one in some])
    return list(found.select_related("organisation").order_by("name", "pk"))


@dataclass(frozen=True)
class Openings:
    """What was opened in an emergency: first what waits, the oldest first; then what is over."""

    waiting: list[EmergencyOpening]
    over: list[EmergencyOpening]


def openings() -> Openings:
    """All that the reader may know of: their own, of cases they see, or for an auditor all."""
    found = EmergencyOpening.objects.select_related("user__organisation", "reviewed_by", "case")
    waiting = found.filter(reviewed_at=None, case_id__isnull=False).order_by("at", "pk")
    over = found.exclude(reviewed_at=None, case_id__isnull=False).order_by("-at", "pk")[:50]
    return Openings(list(waiting), list(over))


def words_of(opening: EmergencyOpening) -> dict[str, str]:
    """What was said of it, by its kind, as far as the reader may read it."""
    said: Iterable[tuple[str, str]] = opening.words.values_list("kind", "words")
    return dict(said)
