"""Looks are written down with their purpose, and each person sees their own."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from waymark.audit.looks import look, looks_since
from waymark.audit.models import Look
from waymark.database.actor import Actor
from waymark.database.clock import now
from waymark.database.guard import become


class Person:
    def __init__(self, pk: int) -> None:
        self.pk = pk


ANNA, BEN = Person(1), Person(2)


def looked(by: Actor, case_id: int) -> None:
    with transaction.atomic():
        become(by)
        look(by=by, at=now(), case_id=case_id, part="case", purpose="own_task")


def test_each_person_sees_their_own_looks_only(database: None) -> None:
    looked(ANNA, 41)
    looked(ANNA, 42)
    looked(BEN, 41)
    with transaction.atomic():
        become(ANNA)
        yesterday = now() - timedelta(days=1)
        assert [seen.case_id for seen in looks_since(yesterday)] == [42, 41]
        assert [seen.case_id for seen in looks_since(yesterday, case_id=41, by=ANNA)] == [41]
        assert not looks_since(now() + timedelta(minutes=1)).exists()
        assert not looks_since(yesterday, by=BEN).exists()
    assert not Look.objects.exists()  # nobody has said who asks


@pytest.mark.parametrize("purpose", ["because he is my neighbour", "", "Own"])
def test_a_purpose_is_a_code(database: None, purpose: str) -> None:
    with pytest.raises(ValueError, match="short codes"):
        look(by=ANNA, at=now(), case_id=41, part="case", purpose=purpose)


def test_nobody_looks_who_has_not_said_who_asks(database: None) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        look(by=ANNA, at=now(), case_id=41, part="case", purpose="own_task")
