"""A demonstration's clock is moved on by whoever visits it, and by nobody elsewhere."""

from datetime import timedelta

from django.test import Client

from tests.cast import Cast
from tests.web.police import Pages, plain
from waymark.database.clock import today
from waymark.policy.lateness import day_in_words


def test_the_clock_of_a_demonstration_goes_on_by_days(client: Client, essex: Cast) -> None:
    desk, later = Pages(client, essex.chair), today() + timedelta(days=30)
    for wrong in ("", "0", "many"):
        assert "There is a problem" in plain(desk.send("clock", days=wrong))
    assert desk.send("clock", days="30").status_code == 302
    assert f"Today is {day_in_words(later)}" in desk.text("home")
