"""Whether a provider is suspended: the database says so, and not why, to whoever asks."""

from django.db import connection

from waymark.directory.models import Area, Organisation


def is_suspended(organisation: Organisation, area: Area) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT provider_suspended(%s, %s)", [organisation.pk, area.pk])
        return bool(cursor.fetchone()[0])
