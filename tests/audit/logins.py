"""The test database under another login: a superuser who tampers, logins that must not."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

ROLES = ("owner", "app_rt", "worker_rt", "report_rt", "backup_rt")


def password(role: str) -> str:
    """The password of a login of this run's server."""
    return json.loads(os.environ["TEST_PASSWORDS"])[role]


def raw(role: str) -> psycopg.Connection:
    """A connection of its own to the test database."""
    known = connection.settings_dict
    return psycopg.connect(
        host=known["HOST"],
        dbname=known["NAME"],
        user=role,
        password=password(role),
        autocommit=True,
    )


@contextmanager
def logged_in(role: str) -> Iterator[None]:
    """Reach the test database under another login inside this block."""
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict |= {"USER": role, "PASSWORD": password(role)}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= before
