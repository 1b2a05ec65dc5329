"""Jobs that a killed worker left behind: found, and begun again. So every job is repeatable."""

from datetime import timedelta

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

SILENT = timedelta(seconds=30)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue", pass_context=True, name="waymark.project.rescue")
async def rescue(context: JobContext, timestamp: int) -> None:
    """Begin again each job whose worker has been silent too long (F2)."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT.total_seconds()):
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same waits already, for this one to be over
            await manager.finish_job(job, Status.ABORTED, delete_job=True)
