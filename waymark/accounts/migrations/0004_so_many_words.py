"""How much is kept of somebody's words can be asked while nobody is signed in."""

from django.db import migrations

from waymark.accounts.sight import TYPED_COLUMNS, TYPED_OF
from waymark.database.guard import also, definer, granted


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invited")]
    operations = [
        granted("accounts_typed", "SELECT", to="waymark_sight"),
        also("accounts_typed", "sight", "FOR SELECT TO waymark_sight USING (true)"),
        definer("typed_of(whose bigint)", TYPED_COLUMNS, TYPED_OF),
    ]
