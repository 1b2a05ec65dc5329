"""What all other tables stand on: who may come in, append-only, the mark and the clock.

Each table's rights are granted where the table is made: nothing is granted by default.
"""

from django.db import migrations

from waymark.database.guard import granted, only_appended

EVERYBODY = "waymark_app, waymark_worker, waymark_verifier, waymark_sight"

ONLY_APPENDED = """
CREATE FUNCTION only_appended() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    RAISE EXCEPTION 'append-only: % of %', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $body$;
"""

# One row, made with the database: a dump carries it along, and nothing turns it into the other.
MARK = """
CREATE TABLE database_mark (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    kind text NOT NULL CHECK (kind IN ('real', 'demonstration')),
    made_at timestamptz NOT NULL DEFAULT now()
);
"""

CLOCK = """
CREATE TABLE database_clock (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    ahead interval NOT NULL DEFAULT '0'
);
INSERT INTO database_clock DEFAULT VALUES;
CREATE FUNCTION only_in_a_demonstration() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'the clock has one row' USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT EXISTS (SELECT FROM public.database_mark WHERE kind = 'demonstration') THEN
        RAISE EXCEPTION 'only a demonstration may move the clock'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $body$;
CREATE TRIGGER only_in_a_demonstration BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON database_clock FOR EACH STATEMENT EXECUTE FUNCTION only_in_a_demonstration();
ALTER TABLE database_clock ENABLE ALWAYS TRIGGER only_in_a_demonstration;
"""


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL(
            f"GRANT USAGE ON SCHEMA public TO {EVERYBODY}",
            f"REVOKE USAGE ON SCHEMA public FROM {EVERYBODY}",
        ),
        migrations.RunSQL(ONLY_APPENDED, "DROP FUNCTION only_appended()"),
        migrations.RunSQL(MARK, "DROP TABLE database_mark"),
        only_appended("database_mark"),
        granted("database_mark", "SELECT"),
        granted("database_mark", "SELECT", to="waymark_verifier"),
        migrations.RunSQL(
            CLOCK, "DROP TABLE database_clock; DROP FUNCTION only_in_a_demonstration()"
        ),
        granted("database_clock", "SELECT, UPDATE (ahead)"),
        granted("database_clock", "SELECT", to="waymark_verifier"),
    ]
