"""Jobs that are over, however they ended, are gone after seven days."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

KEPT_HOURS = 7 * 24


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="forget_jobs", pass_context=True, name="waymark.project.forget_jobs")
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Delete what ended more than a week ago (S64); done jobs are deleted at once anyway."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
