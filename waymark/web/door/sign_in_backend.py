"""Who somebody is, by user name and password. Until that is settled, the row is not visible."""

from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.http import HttpRequest

from waymark.database.actor import Actor
from waymark.database.guard import become
from waymark.directory.models import User

NOBODY = 0  # no account has this key


class Keyed:
    """The key of somebody who says who they are."""

    def __init__(self, pk: int):
        self.pk = pk


class ByPassword:
    """The first of two factors, or the only one where a demonstration asks for no more."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_: Any
    ) -> User | None:
        """The person, or None: asked and hashed as often for an account that is not there (S12)."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT sign_in_key(%s)", [username])
            key = cursor.fetchone()[0]
        user = self.get_user(key or NOBODY)
        if user is None:
            make_password(password)  # as long as checking one
        elif check_password(password, user.password):
            return user
        become(None)
        return None

    def get_user(self, key: int) -> User | None:
        who: Actor = Keyed(int(key))
        become(who)
        return User.objects.filter(pk=key, is_active=True).select_related("organisation").first()
