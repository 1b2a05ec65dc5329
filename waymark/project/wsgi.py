"""The way in for a web server: `waymark.project.wsgi:application`, checked before it serves."""

import os
import sys

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

from waymark.project.sentence import Wrong
from waymark.project.start import check_before_serving


def checked() -> WSGIHandler:
    """The application, or an end of the process with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waymark.project.settings")
    made = get_wsgi_application()
    try:
        check_before_serving()
    except Wrong as problem:
        sys.exit(str(problem))
    _ = get_resolver().url_patterns  # every page is read once, before the processes part
    for database in connections.all(initialized_only=True):
        database.close()  # a connection made here must not be shared by the processes to come
        close_pool = getattr(database, "close_pool", None)
        if close_pool:
            close_pool()
    return made


application = checked()
