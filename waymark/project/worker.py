"""The job worker: one process that does what the web server put off."""

from typing import Any, cast

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.middleware import AsyncCallNext
from structlog.contextvars import bind_contextvars

HEARTBEAT_SECONDS = 10
STALLED_SECONDS = 60
# Jobs take turns in one thread; but for the scanning of files, whose scanner may hang (S45).
AT_ONCE = 2


def work() -> None:
    """Do jobs until told to stop; a job under way is finished first."""
    from waymark.project.jobs.birthdays import follow_soon  # the apps are ready only now
    from waymark.project.jobs.scanning import say_whether_it_scans

    follow_soon()
    say_whether_it_scans()
    connector = cast(DjangoConnector, app.connector)  # procrastinate's app for Django has it
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            concurrency=AT_ONCE,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            shutdown_graceful_timeout=8,
            delete_jobs="successful",
            worker_middleware=[say_which_job],
        )


async def say_which_job(process: AsyncCallNext, context: JobContext, worker: Any) -> Any:
    """Around each job: what is logged in it says which it is. It ends with the job's own task."""
    bind_contextvars(job=context.job.id, task=context.job.task_name)
    return await process()
