"""The pack and the house use the same codes."""

import django.apps
import pytest

from waymark.assessments.models import Finding
from waymark.cases.models.case import ENDS
from waymark.cases.models.consent import SupportConsent
from waymark.cases.ways import PLACES
from waymark.database.record import Record
from waymark.directory.models import Role
from waymark.policy.pack import edition
from waymark.referrals.models import Screening

PACK = edition("set-2019")


def codes(items: object) -> set[str]:
    assert isinstance(items, tuple)
    return {each.code for each in items}


def test_every_table_is_kept_by_a_class_that_the_pack_has() -> None:
    tables = [each for each in django.apps.apps.get_models() if issubclass(each, Record)]
    assert tables
    assert {each.kept.retention for each in tables} <= codes(PACK.retention)


def test_every_stage_that_waits_has_its_limit() -> None:
    named = {place.limit for place in PLACES.values() if place.limit}
    assert named
    assert named <= codes(PACK.limits)


def test_every_end_of_a_case_has_its_own_name() -> None:
    assert codes(PACK.ends) == {str(end) for end in ENDS} | {"not_prevent"}
    assert [end.code for end in PACK.ends if end.reviewed] == ["exited"]


@pytest.mark.parametrize(
    "seat", [*PACK.quorum, *PACK.permanent_members], ids=lambda seat: seat.code
)
def test_every_seat_is_for_roles_that_there_are(seat: object) -> None:
    assert set(getattr(seat, "roles", ())) <= set(Role.values)


def test_screening_decides_with_the_packs_words() -> None:
    assert codes(PACK.screening_outcomes) == set(Screening.Outcome.values)
    assert codes(PACK.not_prevent_reasons) == set(Screening.Reason.values)


def test_consent_is_answered_with_the_packs_words() -> None:
    assert codes(PACK.consent.answerers) == set(SupportConsent.Answerer.values)
    assert set(SupportConsent.State.values) <= codes(PACK.consent.states)


def test_findings_are_the_packs() -> None:
    states = next(field for field in Finding._meta.get_fields() if field.name == "state")
    assert {code for code, _ in getattr(states, "choices", ())} == codes(
        PACK.framework.finding_states
    )
