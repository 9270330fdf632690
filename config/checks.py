"""What `check --deploy --database default` asks of an installation beside Django's own (A-89).

Each finding is one line with a number; none may be silenced. What stands in the settings is
asked of the settings, what stands in the database of the database, as the login that serves.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from config.models import Heartbeat
from teams.access.logins import is_restricted

HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
KEY_LASTS = timedelta(days=365)
BACKUP_LASTS = timedelta(hours=26)
CLOCK_SECONDS = 2.0
# Triggers of our own migrations; those of models are asked of the models.
TRIGGERS = {
    ("cases_case", "route_moves_only"),
    ("cases_consent_recipients", "consent_recipients_stand"),
    ("teams_accessentry", "append_only"),
    ("teams_auditentry", "append_only"),
    ("teams_tracehead", "append_only"),
    ("teams_tracehead", "only_by_append"),
    ("teams_tracelink", "append_only"),
    ("teams_tracelink", "only_by_append"),
}
_STANDING = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgenabled = 'O'
"""
_SAFE_COMMITS = {"on", "remote_apply", "remote_write", "local"}


def _finding(number: int, text: str) -> CheckMessage:
    return Warning(text, id=f"house.W{number:03}")


@register(Tags.security, deploy=True)
def check_settings(**_kwargs: object) -> list[CheckMessage]:
    """Ask the settings what production may not leave to chance."""
    return [_finding(number, text) for number, is_well, text in _rules() if not is_well]


def _rules() -> Iterator[tuple[int, bool, str]]:
    hosts = settings.ALLOWED_HOSTS
    is_named = bool(hosts) and not any(host.startswith((".", "*")) for host in hosts)
    yield 1, is_named, "ALLOWED_HOSTS names hosts, without wildcards."
    yield 2, not (settings.DEBUG or settings.DEMO), "DEBUG and DEMO are off."
    count = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    is_behind = bool(getattr(settings, "SECURE_PROXY_SSL_HEADER", None))
    yield 3, count == int(is_behind), "As many proxies are trusted as there are: one, or none."
    is_stored = settings.SESSION_ENGINE == "teams.session_store"
    yield 4, is_stored, "Sessions live in PostgreSQL, with their limits."
    is_counted = settings.ACCOUNT_RATE_LIMITS is False and settings.MFA_RATE_LIMITS is False
    is_ours = settings.ACCOUNT_ADAPTER == "config.accounts.HouseAccountAdapter"
    yield 5, is_counted and is_ours, "Tries at the door are counted in PostgreSQL."
    since = getattr(settings, "SECRET_KEY_SINCE", None)
    is_young = since is not None and timezone.localdate() - since < KEY_LASTS
    yield 6, is_young, "SECRET_KEY is younger than a year; SECRET_KEY_SINCE says since when."
    is_dutch = settings.TIME_ZONE == "Europe/Amsterdam" and settings.USE_TZ
    yield 7, is_dutch, "The time zone is Europe/Amsterdam, and moments are aware."
    is_eager = getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)
    yield 8, not is_eager, "Jobs run in the worker, never inside a request."
    is_long = settings.SECURE_HSTS_SECONDS >= HSTS_SECONDS
    yield 9, is_long, "Browsers remember https for two years (HSTS_SECONDS)."
    cookies = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "PHONE_COOKIE_NAME")
    is_bound = all(getattr(settings, name).startswith("__Host-") for name in cookies)
    yield 10, is_bound, "Every cookie is bound to this host."


@register(Tags.database, deploy=True)
def check_database(*, databases: Iterable[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Ask the database, as the login that serves, what the product rests on."""
    return [finding for alias in databases or () for finding in _faults(connections[alias])]


def _faults(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    if not is_restricted(connection):
        yield _finding(11, "The login owns tables or passes by row security; use app_rt.")
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        standing = set(cursor.fetchall())
        cursor.execute("SHOW synchronous_commit")
        commit = cursor.fetchone()[0]
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        ahead = abs(float(cursor.fetchone()[0]) - timezone.now().timestamp())
    missing = sorted(f"{table}.{name}" for table, name in expected_triggers() - standing)
    if missing:
        yield _finding(12, f"Triggers are missing or off: {', '.join(missing)}.")
    if commit not in _SAFE_COMMITS:
        yield _finding(13, "synchronous_commit is off: a crash loses what was answered as saved.")
    if ahead >= CLOCK_SECONDS:
        yield _finding(14, f"The clock differs {ahead:.0f} seconds from that of the database.")
    if not Heartbeat.objects.filter(
        process=Heartbeat.BACKUP, seen_at__gt=timezone.now() - BACKUP_LASTS
    ).exists():
        yield _finding(15, "No backup was recorded in the last 26 hours (`record_backup`).")


def expected_triggers() -> set[tuple[str, str]]:
    """Give every trigger on which a rule rests, by table and name."""
    of_models = {
        (model._meta.db_table, trigger.get_pgid(model)) for model, trigger in pgtrigger.registered()
    }
    return of_models | TRIGGERS
