"""Marking the test database as a demo, which only its owner can; tests log in as the web server."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

from config.embedded.postgres import DEMO_MARK


@contextmanager
def marked_as_demo() -> Iterator[None]:
    """Let the database be that of a demo for a while."""
    mark(DEMO_MARK)
    try:
        yield
    finally:
        mark(None)


def mark(text: str | None) -> None:
    """Write the mark, or take it away, in a connection of the owner's own."""
    place = connection.settings_dict
    owner = psycopg.connect(
        dbname=place["NAME"],
        host=place["HOST"],
        user="owner",
        password=json.loads(os.environ["TEST_PASSWORDS"])["owner"],
        autocommit=True,
    )
    with owner:
        name, comment = sql.Identifier(place["NAME"]), sql.Literal(text)
        owner.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, comment))
