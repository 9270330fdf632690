"""Tests: real servers, named by `manage.py test`; cheap password hashes, mail kept in memory."""

from config.environment import read_text
from config.settings import servers
from config.settings.base import *  # noqa: F403
from config.settings.logs import logging
from config.settings.security import *  # noqa: F403

DEMO = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {
    "default": servers.database(
        read_text("DATABASE_URL", "postgres://owner@/none?host=/nonexistent")
    )
}
REDIS_URL = read_text("REDIS_URL", "redis+socket:///nonexistent?virtual_host=0")
CELERY_BROKER_URL = REDIS_URL
CACHES = {"default": servers.cache(REDIS_URL)}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING = logging(as_json=False, level="WARNING")
