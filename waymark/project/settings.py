"""What Django is told: all of it follows from the one checked `Configuration`."""

import os
import sys
from pathlib import Path

from waymark.policy.pack import WrongPack, put_in_force
from waymark.project import configuration
from waymark.project.database import database
from waymark.project.logs import LOGS
from waymark.project.reading import is_loopback
from waymark.project.sentence import Wrong

try:
    CONFIGURATION = configuration.read(os.environ)
    put_in_force(CONFIGURATION.policy)
except (Wrong, WrongPack) as problem:
    sys.exit(str(problem))

ROOT = Path(__file__).parents[1]
HTTPS = CONFIGURATION.base_url.startswith("https://")

DEBUG = False
WAYMARK_KEYS = CONFIGURATION.keys
WAYMARK_AUDIT_KEY = CONFIGURATION.audit_key
WAYMARK_BASE_URL = CONFIGURATION.base_url
WAYMARK_SECURITY_CONTACT = CONFIGURATION.security_contact
WAYMARK_POLICY = CONFIGURATION.policy
WAYMARK_SECOND_FACTOR = CONFIGURATION.second_factor
WAYMARK_FILES = CONFIGURATION.files
WAYMARK_CLAMD = CONFIGURATION.clamd
WAYMARK_BOXES = CONFIGURATION.boxes
WAYMARK_REFERRAL_FILES = CONFIGURATION.referral_files
WAYMARK_LIMITS = CONFIGURATION.limits
WAYMARK_SIGN_ON = CONFIGURATION.sign_on
SECRET_KEY = CONFIGURATION.signing_key
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.base_url]
ROOT_URLCONF = "waymark.web.urls"
WSGI_APPLICATION = "waymark.project.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",  # django.contrib.auth cannot be without it
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "waymark.database",
    "waymark.audit",
    "waymark.directory",
    "waymark.accounts",
    "waymark.files",
    "waymark.people",
    "waymark.cases",
    "waymark.referrals",
    "waymark.sharing",
    "waymark.assessments",
    "waymark.support",
    "waymark.panels",
    "waymark.oversight",
    "waymark.web",
    "waymark.project",
]

MIDDLEWARE = [
    "waymark.web.door.headers.Headers",
    "waymark.web.door.request_log.RequestLog",
    "waymark.web.door.acceptable.Acceptable",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "waymark.web.door.transaction.RequestTransaction",  # session, sign-in and page: one transaction
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "waymark.web.door.transaction.SayWhoAsks",
    "waymark.web.door.standing.Standing",
    "waymark.web.door.typed_again.TypedAgain",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "web" / "jinja2", ROOT / "ui" / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "waymark.ui.jinja.environment"},
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = {"default": database(CONFIGURATION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = ["waymark.web.door.sign_in_backend.ByPassword"]
APPEND_SLASH = False  # no address ends with one: nothing is looked for twice
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# A name that begins with __Host- is kept by browsers for this very host, over TLS or loopback.
SESSION_ENGINE = "waymark.accounts.store"
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_FAILURE_VIEW = "waymark.web.door.old_tab.failed"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # a form says its own limit, and keeps the words
FILE_UPLOAD_HANDLERS = ["waymark.web.door.uploading.InMemory"]  # nothing in clear on a disk

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "web" / "static"]
STATIC_ROOT = CONFIGURATION.var / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 365 * 24 * 60 * 60

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = CONFIGURATION.mail_folder
if CONFIGURATION.smtp:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = CONFIGURATION.smtp.hostname or ""
    EMAIL_PORT = CONFIGURATION.smtp.port or (465 if CONFIGURATION.smtp.scheme == "smtps" else 587)
    EMAIL_HOST_USER = CONFIGURATION.smtp.username or ""
    EMAIL_HOST_PASSWORD = CONFIGURATION.smtp.password or ""
    EMAIL_USE_SSL = CONFIGURATION.smtp.scheme == "smtps"
    # what hands mail on for this machine is spoken to in the clear: it goes over no wire
    EMAIL_USE_TLS = not EMAIL_USE_SSL and not is_loopback(EMAIL_HOST)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIGURATION.mail_from

LOGGING = LOGS
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = [
    "waymark.project.jobs.rescue",
    "waymark.project.jobs.expiry",
    "waymark.project.jobs.birthdays",
    "waymark.project.jobs.finished_jobs",
    "waymark.project.jobs.overdue",
    "waymark.project.jobs.sampling",
    "waymark.project.jobs.watching",
    "waymark.project.jobs.mailing",
    "waymark.project.jobs.upkeep",
    "waymark.project.jobs.unused",
    "waymark.project.jobs.deputies",
    "waymark.project.jobs.checkpointing",
    "waymark.project.jobs.scanning",
]
