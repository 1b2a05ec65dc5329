"""What jobs and the start need of tables that others make; and whether a demonstration
has been loaded."""

from django.db import migrations
from django.db.migrations import RunSQL

from waymark.database.guard import granted, guarded

LOADING = RunSQL(
    """
    CREATE TABLE project_loading (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        at timestamptz NOT NULL DEFAULT now()
    )
    """,
    "DROP TABLE project_loading",
)
IS_DEMONSTRATION = "EXISTS (SELECT FROM public.database_mark WHERE kind = 'demonstration')"
JOBS = ("jobs", "periodic_defers", "events", "workers")
TABLES = ", ".join(f"procrastinate_{name}" for name in JOBS)
COUNTERS = ", ".join(f"procrastinate_{name}_id_seq" for name in JOBS)
RUNNING = "waymark_app, waymark_worker"


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_ground"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        granted("django_migrations", "SELECT"),  # a start compares schema and code
        granted("procrastinate_jobs, procrastinate_events", "SELECT, INSERT", to="waymark_app"),
        granted(TABLES, "SELECT, INSERT, UPDATE, DELETE", to="waymark_worker"),
        RunSQL(
            f"GRANT USAGE ON SEQUENCE {COUNTERS} TO {RUNNING}",
            f"REVOKE USAGE ON SEQUENCE {COUNTERS} FROM {RUNNING}",
        ),
        LOADING,
        *guarded("project_loading", see="true", add=IS_DEMONSTRATION, change="false"),
    ]
