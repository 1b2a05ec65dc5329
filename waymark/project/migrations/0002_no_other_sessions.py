"""Sessions have a table of our own: Django's stands unused, where a database still has it."""

from django.db import migrations
from django.db.migrations import RunSQL

AS_IT_WAS = """
    CREATE TABLE IF NOT EXISTS django_session (
        session_key varchar(40) PRIMARY KEY,
        session_data text NOT NULL,
        expire_date timestamptz NOT NULL
    );
    GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO waymark_app, waymark_worker
"""


class Migration(migrations.Migration):
    dependencies = [("project", "0001_rights")]
    operations = [RunSQL("DROP TABLE IF EXISTS django_session", AS_IT_WAS)]
