"""What the pack of 2019 holds, and what it must never ask or rank."""

from dataclasses import fields
from datetime import date

import pytest

from waymark.policy.form import TypeOfConcern
from waymark.policy.framework import Dimension, Factor, FindingState
from waymark.policy.pack import NotInPack, Pack, edition, editions, in_force, put_in_force


@pytest.fixture
def pack() -> Pack:
    return edition("set-2019")


def test_the_policys_numbers(pack: Pack) -> None:
    assert [len(pack.factors_of(each.code)) for each in pack.framework.dimensions] == [13, 6, 3]
    assert [len(pack.indicators_of(each.code)) for each in pack.framework.dimensions] == [7, 6, 4]
    assert len(pack.support_kinds) == 11
    assert len(pack.work_streams) == 4
    assert len(pack.text("prevent_objectives").points) == 3
    assert len(pack.text("prevent_commitments").points) == 6
    assert len(pack.text("panel_duties").points) == 4
    assert len(pack.offices) == 11
    assert len(pack.control.boards) == 6
    assert len(pack.references_in("policy")) == 5
    assert len(pack.references_in("learning")) == 3
    assert len(pack.purposes) <= 8


def test_factors_carry_the_codes_of_their_dimension(pack: Pack) -> None:
    codes = [factor.code for factor in pack.framework.factors]
    assert codes[0] == "E1"
    assert codes[-1] == "C3"
    assert len(codes) == 22
    assert all(factor.code[0] == factor.dimension[0].upper() for factor in pack.framework.factors)


@pytest.mark.parametrize("kind", [Dimension, Factor, FindingState, TypeOfConcern])
def test_nothing_carries_a_score(kind: type) -> None:
    names = {field.name for field in fields(kind)}
    assert not names & {"score", "weight", "points", "value", "rank", "order", "priority"}


def test_a_type_of_concern_is_a_name_and_nothing_else(pack: Pack) -> None:
    assert {field.name for field in fields(TypeOfConcern)} == {"code", "name", "hint"}
    conditions = [each.when for each in pack.form.questions if each.when]
    assert conditions
    assert all(condition.question != "type_of_concern" for condition in conditions)
    assert "not_sure" in {each.code for each in pack.types_of_concern}


def test_the_review_date_has_passed_only_after_its_last_day(pack: Pack) -> None:
    assert not pack.control.review_passed(date(2020, 4, 30))
    assert pack.control.review_passed(date(2020, 5, 1))


def test_what_is_said_in_words_is_what_the_limits_say(pack: Pack) -> None:
    screening, draft, receipt = map(pack.limit, ("screening", "draft", "receipt"))
    assert f"Within {screening.amount} working days" in pack.text("what_happens_next").points[0]
    begin = pack.text("before_you_start").points
    assert any(f"for {draft.amount} days" in point for point in begin)
    kept = pack.text("how_long_kept").paragraphs[0]
    assert f"ends after {receipt.amount} months" in kept
    nothing, referral = pack.retention_class("not_prevent"), pack.retention_class("referral")
    years = [nothing.adult_months, nothing.child_months, referral.adult_months]
    words = ["after 3 years", "after 1 year", "after 6 years", "after 3 if"]
    assert [month / 12 for month in [*years, referral.child_months]] == [3, 1, 6, 3]
    assert all(each in kept for each in words)


def test_a_childs_record_is_never_kept_longer_than_an_adults(pack: Pack) -> None:
    assert all(each.child_months <= each.adult_months for each in pack.retention)
    assert all(each.reason for each in pack.retention)


def test_each_time_limit_says_who_set_it(pack: Pack) -> None:
    assert all(limit.basis for limit in pack.limits)
    assert pack.limit("screening").basis == "local setting"


def test_each_area_has_its_panel(pack: Pack) -> None:
    assert pack.panel_of("essex").rhythm == "monthly"
    assert {pack.panel_of(area).rhythm for area in ("southend", "thurrock")} == {"when_needed"}
    with pytest.raises(NotInPack, match="no panel for the area “kent”"):
        pack.panel_of("kent")


def test_an_unknown_code_is_refused_in_a_sentence(pack: Pack) -> None:
    with pytest.raises(NotInPack, match="set-2019 has no limit called “lunch”"):
        pack.limit("lunch")


def test_an_edition_that_is_not_kept_is_refused() -> None:
    with pytest.raises(NotInPack, match="“set-1066” is not among the packs"):
        edition("set-1066")


def test_the_edition_in_force_is_read_once_and_among_those_kept() -> None:
    assert in_force() is in_force()
    assert in_force().code in editions()


def test_putting_none_in_force_is_putting_the_products_own() -> None:
    assert put_in_force(None).code == "set-2019"
