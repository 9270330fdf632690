"""What kind of installation this is; the mark is made with the database, and only its owner could change it."""

from django.conf import settings
from django.db import connection

from config.embedded.postgres import DEMO_MARK


def is_demo_database() -> bool:
    """Whether this database was created for a demo."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        )
        row = cursor.fetchone()
    return row is not None and row[0] == DEMO_MARK


def is_demo() -> bool:
    """Whether both the settings and the database are those of a demo."""
    return bool(settings.DEMO) and is_demo_database()
