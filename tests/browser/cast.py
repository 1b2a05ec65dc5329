"""A cast whose people can sign in, in an area of the journey's own."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tests.browser.person import PASSWORD
from tests.cast import INSTALLATION, Cast
from waymark.database.guard import become
from waymark.directory.models import User


def cast_of(area: str) -> Cast:
    """The people of `area`, each with the same pass phrase."""
    with transaction.atomic():
        cast = Cast(area)
        become(INSTALLATION)
        User.objects.update(password=make_password(PASSWORD))
    return cast
