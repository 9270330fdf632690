"""Tests: real servers, named by `manage.py test`; cheap password hashes, mail kept in memory."""

from config.environment import read_flag, read_text
from config.settings import servers
from config.settings.base import *  # noqa: F403
from config.settings.logs import logging
from config.settings.security import *  # noqa: F403

# Only moves the clock: the door also asks for a database marked as a demo.
DEMO = read_flag("DEMO_CLOCK", default=False)
SECRET_KEY = "only-for-tests"  # noqa: S105
TRACE_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {
    "default": servers.database(
        read_text("DATABASE_URL", "postgres://owner@/none?host=/nonexistent")
    )
}
# A copy of a database with all migrations applied; Django applies what is newer.
DATABASES["default"]["TEST"] = {"TEMPLATE": read_text("TEST_TEMPLATE", "") or None}
# Each process of a parallel run has a numbered database of the broker to itself.
REDIS_URL = servers.numbered(
    read_text("REDIS_URL", "redis+socket:///nonexistent?virtual_host=0"),
    read_text("PYTEST_XDIST_WORKER", ""),
)
CELERY_BROKER_URL = REDIS_URL
CACHES = {"default": servers.cache(REDIS_URL)}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if EMAIL_URL := read_text("EMAIL_URL", ""):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(servers.mail(EMAIL_URL))

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING = logging(as_json=False, level="WARNING")
# A test names its requests, to find their lines in the trace.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
