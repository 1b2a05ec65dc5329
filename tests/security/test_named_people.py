"""A restricted case, and one that somebody must not see, leave no trace on anybody else's pages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.cast import Cast, acting
from tests.story import Story
from waymark.cases.access import exclusions, restricting
from waymark.cases.models import Case
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory import notices
from waymark.directory.models import User
from waymark.panels.meeting import agenda, meetings
from waymark.referrals.deciding import screening
from waymark.referrals.models import Addition, Referral, Referrer, Subject
from waymark.referrals.of_case import extracts_of
from waymark.referrals.writing import receipts
from waymark.referrals.writing.sending import PersonFacts

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
# tokens, and for how many seconds the session goes on
CHANGES = re.compile(rb'((?:name="(?:csrfmiddlewaretoken|form_key)" value|data-left)=")[^"]*')
UNNAMED = ("vice_chair", "coordinator", "second_lead", "panel_member")
WITHOUT_CASES = (
    "second_officer", "adult_lead", "partner", "referrer", "support_lead", "provider",
    "information_governance",
    "auditor", "administrator", "outsider",
)  # fmt: skip
# pages that tell of no case, or of what has a key that nobody guesses
ALIKE = re.compile(
    r"refer(/.*)?$|receipt|leave|schools|voluntary|training|send|privacy|about|policy|library|health"
    r"|your-sign-in|sign|static|demonstration|consent-notice|accessibility|organisations"
    r"|what-you-looked-at|emergencies|.*pdf$"  # what one looked at grows while this test looks
    r"|.*<int:(number|item)>|panels/areas/<area>/(call|days|providers/|signed)|.*/note$|contacts/"
    r"|panels/<int:key>/papers$"  # tells who has opened them, which this test does
)
OF_ITS_OWN = ("who-may-see-it", "what-happened", "supervision", "panel")  # of the other case


@pytest.fixture(autouse=True)
def nothing_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sends e-mails here: that they wait is said of none, however long the test looks."""
    monkeypatch.setattr(notices, "SHORTLY", timedelta(hours=1))


def tells_of_cases(route: str) -> bool:
    """Whether a page may say something of cases: a list, a count, a meeting, another case."""
    if route.startswith("cases/<reference>/"):
        return route.removeprefix("cases/<reference>/") in OF_ITS_OWN
    if ALIKE.match(route):
        return False
    return "<" not in route or route.startswith(("panels/<int:key>", "panels/areas", "cases"))


class World:
    """A case on its way and a meeting to come, with every page that somebody can open of them."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.story = Story(cast).consented()
        chair = acting(cast.chair)
        self.meeting = meetings.call(cast.area, by=chair, on_date=today())

    def pages(self) -> list[str]:
        """Each address without a key of its own, and those of the case and of the meeting."""
        given = {
            "reference": self.story.case.reference, "area": self.cast.area.code,
            "role": "chair", "key": str(self.meeting.pk),
        }  # fmt: skip
        found = []
        for pattern in get_resolver().url_patterns:
            assert isinstance(pattern, URLPattern)
            route = str(pattern.pattern)
            if not tells_of_cases(route):
                continue
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda one: given.get(one[1], "1"), route)
            found.append(f"/{address}")
        return [*found, "/cases?overdue=yes", "/late/essex/chair", "/late/essex/police_officer",
                "/referrals", "/late/all/police_lead", "/late/essex/families_lead"]  # fmt: skip

    def seen_by(self, user: User, *pages: str) -> dict[str, tuple[int, bytes]]:
        """What each page, or each of `pages`, says to `user`, but for what differs each time."""
        client = Client(raise_request_exception=False)
        acting(user)
        client.force_login(user, backend=BACKEND)
        client.get("/")  # whatever is told once has been told
        found = {}
        for page in pages or self.pages():
            answer = client.get(page)
            # a refusal names its own code, and nothing else that differs
            plain = answer.status_code == 200 and not page.endswith("pdf")
            said = CHANGES.sub(rb"\1", answer.content) if plain else b""
            found[page] = answer.status_code, said
        return found

    def with_another(self) -> Case:
        """Another case comes to the same panel, and onto the agenda of the same meeting."""
        story = Story(self.cast, surname="Birchwood").on_panel()
        agenda.bring_up_to_date(self.meeting, by=acting(self.cast.chair))
        acting(self.cast.police_lead)
        assert self.meeting.items.filter(case=story.case).exists()
        return story.seen_again().case


def rows_naming(case: Case) -> dict[str, int]:
    """How many rows of the case who asks reads, of each table that names it: of none, none."""
    found = {}
    for model in apps.get_models():
        names = [f for f in model._meta.concrete_fields if f.column == "case_id"]
        if names and model._meta.db_table != "audit_look":
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT count(*) FROM {model._meta.db_table} WHERE case_id = %s", [case.pk]
                )
                if count := cursor.fetchone()[0]:
                    found[model._meta.db_table] = count
    return found


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [page for page, said in after.items() if said != before[page]]


@pytest.mark.slow
@pytest.mark.requirement("S24")
@pytest.mark.requirement("S31")
@pytest.mark.lesson("R23")
def test_a_restricted_case_leaves_no_trace_on_the_pages_of_whoever_is_not_named(
    essex: Cast,
) -> None:
    world = World(essex)
    people = {name: getattr(essex, name) for name in UNNAMED}
    before = {name: world.seen_by(user) for name, user in people.items()}
    hidden = world.with_another()
    while_seen = world.seen_by(people["vice_chair"], "/", "/cases", f"/panels/{world.meeting.pk}")
    assert differing(before["vice_chair"], while_seen) == list(while_seen)  # it can fail
    lead = acting(essex.police_lead)
    restricting.restrict(hidden, by=lead, kind="in_press", why="A reporter rang the school")
    for name, user in people.items():
        assert differing(before[name], world.seen_by(user)) == [], name
        acting(user)
        assert rows_naming(hidden) == {}, name
    for name in WITHOUT_CASES:
        acting(getattr(essex, name))
        assert rows_naming(hidden) == {}, name
    for named in (essex.chair, essex.police_lead):
        client = Client()
        acting(named)
        client.force_login(named, backend=BACKEND)
        assert hidden.reference in client.get("/cases").text
        assert client.get(f"/cases/{hidden.reference}").status_code == 200


@pytest.mark.slow
@pytest.mark.requirement("S25")
@pytest.mark.requirement("S31")
def test_whoever_must_not_see_a_case_sees_no_gap_where_it_is(essex: Cast) -> None:
    world = World(essex)
    people = {name: getattr(essex, name) for name in ("chair", "coordinator")}
    before = {name: world.seen_by(user) for name, user in people.items()}
    hidden = world.with_another()
    for name, user in people.items():
        lead = acting(essex.police_lead)
        made = exclusions.propose(hidden, by=lead, who=user, kind="relative", why="An aunt")
        exclusions.answer(made, by=acting(essex.vice_chair), agrees=True)
        assert differing(before[name], world.seen_by(user)) == [], name
        acting(user)
        assert rows_naming(hidden) == {}, name


@pytest.mark.requirement("S24")
@pytest.mark.requirement("S25")
def test_each_table_that_names_a_case_keeps_it_from_whom_it_is_kept(db: None) -> None:
    """By a policy that none of its own can widen: `kept_from_others` in waymark/cases/sight.py."""
    named = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.column == "case_id"
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE permissive = 'RESTRICTIVE'"
        )
        kept = set(cursor.fetchall())
    openings = {"audit_look", "cases_emergencyopening", "cases_emergencywords"}
    for table in named - openings:
        assert {(table, "kept_see"), (table, "only_read_change")} <= kept, table
        assert (table, "kept_add") in kept or table == "cases_task", table


@pytest.mark.requirement("S24")
@pytest.mark.requirement("S25")
def test_a_referral_of_two_is_not_there_for_whom_the_case_of_one_is_kept_from(essex: Cast) -> None:
    """Once both are screened: they have the extract of the one whose case they work on."""
    born = {"year": 2011, "month": 3, "day": 4}
    both = tuple(
        PersonFacts(forenames=name, surname="Birchwood", birth=born) for name in ("Alder", "Hazel")
    )
    kept, open_ = Story(essex).referred(people=both), Story(essex)
    open_.subject = Subject.objects.get(referral=kept.subject.referral, position=1)
    page = f"/referrals/{kept.subject.referral.reference}"
    visitor = receipts.visitors_of(kept.sent.code)[0]
    become(visitor)
    receipts.add(kept.sent.receipt, by=visitor, kind="new", words="Both were there")
    acting(essex.police_lead)
    kept.screened()
    lead = acting(essex.police_lead)
    restricting.restrict(kept.case, by=lead, kind="relative", why="The caretaker’s son")

    other = acting(essex.second_officer)
    screening.take(open_.subject, by=other)
    assert status(other, page) == 200  # somebody in it is still to be screened
    screening.decide(open_.subject, by=acting(other), decision=open_.decision())
    open_.subject.refresh_from_db()
    case = open_.subject.case
    assert case is not None
    assert status(other, page) == 404
    acting(other)
    assert not Referral.objects.exists() and not Referrer.objects.exists()
    assert not Addition.objects.exists()
    assert [one.words for one in extracts_of(case)] == ["What was seen and said at school."]
    assert status(other, f"/cases/{case.reference}") == 200
    assert status(essex.police_officer, page) == status(essex.police_lead, page) == 200


def status(user: User, page: str) -> int:
    client = Client(raise_request_exception=False)
    acting(user)
    client.force_login(user, backend=BACKEND)
    return client.get(page).status_code
