"""What a walk knows of one case by itself: where it must stand, and what has been done of it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.cast import Cast
from tests.story import Story
from tests.walk.legal import BY_OWN_OBJECT, CHAIRS, ENDS, OF_THE_PANEL, POLICE, posts_for
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import Role, User

SEEN_BY_POLICE_AFTER = timedelta(days=28)  # an end
LONGEST_HOLD = timedelta(days=28)
UNDOES_NO_CHECK = ("exit_recommended", "police_held")


@dataclass(frozen=True, repr=False)
class Person:
    """One of the cast, with the posts that they were cast in."""

    user: User
    cast: Cast
    posts: frozenset[str]
    called: str

    def __repr__(self) -> str:
        return self.called

    def become(self) -> None:
        become(self.user)


def people_of(cast: Cast) -> list[Person]:
    """Everybody: each role, a second officer and lead of the police, and the outsider."""
    named = {role.value: role.value for role in Role}
    named |= {"second_officer": "police_officer", "second_lead": "police_lead", "outsider": ""}
    return [
        Person(getattr(cast, name), cast, frozenset({post} - {""}), f"{cast.area.name} {name}")
        for name, post in named.items()
    ]


@dataclass
class Meeting:
    """The area's panel meeting: planned, open, ended or signed."""

    row: Any
    state: str = "planned"
    came: str = ""
    on_agenda: bool = False
    heard: bool = False


@dataclass
class Proposed:
    """An end that waits to be endorsed, about the case as it stood at `version`."""

    to: str
    writer: User
    version: int
    meeting: Meeting | None = None  # whose minutes it stands in
    bodies: set[int] = field(default_factory=set)
    closed: bool = False


@dataclass(repr=False)
class Known:
    """One person referred, from screening on."""

    cast: Cast
    story: Story
    adult: bool
    stage: str = "screening"
    held_from: str = ""
    version: int = 1
    opened: bool = False
    led_by: str = ""
    area_found: bool = False
    taken_by: User | None = None
    screener: User | None = None
    closed_date: date | None = None
    police_until: date | None = None
    position: tuple[bool, date | None] = (False, None)  # taken; to be looked at again
    request: Any = None
    asked_now: bool = False  # in this round of checks
    awaited: bool = False
    answered: bool = False
    request_seen: bool = False
    signed: bool = False
    opinions: dict[int, str] = field(default_factory=dict)
    opinions_of: int = 0  # the version of the case that they are about
    settled: bool = False
    told: bool = False
    risen: bool = False  # said, and not yet considered by the police
    held_since: date = date.min
    leaving_by: Person | None = None
    ending_by: Person | None = None
    ending_row: Any = None
    leaving_row: Any = None
    held_support: tuple[Person, str] | None = None
    held_support_row: Any = None
    provider_checked: bool = False
    plan: Any = None  # the version written last
    agreed: Any = None  # the version in force
    consents: dict[str, str] = field(default_factory=dict)  # since the plan was agreed
    piece: str = ""  # the state of the agreed plan's piece
    stopped_by: str = ""
    entered: int = 0
    reconciled: int = -1
    disposed: bool = False
    proposed: Proposed | None = None
    sharing_decided_anew: bool = False  # since the end
    reviews: list[date] = field(default_factory=list)
    meeting: Meeting | None = None
    referrals: int = 1
    signed_rows: dict[tuple[str, int], str] = field(default_factory=dict)  # by their digests

    def __str__(self) -> str:
        return f"the case of {self.cast.area.name}"

    @property
    def case(self) -> Any:
        return self.story.case

    @property
    def ended(self) -> bool:
        return self.stage in ENDS

    @property
    def is_case(self) -> bool:
        return hasattr(self.story, "case")

    def moves(self, to: str) -> None:
        """The case goes from one stage to another, or decides to stay."""
        self.version += 1
        self.held_from = self.stage if to == "police_held" else ""
        self.stage = to
        if to == "police_held":
            self.held_since = today()
        if to not in UNDOES_NO_CHECK:
            self.settled = self.told = False
        if to in ("lead_review", "next_step"):
            self.opened = True
        self.closed_date = self.police_until = None
        if to in ENDS:
            self.request_seen = self.sharing_decided_anew = False
            if to != "exited":  # seen until its reviews are held
                self.closes()

    def closes(self) -> None:
        """From tomorrow the area sees the case no more, and from a later day the police."""
        self.closed_date, self.police_until = today(), today() + SEEN_BY_POLICE_AFTER

    def may_end(self) -> bool:
        """What must be before an end is settled, and no risen risk waits for the police."""
        return self.settled and self.told and not self.risen

    def not_under_review(self) -> str:
        """Why nothing is decided or asked on an ended case; "" while it is looked at again."""
        due = self.ended and any((day - today()).days <= 31 for day in self.reviews)
        return "" if due or not self.ended else "no review of it is due"

    def longest_hold(self) -> date:
        return self.held_since + LONGEST_HOLD

    def position_stands(self) -> bool:
        taken, again = self.position
        return taken and (again is None or again >= today())

    def consent(self) -> str:
        """given, no, lacking, or "" where somebody who answers has not been asked."""
        own, parent = self.consents.get("person", ""), self.consents.get("parent", "")
        said = {own} if self.adult else {own, parent}
        if said & {"refused", "withdrawn"}:
            return "no"
        if self.adult:
            return {"capacity_lacking": "lacking"}.get(own, own)
        if parent == "given":
            return "given" if own else ""
        return "lacking" if "capacity_lacking" in said else ""

    def posts_of(self, who: Person) -> frozenset[str]:
        """The posts of somebody on this case; a referral's area is found by screening."""
        if who.cast is not self.cast and (self.stage != "screening" or self.area_found):
            return frozenset()
        return who.posts | ({"lead"} if self.led_by in who.posts and self.led_by else frozenset())

    def sees(self, who: Person) -> bool:
        """Police from receipt; chairs, co-ordinator and the lead once it is opened to the area."""
        posts = self.posts_of(who)
        if posts & POLICE:
            return self.police_until is None or today() <= self.police_until
        if not posts & (CHAIRS | {"coordinator", "lead"}):
            return False
        return self.opened and (self.closed_date is None or today() <= self.closed_date)

    def allows(self, act: str, who: Person) -> bool:
        """Whether the table lets this person do this where the case stands."""
        if act in OF_THE_PANEL:
            return who.cast is self.cast and bool(who.posts & OF_THE_PANEL[act])
        if not self.posts_of(who) & posts_for(act, self.stage):
            return False
        return act in BY_OWN_OBJECT or self.sees(who)
