"""Working days, months, meetings; what is due, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from waymark.policy.days import (
    LONDON,
    counted_from,
    due_date,
    is_working_day,
    meetings_ahead,
    months_after,
    next_meeting,
    working_days_after,
    working_days_before,
    working_days_between,
)
from waymark.policy.lateness import due_group, due_in_words
from waymark.policy.pack import edition

PACK = edition("set-2019")
DAYS = some.dates(date(2019, 1, 1), date(2035, 12, 31))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        (date(2026, 11, 23), 5, date(2026, 11, 30)),  # an ordinary week
        (date(2026, 12, 23), 5, date(2027, 1, 4)),  # Christmas, Boxing Day moved to Monday 28th
        (date(2027, 12, 23), 3, date(2027, 12, 30)),  # Christmas on a Saturday: two days moved
        (date(2026, 4, 1), 3, date(2026, 4, 8)),  # Good Friday and Easter Monday
        (date(2028, 2, 28), 2, date(2028, 3, 1)),  # a leap year's 29 February counts
        (date(2026, 8, 28), 1, date(2026, 9, 1)),  # the summer bank holiday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),  # a Saturday counts from Monday
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # a bank holiday of one year only
    ],
)
def test_working_days_leave_out_weekends_and_holidays(start: date, number: int, due: date) -> None:
    assert working_days_after(start, number) == due


def test_scottish_and_irish_holidays_are_working_days_in_england() -> None:
    assert is_working_day(date(2026, 11, 30))  # St Andrew
    assert is_working_day(date(2026, 3, 17))  # St Patrick
    assert not is_working_day(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("moment", "counted"),
    [
        (at(date(2026, 11, 23), 9), date(2026, 11, 23)),
        (at(date(2026, 11, 23), 13), date(2026, 11, 23)),
        (at(date(2026, 11, 23), 13, 1), date(2026, 11, 24)),
        (at(date(2026, 11, 27), 17), date(2026, 11, 30)),  # Friday afternoon
        (at(date(2026, 11, 28), 9), date(2026, 11, 30)),  # Saturday morning
        (at(date(2026, 12, 24), 14), date(2026, 12, 29)),  # Christmas Eve, afternoon
        (datetime(2026, 7, 6, 12, 30, tzinfo=UTC), date(2026, 7, 7)),  # 13:30 in London
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), date(2026, 7, 6)),  # Monday in London
    ],
)
def test_what_comes_after_the_packs_hour_counts_from_the_next_working_day(
    moment: datetime, counted: date
) -> None:
    assert counted_from(moment) == counted


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 7, 15), 6, date(2027, 1, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_limits_are_counted_in_their_unit() -> None:
    moment = at(date(2026, 11, 23), 10)
    assert due_date(moment, PACK.limit("screening")) == date(2026, 11, 30)
    assert due_date(moment, PACK.limit("police_hold")) == date(2026, 12, 21)
    assert due_date(moment, PACK.limit("review_first")) == date(2027, 5, 23)
    assert due_date(moment, PACK.limit("review_second")) == date(2027, 11, 23)


@given(DAYS, some.integers(0, 40))
def test_a_due_day_is_a_working_day_so_many_working_days_on(start: date, number: int) -> None:
    due = working_days_after(start, number)
    assert is_working_day(due)
    assert working_days_between(counted_from(start), due) == number


@pytest.mark.parametrize(
    ("day", "meeting"),
    [
        (date(2026, 11, 1), date(2026, 11, 18)),
        (date(2026, 11, 18), date(2026, 11, 18)),
        (date(2026, 11, 19), date(2026, 12, 16)),
        (date(2026, 12, 17), date(2027, 1, 20)),
        (date(2026, 1, 31), date(2026, 2, 18)),
    ],
)
def test_essex_meets_on_the_third_wednesday(day: date, meeting: date) -> None:
    assert next_meeting(PACK.panel_of("essex"), day) == meeting


def test_a_day_that_is_no_working_day_moves_to_the_next() -> None:
    """The first Monday of May is a holiday in England; that of June is not."""
    panel = replace(PACK.panel_of("essex"), weekday=0, week=1)
    ahead = dict(meetings_ahead(panel, date(2026, 11, 24)))
    assert len(ahead) == 12
    assert ahead[date(2027, 5, 3)] == date(2027, 5, 4)
    assert ahead[date(2027, 6, 7)] == date(2027, 6, 7)
    assert next_meeting(panel, date(2027, 5, 3)) == date(2027, 5, 4)
    assert meetings_ahead(PACK.panel_of("southend"), date(2026, 11, 24)) == []
    assert working_days_before(date(2026, 12, 29), 2) == date(2026, 12, 23)


def test_southend_meets_at_the_latest_four_weeks_on() -> None:
    panel = PACK.panel_of("southend")
    assert next_meeting(panel, date(2026, 11, 24)) == date(2026, 12, 22)
    assert next_meeting(panel, date(2026, 11, 27)) == date(2026, 12, 29)


TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due", "words", "group"),
    [
        (date(2026, 11, 24), "Due today", "today"),
        (date(2026, 11, 25), "Due tomorrow, 25 November 2026", "tomorrow"),
        (date(2026, 11, 27), "Due Friday, 27 November 2026", "this_week"),
        (date(2026, 11, 30), "Due Monday, 30 November 2026", "later"),
        (date(2026, 12, 1), "Due 1 December 2026", "later"),
        (date(2026, 11, 23), "1 working day overdue", "overdue"),
        (date(2026, 11, 19), "3 working days overdue", "overdue"),
    ],
)
def test_what_is_due_is_said_in_words(due: date, words: str, group: str) -> None:
    assert due_in_words(due, TUESDAY) == words
    assert due_group(due, TUESDAY) == group


def test_over_a_weekend_no_working_day_is_late() -> None:
    assert due_in_words(date(2026, 11, 27), date(2026, 11, 29)) == "Overdue since 27 November 2026"


@given(DAYS, DAYS)
def test_no_lateness_is_a_negative_number(due: date, today: date) -> None:
    assert "-" not in due_in_words(due, today)
    assert due_in_words(due, today).startswith("Due") == (due >= today)
