"""A session for whoever shows its token, factors for whose they are, attempts for nobody."""

from django.db import migrations

from waymark.accounts.sight import (
    ATTEMPTS_COLUMNS,
    ATTEMPTS_OF,
    EXPIRING,
    KEEPS_ACCOUNTS,
    MINE,
    PASSKEY_HOLDER,
    SESSION_COLUMNS,
    SESSION_SHOWN,
    SHOWN,
)
from waymark.database.guard import SIGNED_IN, VISITING, definer, guarded
from waymark.database.sealing_rotation import rotated

OVER = "(ends_at < clock_timestamp() - interval '1 day')"
OLD = "(at < clock_timestamp() - interval '30 days')"
EXPIRED = "(expires_at <= clock_timestamp())"
ANYBODY = f"({VISITING}) OR ({SIGNED_IN})"
MINE_OR_KEPT = f"({MINE}) OR ({KEEPS_ACCOUNTS})"


def factor(table: str, *changed: str) -> list[migrations.RunSQL]:
    """Its holder sees, adds, uses and removes it; an administrator may only remove it."""
    return guarded(
        table,
        see=MINE_OR_KEPT,
        add=MINE,
        change=MINE,
        delete=MINE_OR_KEPT,
        rights=f"SELECT, INSERT, UPDATE ({', '.join(changed)}), DELETE",
        to_sight=table == "accounts_passkey",
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_tables"), ("directory", "0006_suspended")]
    operations = [
        *guarded(
            "accounts_session",
            see=f"({SHOWN}) OR ({MINE_OR_KEPT}) OR ({EXPIRING} AND {OVER})",
            add=SHOWN,
            change=f"({SHOWN}) OR ({MINE_OR_KEPT})",
            delete=f"{EXPIRING} AND {OVER}",
            rights="SELECT, INSERT, DELETE, UPDATE (digest, user_id, data, begun_at, used_at,"
            " fresh_at, ends_at, ended_at)",
            to_sight=True,
        ),
        *factor("accounts_passkey", "name", "count", "used_at"),
        *factor("accounts_codeapp", "last_step"),
        *rotated("accounts_codeapp", "sealed"),
        *factor("accounts_recoverycode", "used_at"),
        *guarded(
            "accounts_attempt",
            see=f"{EXPIRING} AND {OLD}",
            add=ANYBODY,
            change="false",
            delete=f"{EXPIRING} AND {OLD}",
            rights="SELECT, INSERT, DELETE",
            to_sight=True,
        ),
        *guarded(
            "accounts_typed",
            see=f"({MINE}) OR ({EXPIRING} AND {EXPIRED})",
            add=ANYBODY,
            change="false",
            delete=f"({MINE}) OR ({EXPIRING} AND {EXPIRED})",
            rights="SELECT, INSERT, DELETE",
        ),
        definer("session_shown(digest text)", SESSION_COLUMNS, SESSION_SHOWN),
        definer("passkey_holder(credential bytea)", "bigint", PASSKEY_HOLDER),
        definer("attempts_of(subject text)", ATTEMPTS_COLUMNS, ATTEMPTS_OF),
    ]
