"""From addresses to the settings of database, cache, broker and mail."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE_ENGINE = "django.db.backends.postgresql"


def database(url: str) -> dict[str, Any]:
    """Settings of the default database.

    Errors: ImproperlyConfigured when the address is not one of PostgreSQL.
    """
    settings = environ.Env.db_url_config(url)
    if settings.get("ENGINE") != DATABASE_ENGINE:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres://.")
    # In a URL the folder of a socket can only stand in the query.
    host = settings.get("OPTIONS", {}).pop("host", None)
    return {
        **settings,
        "HOST": host or settings.get("HOST", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def cache(url: str) -> dict[str, Any]:
    """Settings of the cache on the broker's server.

    Errors: ImproperlyConfigured when the address is not one of Redis or Valkey.
    """
    if url.startswith("redis+socket://"):
        location = url.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")
    elif url.startswith(("redis://", "rediss://")):
        location = url
    else:
        raise ImproperlyConfigured(
            "REDIS_URL must start with redis://, rediss:// or redis+socket://."
        )
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": location,
    }


def mail(url: str) -> dict[str, Any]:
    """Django's EMAIL settings from one address.

    Errors: ImproperlyConfigured when the address is not one of SMTP.
    """
    if not url.startswith(("smtp://", "smtp+tls://", "smtp+ssl://")):
        raise ImproperlyConfigured("EMAIL_URL must start with smtp://, smtp+tls:// or smtp+ssl://.")
    settings = environ.Env.email_url_config(url)
    return {name: value for name, value in settings.items() if name.startswith("EMAIL_")}


def numbered(url: str, worker: str) -> str:
    """The broker's database for one process of a parallel test run: `gw0` has 1, none has 0."""
    number = int(worker.removeprefix("gw")) + 1 if worker else 0
    return url.replace("virtual_host=0", f"virtual_host={number}")
