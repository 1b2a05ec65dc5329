"""The product's settings with an environment of the tests' own: for pytest, and for mypy.

Nothing here names a server: tests/conftest.py tells where its throw-away PostgreSQL is.
"""

import os
import secrets
import tempfile
from pathlib import Path

from waymark.project.keyfiles import new_key

VAR = Path(os.environ.get("WAYMARK_VAR") or "var").absolute()
MAIL = tempfile.TemporaryDirectory(prefix="waymark-mail-")

for name in [name for name in os.environ if name.startswith("WAYMARK_")]:
    del os.environ[name]  # a developer's own installation is not to be tested on
os.environ.update(
    WAYMARK_MODE="demonstration",
    WAYMARK_DATABASE_URL="postgresql:///waymark?host=/nowhere",
    WAYMARK_BASE_URL="http://localhost",
    WAYMARK_HOSTS="localhost,127.0.0.1,testserver",
    WAYMARK_PARTNERSHIP="A partnership of the tests",
    WAYMARK_VAR=str(VAR),
    WAYMARK_KEYS=new_key(),
    WAYMARK_AUDIT_KEY=new_key(),
    WAYMARK_CHECKPOINT_KEY=new_key(),
    WAYMARK_SIGNING_KEY=secrets.token_urlsafe(48),
    WAYMARK_MAIL_FOLDER=MAIL.name,
    WAYMARK_SECOND_FACTOR="off",  # what asks for one sets WAYMARK_SECOND_FACTOR in its test
    WAYMARK_FILES=str(Path(MAIL.name) / "files"),
)

from waymark.project.settings import *  # noqa: E402, F403  (they read the environment above)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = Path(MAIL.name)  # none gathered: they are found where they are
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["waymark.accounts.recovery.OfChance"]  # as Argon2id, and quicker
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
