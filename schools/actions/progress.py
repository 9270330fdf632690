"""How far an import is: kept in the cache, because the work itself commits only at the end."""

from uuid import UUID

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

KEPT_SECONDS = 3600


class ProgressNote:
    """The progress of one import; losing it loses nothing but a bar on a page."""

    def __init__(self, run_id: UUID) -> None:
        self._key = f"import-progress:{run_id}"

    def report(self, done: int, total: int) -> None:
        """Say how many steps are done."""
        try:
            cache.set(self._key, (done, total), KEPT_SECONDS)
        except RedisError as error:
            log.warning("import_progress_lost", error=type(error).__name__)

    def percent(self) -> int | None:
        """Whole percents done, None when nothing is known."""
        try:
            done, total = cache.get(self._key) or (0, 0)
        except RedisError:
            return None
        return 100 * done // total if total else None
