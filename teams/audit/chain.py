"""Walk the chains of the trace: is every line the one that was written, in its place?

PostgreSQL hashes where the lines are; here come back only the places where something is wrong.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from teams.access.fence import beyond_seats

CHANGED = "changed: this is not what was written"
GONE = "removed: the line is not there any more"
SKIPPED = "removed: link and line are not there any more, from here to the next"
LOOSE = "inserted: this line was never linked"
HEAD = "cut or added at the end: the last link is not the head"
NOT_AS_SIGNED = "cut or written anew: not the link that was signed"

# Lines are taken in parts by their key, so that two connections share the hashing. Every part
# walks all links, which costs a second for a million.
_WALK = """
    WITH walked AS (
        SELECT l.*, lag(l.seq) OVER chain AS last,
            coalesce(lag(l.hash) OVER chain, trace_origin(l.shard)) AS before
        FROM teams_tracelink l WINDOW chain AS (PARTITION BY shard ORDER BY seq)
    ), lines AS (
        SELECT id, 'audit' AS kind, trace_line(e) AS line
        FROM teams_auditentry e WHERE id BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT id, 'access', trace_line(e)
        FROM teams_accessentry e WHERE id BETWEEN %(first)s AND %(last)s
    )
    SELECT coalesce(w.kind, l.kind), w.shard, w.seq, coalesce(w.entry_id, l.id), CASE
        WHEN w.entry_id IS NULL THEN 'loose'
        WHEN w.seq <> coalesce(w.last, 0) + 1 THEN 'skipped'
        WHEN l.id IS NULL THEN 'gone'
        ELSE 'changed' END
    FROM (SELECT * FROM walked WHERE entry_id BETWEEN %(first)s AND %(last)s) w
    FULL JOIN lines l ON l.id = w.entry_id AND l.kind = w.kind
    WHERE w.entry_id IS NULL OR l.id IS NULL OR w.seq <> coalesce(w.last, 0) + 1
        OR w.hash IS DISTINCT FROM trace_hash(w.before, w.kind, w.shard, w.seq, l.line)
    ORDER BY 2, 3
"""
_HEADS = """
    SELECT coalesce(h.shard, l.shard), greatest(h.seq, l.seq) FROM teams_tracehead h
    FULL JOIN (
        SELECT DISTINCT ON (shard) * FROM teams_tracelink ORDER BY shard, seq DESC
    ) l ON l.shard = h.shard
    WHERE (h.seq, h.hash) IS DISTINCT FROM (l.seq, l.hash) AND coalesce(h.seq, 1) > 0
    ORDER BY 1
"""
_SIGNED = """
    SELECT s.shard, s.seq FROM unnest(%(shards)s::int[], %(seqs)s::bigint[], %(hashes)s::bytea[])
        AS s (shard, seq, hash)
    LEFT JOIN teams_tracelink l ON l.shard = s.shard AND l.seq = s.seq
    WHERE l.hash IS DISTINCT FROM s.hash ORDER BY 1, 2
"""
_WORDS = {"changed": CHANGED, "gone": GONE, "skipped": SKIPPED, "loose": LOOSE}
_LAST_KEY = 2**128


@dataclass(frozen=True)
class Fault:
    """One place at which the trace is not what was written."""

    what: str
    table: str = ""
    shard: int | None = None
    seq: int | None = None
    entry_id: UUID | None = None

    def __str__(self) -> str:
        place = {"table": self.table, "shard": self.shard, "seq": self.seq, "id": self.entry_id}
        known = " ".join(
            f"{name} {value}" for name, value in place.items() if value not in ("", None)
        )
        return f"{known}: {self.what}"


@dataclass(frozen=True)
class Head:
    """The last link of a chain at one moment."""

    shard: int
    seq: int
    hash: bytes


def heads() -> list[Head]:
    """Give the heads of all chains that have a link."""
    sql = "SELECT shard, seq, hash FROM teams_tracehead WHERE seq > 0 ORDER BY shard"
    return [Head(shard, seq, bytes(digest)) for shard, seq, digest in _ask(sql, {})]


def walk(*, parts: int = 1) -> list[Fault]:
    """Hash every line again and compare: which was changed, removed, inserted or swapped.

    `parts` above one work at the same time, on connections of their own.
    """
    step = -(-_LAST_KEY // parts)
    ranges = [
        {"first": UUID(int=low), "last": UUID(int=min(low + step, _LAST_KEY) - 1)}
        for low in range(0, _LAST_KEY, step)
    ]
    if parts == 1:
        return list(_walk(ranges[0]))
    with ThreadPoolExecutor(parts) as pool:
        found = [fault for part in pool.map(_walk_apart, ranges) for fault in part]
    return sorted(found, key=lambda fault: (fault.shard is None, fault.shard, fault.seq))


def wrong_heads() -> list[Fault]:
    """Give the chains whose last link is not their head: something was cut off or added."""
    return [Fault(HEAD, "heads", shard, seq) for shard, seq in _ask(_HEADS, {})]


def not_as_signed(signed: Iterable[Head]) -> list[Fault]:
    """Give the signed heads that are no link any more: the end was cut, or a chain written anew."""
    rows = list(signed)
    given = {
        "shards": [row.shard for row in rows],
        "seqs": [row.seq for row in rows],
        "hashes": [row.hash for row in rows],
    }
    return [Fault(NOT_AS_SIGNED, "links", shard, seq) for shard, seq in _ask(_SIGNED, given)]


def _walk_apart(part: dict[str, Any]) -> list[Fault]:
    try:
        return list(_walk(part))
    finally:
        connection.close()


def _walk(part: dict[str, Any]) -> Iterator[Fault]:
    for kind, shard, seq, entry_id, what in _ask(_WALK, part):
        yield Fault(_WORDS[what], kind, shard, seq, entry_id)


def _ask(sql: str, given: dict[str, Any]) -> list[tuple]:
    with (
        beyond_seats("the chains of the trace"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT set_config('work_mem', '256MB', true)")
        cursor.execute(sql, given)
        return list(cursor.fetchall())
