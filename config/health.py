"""Whether the process lives and whether the whole house works, for load balancers and people on duty.

A middleware in front of everything: a probe carries no host name, session or actor. No versions, no details of faults.
"""

from collections.abc import Callable
from datetime import timedelta

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from config.models import Heartbeat

HEARTBEAT_LIMIT = timedelta(seconds=60)


class HealthMiddleware:
    """Answers `/healthz` and `/readyz` before hosts, sessions and actors matter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, or pass the request on."""
        if request.method in {"GET", "HEAD"}:
            if request.path == "/healthz":
                return JsonResponse({"status": "ok"})
            if request.path == "/readyz":
                return readiness_answer()
        return self.get_response(request)


def readiness_answer() -> JsonResponse:
    """200 when every part works, else 503 with the names of the parts that do not."""
    parts = {
        "database": is_database_reachable(),
        "broker": is_broker_reachable(),
    }
    parts |= {
        "migrations": parts["database"] and are_migrations_applied(),
        "worker": parts["database"] and is_worker_alive(),
    }
    return JsonResponse(
        {name: "ok" if works else "fails" for name, works in parts.items()},
        status=200 if all(parts.values()) else 503,
    )


def is_database_reachable() -> bool:
    """Whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_broker_reachable() -> bool:
    """Whether the broker's server answers."""
    try:
        cache.get("readyz")
    except redis.RedisError:
        return False
    return True


def are_migrations_applied() -> bool:
    """Whether the database has every change this code expects."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_worker_alive() -> bool:
    """Whether beat and a worker together wrote the heartbeat within the last minute."""
    limit = timezone.now() - getattr(settings, "HEARTBEAT_LIMIT", HEARTBEAT_LIMIT)
    try:
        return Heartbeat.objects.filter(process=Heartbeat.WORKER, seen_at__gte=limit).exists()
    except DatabaseError:
        return False
