"""Every role opens every address, about a case that it may know and one that it may not.

What must come is written here by hand, from the design's table of who sees what; then the same
is asked of the database, as the application's own role.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases import supervisors
from waymark.database.clock import today
from waymark.database.keys import random_key
from waymark.database.record import Part, Record
from waymark.directory.models import Role, User
from waymark.oversight import supervision
from waymark.oversight.supervision import Talk

pytestmark = pytest.mark.slow
OFTEN = 50  # addresses between two times that everybody signs in
BACKEND = "waymark.web.door.sign_in_backend.ByPassword"

POLICE = {"police_officer", "police_lead"}
CHAIRS = {"chair", "vice_chair"}
# The case is led by the families lead, and has been opened to its area.
WORKS = POLICE | CHAIRS | {"families_lead"}
KNOWS = WORKS | {"coordinator"}
AREA = KNOWS | {"adult_lead"}
DESK = POLICE | {"coordinator"}
KEEPS = {"coordinator", "administrator"}
OTHERS = {"other_chair", "other_lead"}  # of another area
EVERYBODY = {role.value for role in Role} | {"outsider"} | OTHERS

# The beginning of an address, and who gets there: the longest that fits holds.
MAY = {
    "": EVERYBODY,
    "referrals": POLICE,
    "referrals/not-prevent": {"police_lead"},
    "form-requests": DESK,
    "papers": DESK,
    "advice": EVERYBODY,
    "late": {"police_lead", "adult_lead", "families_lead", "coordinator"} | CHAIRS,
    "cases": AREA | OTHERS,
    "cases/<reference>": KNOWS,
    "cases/<reference>/plan": WORKS,
    "cases/<reference>/assessment": WORKS,
    "cases/<reference>/hold": POLICE,
    "cases/<reference>/risk/considered": POLICE,
    "cases/<reference>/risk/conflict": POLICE,
    "cases/<reference>/hold/support": WORKS,
    "cases/<reference>/changes": WORKS,
    "cases/<reference>/changes/tell": KNOWS,
    "cases/<reference>/new-concern": WORKS,
    **{
        f"cases/<reference>/{page}": WORKS
        for page in (
            *(
                "gathering",
                "unknown",
                "needs",
                "risk",
                "review",
                "sharing",
                "checks/ask",
                "checks/finish",
            ),
            *("checks/marks", "checks/contradictions", "checks/questions"),
            *("no-longer-possible", "entries", "proceedings", "social-care", "next-step"),
            *("before-an-end", "told", "consent", "exit", "review-after-exit"),
            *("hand-over", "take-over", "supervision", "documents"),
            *("other-help", "closing-report", "closing-report.pdf"),
            *("hand-over", "take-over"),
        )
    },
    **{
        f"cases/<reference>/transfer/{page}": WORKS
        for page in ("stays", "package", "receipt", "out")
    },
    **{
        f"cases/<reference>/{page}": POLICE | CHAIRS
        for page in (
            *("who-may-see-it/give", "who-may-see-it/end", "restrict", "restricted/name"),
            *("restricted/take-off", "keep-out", "known"),
        )
    },
    "what-was-seen": {"auditor", "information_governance"},
    "sampled-looks": {"auditor", "information_governance"},
    "sampled-looks/<int:key>": EVERYBODY,  # but for whom it did not go to
    "possible-matches": POLICE,
    "emergencies": AREA | OTHERS | {"auditor"},
    "emergencies/open": AREA | OTHERS,
    "transfers": CHAIRS | {"other_chair"},
    "requests": {"partner"},
    "refused-files/<int:key>": EVERYBODY,  # who added the file; a random key is nobody's
    "requests/<int:key>": {"partner"} | KNOWS,  # who knows the case is sent to its own page
    "requests/<int:key>/own-record": {"partner"},
    "panels": AREA | OTHERS | {"panel_member"},
    "panels/areas/<area>": AREA | {"panel_member"},
    "panels/areas/<area>/call": CHAIRS | {"coordinator"},
    "panels/areas/<area>/days": CHAIRS | {"coordinator"},
    "panels/areas/<area>/attendance": CHAIRS | {"coordinator"},
    "panels/areas/<area>/signed-on-paper": CHAIRS | {"coordinator"},
    "panels/confidentiality": EVERYBODY - {"outsider"} - OTHERS,  # who holds a post in the area
    "panels/areas/<area>/providers": AREA,
    "providers/<int:key>": AREA | OTHERS | {"support_lead"},
    "panels/<int:key>": AREA | {"panel_member"},
    "panels/<int:key>/answer": AREA | {"panel_member"},  # but for whoever is not invited
    "support/<int:key>": {"support_lead", "provider"} | WORKS,  # likewise
    "contacts/add": KEEPS,
    "contacts/<int:line>/change": KEEPS,
    "contacts/<int:line>/confirm": KEEPS,
    "contacts/<int:line>/take-out": KEEPS,
    "organisations/add": {"administrator"},
    "organisations/<int:key>/change": {"administrator"},
    "accounts": {"administrator"},
    "confirmations": {"administrator"},
    "organisations/<int:key>/confirming": {"administrator"},
    "organisations/<int:key>/people": set(),  # who was asked, or an administrator of another body
    "access-reviews": {"administrator", "chair", "other_chair"},
    "access-reviews/<area>": {"chair"},
    "supervision": POLICE | CHAIRS | {"adult_lead", "families_lead"} | OTHERS,
    "people": {"police_lead", "other_chair"} | CHAIRS,
    "people/<int:key>": EVERYBODY,  # one's own; a random key is nobody's
    "appointments": {"administrator"},
}
# One table of each part, and who reads the case's rows in it.
ROWS = {
    "cases_case": KNOWS,
    "people_name": KNOWS,
    "people_birthdate": WORKS,
    "cases_move": WORKS,
    "cases_openquestion": WORKS,
    "cases_riskassessment": WORKS,
    "cases_supervisor": WORKS,
    "oversight_supervision": WORKS,
    "cases_risk": WORKS,
    "referrals_referral": POLICE,
    "referrals_referrer": WORKS,
    "referrals_extract": WORKS,
    "assessments_assessment": WORKS,
    "sharing_request": KNOWS,  # a partner, while its answer is awaited
    "support_plan": WORKS,
    "support_piece": WORKS | {"support_lead", "provider"},
    "support_pieceturn": WORKS | {"support_lead", "provider"},
    "panels_decision": KNOWS,
}


class Walk:
    """The cast of an area, a case on its way, one not yet opened to the area, and another area."""

    def __init__(self, cast: Cast, other: Cast):
        self.cast = cast
        self.opened = Story(cast).consented()
        self.early = Story(cast, surname="Birchwood").screened()
        self.people: dict[str, User] = {role.value: getattr(cast, role.value) for role in Role}
        self.people |= {"outsider": cast.outsider}
        self.people |= {"other_chair": other.chair, "other_lead": other.families_lead}
        self.supervise()
        piece = self.opened.piece()
        acting(cast.police_lead)
        stories = (self.opened, self.early)
        self.referrals = {story: story.subject.referral for story in stories}
        self.keys = {
            "panels/<int:key>": self.opened.meeting.pk,
            "support/<int:key>": piece.pk,
            "requests/<int:key>": self.opened.request.pk,
        }
        self.sign_in()

    def sign_in(self) -> None:
        """Everybody, and again on a long walk: what is sensitive asks after five minutes (S14)."""
        self.clients = {who: self.client(user) for who, user in self.people.items()}

    def supervise(self) -> None:
        """The vice-chair supervises the case, and has talked it over once."""
        case, vice = self.opened.case, self.cast.vice_chair
        supervisors.name(case, by=acting(self.cast.police_lead), who=vice)
        soon = today() + timedelta(days=5)
        said = Talk(self.cast.police_officer, today(), "What holds the person", soon)
        supervision.write_down(case, by=acting(vice), talk=said)

    def client(self, user: User) -> Client:
        client = Client(raise_request_exception=False)
        acting(user)
        client.force_login(user, backend=BACKEND)
        return client

    def address(self, route: str, story: Story) -> str:
        """The route with the story's own references and keys; of what it lacks, a random one."""
        of = story.case if route.startswith("cases") else self.referrals[story]
        for begins, key in self.keys.items():
            if route.startswith(begins):
                route = route.replace("<int:key>", str(key), 1)
        names = {"reference": of.reference, "area": self.cast.area.code, "role": "chair"}
        return "/" + re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: str(names.get(found[1], random_key())), route
        )


def routes() -> Iterator[str]:
    """Every address that is not for anybody; those are one exact list elsewhere."""
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern)
        if getattr(pattern.callback, "access", "") != "anyone":
            yield str(pattern.pattern)


def may_reach(route: str) -> set[str]:
    fits = [begins for begins in MAY if route == begins or route.startswith(f"{begins}/")]
    return MAY[max(fits, key=len, default="")]


def is_of_a_case(route: str) -> bool:
    return route.startswith("cases/<reference>")


@pytest.fixture
def walk(essex: Cast, thurrock: Cast) -> Walk:
    return Walk(essex, thurrock)


@pytest.mark.requirement("S22", "S23", "S73")
def test_each_role_reaches_what_is_its_own_and_opening_it_changes_nothing(walk: Walk) -> None:
    wrong = []
    before = written()
    for place, route in enumerate(routes()):
        if place % OFTEN == 0:
            walk.sign_in()
        address = walk.address(route, walk.opened)
        for who, client in walk.clients.items():
            status = client.get(address).status_code
            if who in may_reach(route):
                lacks_its_object = status == 404 and "<" in route
                right = status in (200, 302, 405) or lacks_its_object
            else:
                right = status == (403 if is_of_a_case(route) and who in KNOWS else 404)
                right = right or (status == 404 and "<int:" in route)
            if not right:
                wrong.append((route, who, status))
    assert wrong == []
    after = written()
    changed = {table for table in after if after[table] != before.get(table)}
    assert changed - {"accounts_session"} == {"audit_look"}  # a session notes that it was used


@pytest.mark.alone
@pytest.mark.requirement("S22")
def test_who_may_not_reach_an_address_may_not_post_to_it_either(walk: Walk) -> None:
    wrong = []
    for route in routes():
        address = walk.address(route, walk.opened)
        for who in ("outsider", "auditor", "administrator", "other_chair", "adult_lead"):
            if who in may_reach(route):
                continue
            status = walk.clients[who].post(address, {}).status_code
            if status not in (404, 405):
                wrong.append((route, who, status))
        answer = Client().post(address, {})
        if not (answer.status_code == 405 or answer.get("Location", "").startswith("/sign-in")):
            wrong.append((route, "nobody", answer.status_code))
    assert wrong == []


@pytest.mark.requirement("S22")
def test_a_case_not_opened_to_its_area_is_the_polices_alone(walk: Walk) -> None:
    for route in routes():
        if is_of_a_case(route):
            address = walk.address(route, walk.early)
            for who in ("chair", "coordinator", "families_lead", "other_chair", "panel_member"):
                assert walk.clients[who].get(address).status_code == 404, (route, who)
    for who in POLICE:
        address = walk.address("cases/<reference>", walk.early)
        assert walk.clients[who].get(address).status_code == 200


@pytest.mark.requirement("S22")
def test_the_database_answers_as_the_pages_do(walk: Walk) -> None:
    for who, user in walk.people.items():
        acting(user)
        for table, readers in ROWS.items():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                (found,) = cursor.fetchone()
            assert (found > 0) == (who in readers), (who, table, found)


@pytest.mark.requirement("S22", "S28")
def test_the_outsider_reads_no_row_of_any_case(walk: Walk) -> None:
    everybodys = {Part.DIRECTORY, Part.SYSTEM, Part.AUDIT}
    ours = [model for model in apps.get_models() if issubclass(model, Record)]
    kept = [model for model in ours if model.kept.part not in everybodys]
    assert len(kept) >= 40
    for who in ("outsider", "administrator", "auditor", "other_lead"):
        acting(walk.people[who])
        for model in kept:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
                assert cursor.fetchone() == (0,), (who, model)


def written() -> dict[str, int]:
    """How many rows of each table this transaction added, changed or deleted, whoever sees them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())
