"""Fence 2: what PostgreSQL is told about who looks, inside each transaction (access.md 2.9).

Row security compares every sensitive row with the seats of the parties told here. Nothing told,
nothing shown. Told values live as long as their transaction: a connection keeps none of them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus


@dataclass(frozen=True)
class Limits:
    """How far this code may see: the parties and role of a reader, or the house itself.

    What PostgreSQL is told, name for name; several values in one stand apart by spaces.
    """

    parties: str = ""
    role: str = ""
    person: str = ""
    day: str = ""
    at: str = ""
    # Dossiers that stay closed to this person, whatever seats say (D5).
    recused: str = ""
    # Why the house itself reads or writes; empty for a reader.
    house: str = ""


NOBODY = Limits()
_TELL = "SELECT " + ", ".join(
    f"set_config('fence.{told.name}', %s, true)" for told in fields(Limits)
)
_limits: ContextVar[Limits] = ContextVar("limits", default=NOBODY)


def is_beyond_seats() -> bool:
    """Whether the house itself reads here, past the reader's seats."""
    return bool(_limits.get().house)


@contextmanager
def limited_to(limits: Limits) -> Iterator[None]:
    """Let the database show only what these limits open, inside this block."""
    token = _limits.set(limits)
    try:
        yield
    finally:
        _limits.reset(token)


@contextmanager
def beyond_seats(reason: str) -> Iterator[None]:
    """Let the house read and write past the reader's seats, inside this block or function.

    For facts on which a rule rests, and for writing what the rules allowed; never for what a
    page shows. Who acts stays who acts.
    """
    with limited_to(Limits(house=reason)):
        yield


if TYPE_CHECKING:
    fact = cached_property
else:

    class fact(cached_property):  # noqa: N801
        """A property read once, past the reader's seats: a fact does not depend on who asks."""

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            with beyond_seats("facts"):
                return super().__get__(instance, owner)


# For actions: they ask the rules first, then write and reseat as the house.
after_rules = beyond_seats("after the rules said yes")


def tell(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Tell the database who looks before a statement, when it does not know yet.

    Shape:  a wrapper of Django's `execute`, installed on every connection.
    """
    connection = context["connection"]
    limits = _limits.get()
    status = connection.connection.info.transaction_status
    if status == TransactionStatus.INERROR:
        # Only a rollback can follow; it takes back what was told after its savepoint.
        connection.told = None
        return execute(sql, params, many, context)
    if status == TransactionStatus.IDLE:
        connection.told = NOBODY
    if str(sql).startswith("ROLLBACK"):
        connection.told = None
        return execute(sql, params, many, context)
    if limits == getattr(connection, "told", None):
        return execute(sql, params, many, context)
    if connection.get_autocommit():
        with transaction.atomic(using=connection.alias):
            return tell(execute, sql, params, many, context)
    connection.connection.execute(_TELL, astuple(limits))
    connection.told = limits
    return execute(sql, params, many, context)


def install(connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
    """Put `tell` around every statement of a new connection."""
    if tell not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, tell)
