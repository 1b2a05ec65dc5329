"""The job worker: one process that does what the web server put off."""

from typing import cast

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

HEARTBEAT_SECONDS = 10
STALLED_SECONDS = 60


def work() -> None:
    """Do jobs until told to stop; a job under way is finished first."""
    from waymark.project.birthdays import follow_soon  # the apps are ready only now
    from waymark.project.scanning import say_whether_it_scans

    follow_soon()
    say_whether_it_scans()
    connector = cast(DjangoConnector, app.connector)  # procrastinate's app for Django has it
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            shutdown_graceful_timeout=8,
            delete_jobs="successful",
        )
