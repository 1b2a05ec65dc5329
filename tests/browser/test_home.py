"""The pages that everybody who works here begins with."""

from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import make_password

from tests.browser.person import PASSWORD, Person
from tests.cast import INSTALLATION, Cast
from tests.story import Story
from waymark.database.guard import become
from waymark.directory.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def cast_of(area: str) -> Cast:
    """A cast whose people can sign in."""
    from django.db import transaction

    with transaction.atomic():
        cast = Cast(area)
        become(INSTALLATION)
        User.objects.update(password=make_password(PASSWORD))
        Story(cast).screened()
    return cast


@pytest.mark.parametrize("width", [1280, 320])
def test_an_officer_signs_in_and_opens_a_case(person: Callable[..., Person], width: int) -> None:
    cast = cast_of("Essex")
    officer = person(width=width).signs_in(cast.police_officer)
    officer.reads("What needs you today", "Yours now")
    officer.goes_to("/cases").reads("Ashdown, Robin").follows("Ashdown, Robin")
    officer.reads("Next:").follows("What happened").reads("Opened: Information gathering")
    officer.goes_to("/contacts").reads("Essex Academy")
    officer.goes_to("/policy").reads("Document control")
