"""Logging: English event names with ids, one line an event, no names and no free text."""

from typing import Any

import structlog


def logging(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING for one way of rendering.

    Shape: JSON lines for machines, key=value for people.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer,
                "foreign_pre_chain": shared,
            },
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line"}},
        # Celery itself logs each task; its doubles say nothing more.
        "loggers": {"django_structlog.celery.receivers": {"level": "WARNING"}},
        "root": {"handlers": ["stream"], "level": level},
    }
