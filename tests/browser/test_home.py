"""The pages that everybody who works here begins with."""

from collections.abc import Callable

import pytest
from django.db import transaction

from tests.browser.cast import cast_of
from tests.browser.person import Person
from tests.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_an_officer_signs_in_and_opens_a_case(person: Callable[..., Person], width: int) -> None:
    cast = cast_of("Essex")
    with transaction.atomic():
        Story(cast).screened()
    officer = person(width=width).signs_in(cast.police_officer)
    officer.reads("What needs you today", "Yours now")
    officer.goes_to("/cases").reads("Ashdown, Robin").follows("Ashdown, Robin")
    officer.reads("Next:").follows("What happened").reads("Opened: Information gathering")
    officer.goes_to("/contacts").reads("Essex Academy")
    officer.goes_to("/policy").reads("Document control")
