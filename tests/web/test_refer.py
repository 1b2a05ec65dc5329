"""Refer: anybody, without an account, from the first worry to the receipt."""

import pytest

from tests.cast import Cast, acting
from tests.web.referrer import HAPPENED, Referrer
from waymark.referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def referrer() -> Referrer:
    return Referrer()


@pytest.mark.clause("2.5.1", "2.5.4")
@pytest.mark.requirement("S36")
def test_a_member_of_the_public_refers_without_account_or_script(
    referrer: Referrer, essex: Cast
) -> None:
    code = referrer.begins("public").tells().sends()
    assert len(code.replace(" ", "")) == 28
    acting(essex.police_officer)
    referral = Referral.objects.get()
    said = {row["code"]: row["answer"] for row in referral.document}
    assert said["exact_words"] == HAPPENED["exact_words"]
    assert said["birth"] == "About 15 years old"
    assert (referral.road, referral.came_by) == ("public", "online")


@pytest.mark.parametrize("address", ["/refer", "/refer/crime", "/refer/road", "/refer/come-back",
  "/refer/police/danger", "/refer/police/crime", "/refer/read/before", "/refer/read/next", "/refer/read/support", "/refer/read/concern",
  "/receipt", "/about", "/about/indicators", "/schools", "/voluntary-organisations", "/training", "/send-securely", "/accessibility", "/privacy", "/refer/deleted"])
def test_each_page_can_be_read_without_an_account(referrer: Referrer, address: str) -> None:
    assert referrer.get(address).status_code == 200


@pytest.mark.parametrize("road", ["professional", "family_friend", "public", "self"])
def test_each_page_of_each_road_opens(referrer: Referrer, road: str) -> None:
    import re
    referrer.begins(road)
    for address in re.findall(r'href="(/refer/(?:topic|person)/[^"]+)"', referrer.page("/refer/list")):
        assert referrer.get(address).status_code == 200, address
    for address in ("/refer/check", "/refer/code", "/refer/delete"):
        assert referrer.get(address).status_code == 200, address
