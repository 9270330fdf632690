"""Production: nothing has a default that could be wrong; TLS everywhere; no demo."""

from config.environment import (
    read_choice,
    read_day,
    read_flag,
    read_list,
    read_number,
    read_secret,
    read_site_address,
    read_text,
)
from config.settings import servers
from config.settings.base import *  # noqa: F403
from config.settings.logs import logging
from config.settings.security import *  # noqa: F403

DEMO = False
SECRET_KEY = read_secret("SECRET_KEY")
SECRET_KEY_SINCE = read_day("SECRET_KEY_SINCE")
# Keys of before: what they locked or signed still opens.
SECRET_KEY_FALLBACKS = [key for key in read_text("SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS")
SITE_ADDRESS = read_site_address("SITE_ADDRESS")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
DEFAULT_FROM_EMAIL = read_text("MAIL_FROM")

DATABASES = {"default": servers.database(read_text("DATABASE_URL"))}
REDIS_URL = read_text("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CACHES = {"default": servers.cache(REDIS_URL)}
globals().update(servers.mail(read_text("EMAIL_URL")))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

SECURE_SSL_REDIRECT = read_flag("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = read_number("HSTS_SECONDS", 63072000, lowest=0, highest=126144000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if read_flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Tries at the door are counted by the address that this one proxy saw.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# The prefix makes browsers refuse the cookie from any other host or without TLS.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
PHONE_COOKIE_NAME = "__Host-telefoon"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOG_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR"}
LOGGING = logging(as_json=True, level=read_choice("LOG_LEVEL", "INFO", LOG_LEVELS))
