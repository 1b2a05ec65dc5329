"""The demonstration's people and cases: put once into a database that is marked for it."""

import importlib

from django.conf import settings
from django.db import connection, transaction

from waymark.project import accounts, start
from waymark.project.configuration import Mode
from waymark.project.sentence import Wrong


def has_been_loaded() -> bool:
    """Whether the demonstration is in the database already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM project_loading")
        return cursor.fetchone() is not None


def load() -> None:
    """Load it, all or nothing, and keep the accounts in a private file for who starts the site."""
    if start.mark() is not Mode.DEMONSTRATION:
        raise Wrong("The demonstration goes only into a database that was made for one.")
    if has_been_loaded():
        raise Wrong("The demonstration has been loaded into this database already.")
    with transaction.atomic():
        made = importlib.import_module("waymark.project.demonstration").load()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO project_loading DEFAULT VALUES")
        accounts.keep(settings.CONFIGURATION.var, made)
