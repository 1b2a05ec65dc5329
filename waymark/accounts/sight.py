"""Who reaches a session or an account's factors, in the database's words."""

from waymark.database.guard import DUTY, ME
from waymark.directory.models import Role
from waymark.directory.sight import holds

IDLE_MINUTES = 30
FRESH_MINUTES = 5
FAILURES_MINUTES = 15
TOUCHED_SECONDS = 15  # a page asked for so soon after another does not write again
EXPIRES = "expire_sign_ins"  # the duty that deletes what is over

MINE = f"user_id = {ME}"
# The digests of tokens that a browser has shown, with commas between them.
SHOWN = (
    "digest = ANY ((SELECT string_to_array(current_setting('waymark.session', true), ','))::text[])"
)
KEEPS_ACCOUNTS = holds(Role.ADMINISTRATOR)
EXPIRING = f"{DUTY} = '{EXPIRES}'"

IS_OVER = (
    "(s.ended_at IS NOT NULL OR s.ends_at <= clock_timestamp()"
    f" OR s.used_at <= clock_timestamp() - interval '{IDLE_MINUTES} minutes')"
)
SESSION_SHOWN = (
    f"SELECT s.id, s.user_id, s.data, {IS_OVER},"
    f" s.fresh_at > clock_timestamp() - interval '{FRESH_MINUTES} minutes',"
    f" s.used_at < clock_timestamp() - interval '{TOUCHED_SECONDS} seconds',"
    f" extract(epoch FROM s.used_at + interval '{IDLE_MINUTES} minutes' - clock_timestamp())::int,"
    " extract(epoch FROM s.ends_at - clock_timestamp())::int"
    " FROM public.accounts_session s WHERE s.digest = $1"
)
SESSION_COLUMNS = (
    "TABLE (id bigint, user_id bigint, data text, is_over boolean, is_fresh boolean,"
    " is_untouched boolean, idle_left int, seconds_left int)"
)
PASSKEY_HOLDER = (
    "SELECT k.user_id FROM public.accounts_passkey k"
    " JOIN public.directory_user u ON u.id = k.user_id AND u.is_active WHERE k.credential = $1"
)
# By every digest that a subject may have been kept under, one for each key of the server.
SIGN_ON_HOLDER = (
    "SELECT s.user_id, u.is_active FROM public.accounts_signon s"
    " JOIN public.directory_user u ON u.id = s.user_id WHERE s.digest = ANY ($1)"
)
SIGN_ON_COLUMNS = "TABLE (user_id bigint, is_open boolean)"
# Of one subject, since it last signed in: how many failures, the first of them, how many lately,
# the last wait where it still counts, and for how many seconds more one has to wait.
ATTEMPTS_OF = (
    "SELECT count(*)::int, min(f.at),"
    " (count(*) FILTER (WHERE f.at > clock_timestamp()"
    f" - interval '{FAILURES_MINUTES} minutes'))::int,"
    " coalesce(max(f.wait) FILTER (WHERE f.at + make_interval(mins => f.wait +"
    f" {FAILURES_MINUTES}) > clock_timestamp()), 0)::int,"
    " greatest(0, coalesce(ceil(extract(epoch FROM"
    " max(f.at + make_interval(mins => f.wait)) - clock_timestamp())), 0))::int"
    " FROM public.accounts_attempt f WHERE f.subject = $1 AND f.failed AND f.at > coalesce("
    " (SELECT max(a.at) FROM public.accounts_attempt a WHERE a.subject = $1 AND NOT a.failed),"
    " '-infinity')"
)
ATTEMPTS_COLUMNS = "TABLE (failures int, since timestamptz, lately int, wait int, seconds int)"
# What is kept of somebody's words now, in whichever browser they were typed.
TYPED_OF = (
    "SELECT count(*)::int, coalesce(sum(octet_length(t.sealed)), 0)::int"
    " FROM public.accounts_typed t WHERE t.user_id = $1 AND t.expires_at > clock_timestamp()"
)
TYPED_COLUMNS = "TABLE (forms int, bytes int)"
