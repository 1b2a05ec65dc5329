"""Telling all of it, from the first day of the installation to this morning."""

from datetime import timedelta
from functools import partial

from waymark.database.clock import today
from waymark.panels.meeting import confidentiality
from waymark.project.demonstration import history, stories, waiting
from waymark.project.demonstration.accounts import ACCOUNTS
from waymark.project.demonstration.cast import Cast
from waymark.project.demonstration.desk import Desk, call_meetings
from waymark.project.demonstration.passwords import Digests
from waymark.project.demonstration.supervising import learnt, supervised
from waymark.project.demonstration.telling import Calendar, acting
from waymark.support.vetting import checks

FIRST_DAY = 620  # days ago


def load() -> list[dict[str, str]]:
    """Tell the demonstration within the transaction that is open; its accounts, for who starts it.

    Only for a database that is marked as a demonstration and empty: the caller asks that.
    """
    digests = Digests({account.password_of for account in ACCOUNTS})
    try:
        return _tell(digests)
    finally:
        digests.close()


def _tell(digests: Digests) -> list[dict[str, str]]:
    calendar, cast = begun(digests)
    tellers = {}
    for area, tell in (
        ("essex", stories.essex),
        ("southend", stories.southend),
        ("thurrock", stories.thurrock),
    ):
        tellers[area] = stories.Teller(calendar, cast, area)
        tell(tellers[area])
    history.tell(tellers)
    waiting.tell(calendar, cast)
    Desk(calendar, cast).fills()
    calendar.on(0, partial(call_meetings, tellers))
    calendar.on(0, partial(learnt, cast))
    for teller in tellers.values():
        calendar.on(0, partial(supervised, teller.stories.values()))
    calendar.tell()
    return cast.told()


def begun(digests: Digests) -> tuple[Calendar, Cast]:
    """The days on which those of the partnership arrive, to be told before any case of theirs."""
    calendar, cast = Calendar(), Cast(digests)
    calendar.on(FIRST_DAY, cast.arrive)
    calendar.on(FIRST_DAY - 10, lambda: check_providers(cast))
    calendar.on(FIRST_DAY - 12, lambda: agree_to_confidentiality(cast))
    calendar.on(60, cast.confirm_contacts)
    return calendar, cast


def check_providers(cast: Cast) -> None:
    """Each area's panel checks the mentors that it works with (2.8.13)."""
    for code, area in cast.places.areas.items():
        mentors = cast.of("mentor", code).organisation
        checks.check(
            mentors, by=acting(cast.of("chair", code)), area=area, passed=True,
            dbs_date=today() - timedelta(days=20),
            valid_until_date=today() + timedelta(days=1000),
            credible_how="Young people in the town know and trust its mentors.",
            local_understanding_how="Its mentors come from the area and live there.",
            reliable_how="Kept every appointment of the last two years.",
            shared_values_how="Signed the shared values, and lives by them in its clubs.",
            suitable_how="References, supervision and training were seen.",
        )  # fmt: skip


def agree_to_confidentiality(cast: Cast) -> None:
    """Those who sit on a panel agree once; one of them has not yet (2.10.6)."""
    for code, area in cast.places.areas.items():
        for post in ("chair", "vicechair", "coordinator", "families", "adults"):
            confidentiality.agree(area, by=acting(cast.of(post, code)))
        for lead in ("lead.one", "lead.two"):
            confidentiality.agree(area, by=acting(cast[lead]))
