"""A provider's checks, each apart; one that lapses or is suspended stops its support (2.8.13)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, acting
from tests.panel_steps import clock_moved
from tests.story import Story
from tests.web.panel import Desk, day
from waymark.cases.models import Case, Task
from waymark.database import clock
from waymark.database.clock import today
from waymark.database.guard import become
from waymark.directory.models import User
from waymark.directory.permission import Refused
from waymark.project.jobs.watching import watch
from waymark.support import plans
from waymark.support.models import Piece, ProviderCheck
from waymark.support.silences import WATCH
from waymark.support.vetting import checks


@pytest.fixture(autouse=True)
def in_time(db: None) -> Iterator[None]:
    yield
    clock.set_offset(timedelta())


@pytest.fixture
def desk(client: Client, essex: Cast) -> Desk:
    return Desk(client, Story(essex).consented())


def days_later(days: int) -> None:
    clock.set_offset(timedelta(days=days))
    watch()


def waiting(user: Any, kind: str) -> list[Task]:
    acting(user)
    return list(Task.objects.waiting().of(user).filter(kind=kind))


def state(desk: Desk) -> str:
    acting(desk.cast.chair)
    return Piece.objects.get().state


def renewed(desk: Desk, user: User, what: str, days: int, **said: Any) -> None:
    given = {"by_whom": "Kim Lee, vetting officer"} | day("on_date", today()) | said
    given |= day("until_date", today() + timedelta(days=days))
    where = (desk.cast.area.code, desk.cast.provider.organisation_id, what)
    desk.done(user, "provider_renew", *where, **given)


@pytest.mark.clause("2.8.13")
def test_a_check_that_lapses_is_told_of_in_time_and_stops_support_the_same_day(
    desk: Desk, essex: Cast
) -> None:
    chair, lead, provider = essex.chair, essex.support_lead, essex.provider
    body = provider.organisation
    renewed(desk, chair, "dbs", 90, dbs_level="enhanced_barred")
    renewed(desk, chair, "reliable", 400, how="Kept every session since spring")
    last = ProviderCheck.objects.latest("at")
    assert last.valid_until_date == today() + timedelta(days=90)
    page = desk.at(chair).text("provider", "essex", body.pk)
    assert "Kim Lee, vetting officer" in page and "Kept every session since spring" in page
    assert "Enhanced, with the barred lists" in page and "Works with children and adults" in page

    days_later(29)
    assert not waiting(chair, "provider_lapses")
    days_later(30)
    days_later(31)
    (told,), (too,) = waiting(chair, "provider_lapses"), waiting(lead, "provider_lapses")
    assert told.due_date == too.due_date == last.valid_until_date
    assert "a check lapses on" in desk.at(lead).text("provider_standing", body.pk) + told.why
    assert desk.at(chair).get("provider_standing", body.pk).status_code == 302

    days_later(91)
    days_later(91)
    assert state(desk) == "held"
    assert len(waiting(chair, "provider_stopped")) == 1 and not waiting(lead, "provider_lapses")
    assert len(waiting(provider, "stop_support")) == len(waiting(lead, "stop_support")) == 1
    assert not waiting(provider, "log_session")
    assert "checks are not in date" in desk.at(chair).text("plan", desk.reference)
    assert ": lapsed" in desk.at(chair).text("provider", "essex", body.pk)
    shown = desk.at(chair).text("providers", "essex")
    assert "Cannot be used" in shown and Piece.objects.get().reference in shown

    # the co-ordinator sees no piece: what they renew waits for the chair
    renewed(desk, essex.coordinator, "dbs", 700, dbs_level="enhanced")
    watch()
    assert state(desk) == "held" and len(waiting(chair, "provider_ready")) == 1
    assert not waiting(chair, "provider_stopped")
    desk.done(chair, "provider_goes_on", "essex", body.pk)
    assert state(desk) == "offered" and len(waiting(provider, "accept_brief")) == 1
    assert not waiting(chair, "provider_ready") and not waiting(provider, "stop_support")


@pytest.mark.clause("2.8.13", "2.10.1")
def test_a_suspended_provider_stops_everywhere_in_the_area_and_two_people_lift_it(
    desk: Desk, essex: Cast
) -> None:
    chair, provider = essex.chair, essex.provider
    where = ("essex", provider.organisation_id)
    why = {"why": "A complaint is looked into"} | day("look_again_date", today())
    assert "These stop now: support" in desk.at(chair).text("provider_suspend", *where)
    desk.done(chair, "provider_suspend", *where, **why)
    assert state(desk) == "held" and len(waiting(provider, "stop_support")) == 1
    piece = desk.piece()
    theirs = desk.at(provider).text("piece", piece.pk)
    assert "A complaint" not in theirs and "do not go on" in theirs
    assert "is suspended" in desk.at(essex.coordinator).text("providers", "essex")
    assert len(waiting(chair, "look_at_suspension")) == 1

    desk.done(essex.coordinator, "suspension_ask", *where, why="Nothing was found")
    asked = "You asked to lift it yourself"
    assert asked in desk.at(essex.coordinator).text("suspension_lift", *where)
    desk.done(essex.vice_chair, "suspension_lift", *where)
    assert state(desk) == "offered" and not waiting(chair, "look_at_suspension")
    assert "Suspended before" in desk.at(chair).text("provider", *where)

    # a co-ordinator's word bars it at once; the duty stops what they cannot see
    desk.done(provider, "piece_accept", piece.pk)
    desk.done(essex.coordinator, "provider_suspend", *where, **why)
    assert "is suspended" in desk.at(provider).text("piece_log", piece.pk)
    become(WATCH)
    assert not Case.objects.exists()
    watch()
    assert state(desk) == "held"


@pytest.mark.clause("2.8.13")
def test_a_provider_gives_only_what_and_works_only_with_whom_it_is_checked_for(
    client: Client, essex: Cast
) -> None:
    story = Story(essex).planned()
    desk, body = Desk(client, story), essex.provider.organisation
    check = desk.at(essex.chair).text("provider", "essex", body.pk)
    assert "May give every kind of support" in check
    chair = acting(essex.chair)
    whole = dict.fromkeys(checks.ESTABLISHED, "Seen")
    valid: Any = {"dbs_date": today(), "valid_until_date": today() + timedelta(days=300)}
    for scope, why in (
        (checks.Scope(with_children=False), "not checked for work with children"),
        (checks.Scope(kinds=["careers"]), "not checked for this kind of support"),
    ):
        checks.check(body, by=chair, area=essex.area, passed=True, scope=scope, **valid, **whole)
        with pytest.raises(Refused, match=why):
            plans.may_be_agreed(story.case, story.plan)
    approved = checks.Scope(home_office_until_date=today() + timedelta(days=30))
    checks.check(body, by=chair, area=essex.area, passed=True, scope=approved, **valid, **whole)
    plans.may_be_agreed(story.case, story.plan)
    assert "approved by the Home Office" in desk.at(essex.chair).text("providers", "essex")

    # consent is recorded though the provider may not be used: its support waits for that
    story.decided("plan_agreed", plan=story.plan)
    chair = acting(essex.chair)
    checks.check(body, by=chair, area=essex.area, passed=False, **valid)
    story.answered("parent", "given", "Alex Ashdown")
    story.answered("person", "given")
    assert (desk.stage(), state(desk)) == ("supported", "held")
    watch()
    assert len(waiting(chair, "provider_stopped")) == 1
    checks.check(body, by=acting(essex.chair), area=essex.area, passed=True, **valid, **whole)
    assert state(desk) == "offered" and len(waiting(essex.provider, "accept_brief")) == 1
    with clock_moved(301), pytest.raises(Refused, match="out of date already"):
        checks.renew(
            body, by=acting(essex.chair), area=essex.area, what="dbs", how="",
            apart=checks.Apart("Kim", today(), today() - timedelta(days=1)),
        )  # fmt: skip
