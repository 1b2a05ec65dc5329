"""What one may not see answers as what is not there: in bytes, headers, questions and time."""

import time
from statistics import median

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, acting
from tests.story import Story
from waymark.audit.models import Look
from waymark.cases.models import Exclusion
from waymark.database.clock import now
from waymark.database.guard import become

BACKEND = "waymark.web.door.sign_in_backend.ByPassword"
PAGES = ("", "/person", "/plan", "/consent", "/hold", "/panel", "/what-happened")
MALFORMED = ("0", "x" * 400, "'%20OR%201=1", "%E2%80%AE", "..%2e", "ÅÄÖ00000")
ASKED_FOR_EACH = 200


class Reader:
    """A chair of another area, with the same browser all the time."""

    def __init__(self, essex: Cast, thurrock: Cast):
        self.hidden = Story(essex).consented().case.reference
        self.early = Story(thurrock, surname="Birchwood").screened().case.reference
        self.client = Client()
        acting(thurrock.chair)
        self.client.force_login(thurrock.chair, backend=BACKEND)

    def came(self, reference: str, page: str = "") -> tuple[object, ...]:
        """All that an onlooker could compare, but for time."""
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get(f"/cases/{reference}{page}")
        headers = sorted(answer.headers.items())
        return answer.status_code, answer.content, headers, sorted(answer.cookies), len(asked)


@pytest.fixture
def reader(essex: Cast, thurrock: Cast) -> Reader:
    return Reader(essex, thurrock)


@pytest.mark.requirement("S23")
@pytest.mark.parametrize("page", PAGES)
def test_absent_hidden_and_malformed_answer_alike(reader: Reader, page: str) -> None:
    absent = reader.came("00000000", page)
    assert absent[0] == 404
    assert reader.came(reader.hidden, page) == absent
    assert reader.came(reader.early, page) == absent  # of the own area, and not yet opened to it
    for reference in MALFORMED:
        assert reader.came(reference, page) == absent, reference


@pytest.mark.requirement("S23")
def test_whoever_is_excluded_cannot_tell_the_case_from_none(essex: Cast) -> None:
    case = Story(essex).reviewed().case
    client = Client()
    acting(essex.chair)
    client.force_login(essex.chair, backend=BACKEND)
    assert client.get(f"/cases/{case.reference}").status_code == 200
    acting(essex.police_lead)
    Exclusion.objects.create(
        case=case, user=essex.chair, why="Knows the family", set_by=essex.police_lead, from_at=now()
    )
    excluded = client.get(f"/cases/{case.reference}")
    absent = client.get("/cases/00000000")
    assert (excluded.status_code, excluded.content) == (404, absent.content)
    assert case.reference not in client.get("/cases").text


@pytest.mark.slow
@pytest.mark.requirement("S23")
def test_absent_and_hidden_take_the_same_time(reader: Reader) -> None:
    taken: dict[str, list[float]] = {"00000000": [], reader.hidden: [], "x": []}
    for _ in range(ASKED_FOR_EACH):
        for reference, times in taken.items():
            began = time.perf_counter()
            reader.client.get(f"/cases/{reference}")
            times.append(time.perf_counter() - began)
    absent, *others = (median(times) for times in taken.values())
    for other in others:
        assert abs(other - absent) < max(absent * 0.1, 0.003)


@pytest.mark.requirement("S23")
def test_a_part_that_is_not_ones_own_is_refused_with_reason_and_clause(essex: Cast) -> None:
    case = Story(essex).reviewed().case
    client = Client()
    acting(essex.coordinator)
    client.force_login(essex.coordinator, backend=BACKEND)
    answer = client.get(f"/cases/{case.reference}/consent")
    assert answer.status_code == 403
    assert "(1.3.3)" in answer.text and "Whom to ask" in answer.text
    become(essex.coordinator)
    assert not Look.objects.filter(part="work").exists()


@pytest.mark.requirement("S33")
def test_a_page_fetched_ahead_is_not_shown_and_is_no_look(essex: Cast) -> None:
    case = Story(essex).reviewed().case
    client = Client()
    acting(essex.chair)
    client.force_login(essex.chair, backend=BACKEND)
    for name in ("Sec-Purpose", "Purpose", "X-Moz"):
        answer = client.get(f"/cases/{case.reference}", headers={name: "prefetch;prerender"})
        assert (answer.status_code, answer.content) == (204, b"")
    become(essex.chair)
    assert not Look.objects.exists()


@pytest.mark.requirement("S33")
def test_where_the_look_cannot_be_written_nothing_is_shown(
    essex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Story(essex, surname="Ashdown").reviewed().case
    client = Client(raise_request_exception=False)
    acting(essex.chair)
    client.force_login(essex.chair, backend=BACKEND)

    def full(**said: object) -> None:
        raise OSError("No space left")

    monkeypatch.setattr("waymark.web.access.look", full)
    answer = client.get(f"/cases/{case.reference}")
    assert answer.status_code == 500
    assert "Ashdown" not in answer.text
