"""Brings the database to the shape that the code needs, as the role that owns the tables.

And gathers the files that the web server hands out as they are.
"""

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from waymark.database.mark import kind, mark_as
from waymark.project import start
from waymark.project.sentence import Wrong


def migrate() -> None:
    """Migrate, unless the database is of the other kind or somebody else's."""
    try:
        start.check_mark(start.mark())
    except DatabaseError as problem:
        raise Wrong(start.out_of_reach(problem)) from None
    call_command("migrate", interactive=False, verbosity=0)
    if kind() is None:
        mark_as(settings.CONFIGURATION.mode.value)
    call_command("collectstatic", interactive=False, verbosity=0)
