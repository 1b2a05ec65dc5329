"""What is shown of a record tells neither when it was made nor how many there are."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.story import Story
from waymark.cases.models import Case
from waymark.cases.reading import lists
from waymark.database.guard import become
from waymark.database.keys import CROCKFORD, random_key, random_reference
from waymark.directory.models import User

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
NOT_OURS = ("django_", "auth_", "procrastinate_")


def cases_of(cast: Cast, number: int, *, first: int = 0) -> list[Case]:
    names = [f"Ashdown{chr(97 + first + n)}" for n in range(number)]
    return [Story(cast, surname=name).screened().case for name in names]


@pytest.mark.requirement("S32")
def test_references_are_random_and_of_one_shape() -> None:
    made = {random_reference() for _ in range(2000)}
    assert len(made) == 2000
    assert all(re.fullmatch(f"[{CROCKFORD}]{{8}}", one) for one in made)
    for place in range(8):  # no place is a clock or a number that grows
        assert len({one[place] for one in made}) == 32


@pytest.mark.requirement("S32", "S84")
def test_no_row_of_ours_is_numbered_by_the_database(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        sequences = [row[0] for row in cursor.fetchall()]
    assert [name for name in sequences if not name.startswith(NOT_OURS)] == []
    keys = [random_key() for _ in range(500)]
    assert keys != sorted(keys) and len(set(keys)) == 500


@pytest.mark.requirement("S32")
def test_a_page_shows_no_number_and_no_order(client: Client, essex: Cast) -> None:
    cases = cases_of(essex, 3)
    become(essex.police_lead)
    references = [case.reference for case in cases]
    assert len(set(references)) == 3
    client.force_login(essex.police_lead, backend=BACKEND)
    addresses = re.findall(r'href="/cases/([^"/?]+)', client.get("/cases").text)
    assert set(addresses) == set(references)
    assert all(re.fullmatch(f"[{CROCKFORD}]{{8}}", one) for one in references)


def keys_of(page: lists.Page) -> list[int]:
    return [case.pk for case in page.cases]


@pytest.mark.requirement("F16")
def test_no_row_is_skipped_or_shown_twice_while_others_arrive(
    essex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 3)
    there = [case.pk for case in cases_of(essex, 8)]
    who: User = essex.police_lead
    shown: list[int] = []
    older, number = "", 0
    while True:
        become(who)
        page = lists.page_of(who, lists.Wanted(), before=older)
        shown += keys_of(page)
        older, number = page.older, number + 1
        if not older:
            break
        cases_of(essex, 1, first=10 + number)  # one arrives between two pages
    assert number == 3
    assert shown == there[::-1]
    become(who)
    newest = lists.page_of(who, lists.Wanted())
    back = lists.page_of(who, lists.Wanted(), after=lists.key_of(newest.cases[-1]))
    assert keys_of(back) == keys_of(newest)[:2]


@pytest.mark.requirement("F16")
def test_a_list_asks_as_often_for_many_as_for_few_and_tells_no_total(
    client: Client, essex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 3)
    cases_of(essex, 4)
    client.force_login(essex.police_lead, backend=BACKEND)
    client.get("/cases")
    with CaptureQueriesContext(connection) as few:
        client.get("/cases")
    cases_of(essex, 5, first=10)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/cases").text
    assert len(many) == len(few)
    assert not [found for found in many if "count(*)" in found["sql"].lower()]
    assert not re.search(r"\b(of|total)\s+9\b|\b9 cases\b", page)


def test_every_table_of_ours_has_a_random_key() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("waymark.")]
    kinds = {model.__name__: model._meta.pk.get_internal_type() for model in ours}
    assert [name for name, kind in kinds.items() if kind.endswith("AutoField")] == []
