"""The demo: everything on this machine, embedded servers unless addresses say otherwise."""

from config.embedded.layout import checkout_layout
from config.embedded.running import smtp_url
from config.environment import read_text
from config.settings import servers
from config.settings.base import *  # noqa: F403
from config.settings.logs import logging
from config.settings.security import *  # noqa: F403

DEMO = True
LAYOUT = checkout_layout()
SECRET_KEY = read_text("SECRET_KEY", LAYOUT.passwords["owner"])
TRACE_HEADS = read_text("TRACE_HEADS", str(LAYOUT.home / "trace-heads"))
TRACE_KEY = read_text("TRACE_KEY", LAYOUT.passwords["postgres"])
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DATABASES = {"default": servers.database(read_text("DATABASE_URL", LAYOUT.database_url("app_rt")))}
REDIS_URL = read_text("REDIS_URL", LAYOUT.broker_url())
CELERY_BROKER_URL = REDIS_URL
CACHES = {"default": servers.cache(REDIS_URL)}
globals().update(servers.mail(read_text("EMAIL_URL", smtp_url(LAYOUT))))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files straight from the source: a demo has no build step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING = logging(as_json=False)
