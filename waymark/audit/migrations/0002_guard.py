"""The audit is appended only, each event to the end of its chain: the database checks both."""

from django.db import migrations

from waymark.database.guard import DUTY, ME, SIGNED_IN, VISITING, granted, guarded, only_appended

SOMEBODY = f"{SIGNED_IN} OR coalesce({VISITING}, false) OR coalesce({DUTY}, '') <> ''"
NOBODY_YET = "false"  # auditors are let in where appointments are known, by one more policy
MY_OWN = f"actor = 'user:' || {ME}"

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
TAKE = f"""
CREATE FUNCTION audit_take(wanted bigint) RETURNS TABLE (number bigint, digest text)
LANGUAGE plpgsql {DEFINER} AS $body$
BEGIN
    RETURN QUERY SELECT h.number, h.digest::text FROM public.audit_head h
        WHERE h.chain = wanted FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO public.audit_head (chain, number, digest)
            VALUES (wanted, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
        RETURN QUERY SELECT h.number, h.digest::text FROM public.audit_head h
            WHERE h.chain = wanted FOR UPDATE;
    END IF;
END $body$;
REVOKE EXECUTE ON FUNCTION audit_take(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_take(bigint) TO waymark_app, waymark_worker;
"""
CHECK = f"""
CREATE FUNCTION audit_check() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $body$
DECLARE
    part text[] := string_to_array(new.text, E'\\n');
    head public.audit_head;
BEGIN
    SELECT * INTO head FROM public.audit_head h WHERE h.chain = new.chain FOR UPDATE;
    IF NOT FOUND OR new.number <> head.number + 1 OR part[4] <> head.digest
        OR part[2] <> new.chain::text OR part[3] <> new.number::text OR part[5] <> new.kind
        OR part[6]::timestamptz <> new.at OR part[7] <> new.actor
        OR cardinality(part) <> 8
        OR new.digest <> encode(sha256(convert_to(new.text, 'UTF8')), 'hex')
    THEN
        RAISE EXCEPTION 'an event must follow the last of its chain and fit its own text'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE public.audit_head h SET number = new.number, digest = new.digest
        WHERE h.chain = new.chain;
    RETURN new;
END $body$;
CREATE TRIGGER audit_check BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_check();
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_check;
REVOKE EXECUTE ON FUNCTION audit_check() FROM PUBLIC;
"""
# Rights first, then the owner: afterwards only the new owner could say who may run it.
HAND_OVER = """
GRANT CREATE ON SCHEMA public TO waymark_sight;
ALTER FUNCTION audit_take(bigint) OWNER TO waymark_sight;
ALTER FUNCTION audit_check() OWNER TO waymark_sight;
REVOKE CREATE ON SCHEMA public FROM waymark_sight;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("database", "0001_ground")]
    operations = [
        *guarded("audit_event", see=NOBODY_YET, add=SOMEBODY),
        *guarded("audit_look", see=MY_OWN, add=SOMEBODY, change="false"),
        only_appended("audit_event"),
        only_appended("audit_look"),
        granted("audit_head", "SELECT, INSERT, UPDATE", to="waymark_sight"),
        granted("audit_head", "SELECT", to="waymark_verifier"),
        migrations.RunSQL(TAKE, "DROP FUNCTION audit_take(bigint)"),
        migrations.RunSQL(
            CHECK, "DROP TRIGGER audit_check ON audit_event; DROP FUNCTION audit_check()"
        ),
        migrations.RunSQL(HAND_OVER, migrations.RunSQL.noop),
    ]
