"""A line of time: marks at their days, labels that do not run into each other, words beside it."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from waymark.ui.line_of_time import APART, MARGIN, WIDTH, Mark, line_of_time

DAY = date(2026, 3, 1)


def test_nothing_is_drawn_of_nothing() -> None:
    assert line_of_time([]) is None


def test_one_mark_stands_at_the_beginning() -> None:
    drawing = line_of_time([Mark(DAY, "Assessed", main=True)])
    assert drawing and [one.x for one in drawing.marks] == [MARGIN]
    assert drawing.marks[0].label == "1 Mar 2026"


@given(st.lists(st.tuples(st.integers(0, 2000), st.booleans()), min_size=1, max_size=60))
def test_marks_are_in_order_inside_the_picture_and_labels_apart(
    said: list[tuple[int, bool]],
) -> None:
    marks = [Mark(DAY + timedelta(days=ahead), f"{ahead}", main) for ahead, main in said]
    drawing = line_of_time(marks)
    assert drawing
    places = [one.x for one in drawing.marks]
    assert places == sorted(places)
    assert all(MARGIN <= x <= WIDTH - MARGIN for x in places)
    labels = [one for one in drawing.marks if one.mark.main]
    for row in {one.label_y for one in labels}:
        there = [one.x for one in labels if one.label_y == row]
        assert all(later - earlier >= APART for earlier, later in pairwise(there))
        assert row < drawing.height


@given(st.lists(st.tuples(st.integers(0, 2000), st.booleans()), max_size=60))
def test_the_words_are_those_of_the_marks(said: list[tuple[int, bool]]) -> None:
    marks = [Mark(DAY + timedelta(days=ahead), f"{ahead}", main) for ahead, main in said]
    drawing = line_of_time(marks)
    told = drawing.in_words if drawing else []
    assert sorted(told, key=repr) == sorted(marks, key=repr)
