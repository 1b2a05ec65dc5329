"""The wrong chair meets a restricted case; a case is opened in an emergency: in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F

from tests.browser.cast import cast_of
from tests.browser.person import PASSWORD, Person
from tests.cast import Cast, acting
from tests.story import Story
from waymark.accounts.models import Session
from waymark.cases.models import Task
from waymark.database import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOBODY = "00000000"  # the reference of no case
REASON = "The mother rang: he has left with a knife, and nobody answers"


def signed_in_long_ago(cast: Cast) -> None:
    """Ten minutes ago: longer than a sensitive act lets pass."""
    with transaction.atomic():
        acting(cast.chair)
        Session.objects.update(fresh_at=F("fresh_at") - timedelta(minutes=10))


@pytest.mark.requirement("S24")
def test_the_chair_who_is_the_reason_never_meets_a_restricted_case(
    person: Callable[..., Person],
) -> None:
    cast = cast_of("Essex")
    with transaction.atomic():
        reference = Story(cast).consented().case.reference
    chair = person().signs_in(cast.chair)
    chair.goes_to(f"/cases/{reference}").reads("Next:")  # like every case of the area, so far

    lead = person(width=320).signs_in(cast.police_lead)
    lead.goes_to(f"/cases/{reference}/who-may-see-it").follows("Restrict this case to named people")
    lead.presses("Restrict this case now").reads("Enter why")
    lead.chooses(kind="relative", chair="yes").fills(why="She is an aunt of his")
    lead.presses("Restrict this case now").reads("for named people only from now on")

    with chair.expects_nothing():
        chair.goes_to(f"/cases/{reference}")
        met = chair.page.locator("main").inner_html()
        chair.goes_to(f"/cases/{reference}/plan")
        chair.goes_to(f"/cases/{NOBODY}")
        assert chair.page.locator("main").inner_html() == met
    for page in ("/", "/cases", "/panels", "/panels/areas/essex", "/supervision"):
        chair.goes_to(page)
        assert reference not in chair.page.content(), page
        assert "Ashdown" not in chair.page.content(), page

    vice = person(script=False).signs_in(cast.vice_chair)
    vice.reads("Say whether you agree").follows("Say whether")
    vice.chooses(agrees="yes").fills(words="She told me herself").presses("Give your answer")
    vice.goes_to(f"/cases/{reference}/who-may-see-it").reads("She told me herself")


@pytest.mark.requirement("S27")
@pytest.mark.lesson("R23")
def test_a_case_is_opened_in_an_emergency_read_for_an_hour_and_reviewed(
    person: Callable[..., Person],
) -> None:
    cast, elsewhere = cast_of("Essex"), cast_of("Thurrock")
    with transaction.atomic():
        reference = Story(cast).reviewed().case.reference
    opener = person(width=320, script=False).signs_in(elsewhere.chair)
    with opener.expects_nothing():
        opener.goes_to(f"/cases/{reference}")
    signed_in_long_ago(elsewhere)
    opener.goes_to("/emergencies").follows("Open a case in an emergency")
    opener.reads("Confirm it is you").fills(password="not my pass phrase").presses("Confirm")
    opener.reads("not right").fills(password=PASSWORD).presses("Confirm")
    opener.reads("What you enter is recorded before anything is opened")
    opener.fills(reference=NOBODY, why=REASON).presses("Record this and open the case")
    opener.reads("There is nothing to open under this reference")
    opener.goes_to("/emergencies/open").fills(reference=reference, why="Urgent")
    opener.presses("Record this and open the case").reads("fewer than 20 characters")
    opener.fills(why=REASON).presses("Record this and open the case")
    opener.reads("You can read this case for 60 minutes", "Next:")
    opener.goes_to(f"/cases/{reference}/what-happened").reads("Opened: Information gathering")
    with opener.expects_nothing():
        opener.goes_to(f"/cases/{reference}/i-know-this-person").fills(words="My neighbour")
        opener.presses("Say that you know them").reads("you can read it, not change it")

    with transaction.atomic():
        acting(cast.police_lead)
        reviewer = Task.objects.get(kind="review_emergency").user
    assert reviewer is not None
    lead = person().signs_in(reviewer)
    lead.reads("Review a case opened in an emergency").follows("Review a case opened")
    lead.reads(REASON, elsewhere.chair.name).chooses(outcome="right")
    lead.fills(words="Nobody else could be reached").presses("Record the review")
    lead.reads("The review is recorded")
    auditor = person(width=320).signs_in(cast.auditor).goes_to("/emergencies")
    auditor.reads("It was right to open it")
    with transaction.atomic():
        clock.set_offset(timedelta(minutes=61))
    with opener.expects_nothing():
        opener.goes_to(f"/cases/{reference}").reads("Page not found")
