"""The pages that everybody who works here begins with."""

from collections.abc import Callable

import pytest
from django.db import transaction

from tests.browser.cast import cast_of
from tests.browser.keys import Keys
from tests.browser.person import Person
from tests.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.asks_before_opening
@pytest.mark.parametrize("width", [1280, 320])
def test_an_officer_signs_in_and_opens_a_case(person: Callable[..., Person], width: int) -> None:
    cast = cast_of("Essex")
    with transaction.atomic():
        Story(cast).screened()
    officer = person(width=width).signs_in(cast.police_officer)
    officer.reads("What needs you today", "Yours now")
    officer.goes_to("/cases").reads("Ashdown, Robin").follows("Ashdown, Robin")
    officer.reads("Do you know this person?").chooses(knows="no").presses("Go on")
    officer.reads("Next:").follows("What happened").reads("Opened: Information gathering")
    officer.goes_to("/contacts").reads("Essex Academy")
    officer.goes_to("/policy").reads("Document control")


@pytest.mark.asks_before_opening
@pytest.mark.parametrize("script", [True, False])
def test_a_purpose_is_one_key(person: Callable[..., Person], script: bool) -> None:
    cast = cast_of("Essex")
    with transaction.atomic():
        reference = Story(cast).consented().case.reference
    vice = person(width=320, script=script).signs_in(cast.vice_chair)
    vice.goes_to(f"/cases/{reference}/plan").reads("Before you open this case", "Ashdown, Robin")
    Keys(vice.chooses(knows="no")).opens("2")
    vice.reads("What it addresses")
    assert vice.page.url.endswith(f"/cases/{reference}/plan")
