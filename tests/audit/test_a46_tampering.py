"""A-46: whatever a superuser does to the trace is found, with its place."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from teams.access.actor import as_system
from teams.audit.chain import Fault
from teams.audit.signing import public_key_of_this_process, sign_heads
from teams.audit.verifying import verify
from tests.audit.lines import write_lines
from tests.audit.logins import logged_in
from tests.world import NOW

LINES = 240
TAMPERINGS = 1000


@dataclass(frozen=True)
class Link:
    """One link as the attacker sees it."""

    entry_id: UUID
    kind: str
    shard: int
    seq: int

    @property
    def table(self) -> str:
        return {"audit": "teams_auditentry", "access": "teams_accessentry"}[self.kind]


def _run(sql: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def _links() -> list[Link]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry_id, kind, shard, seq FROM teams_tracelink WHERE entry_id NOT IN"
            " (SELECT id FROM teams_auditentry WHERE verb = 'HEADS_SIGNED')"
        )
        return [Link(*row) for row in cursor.fetchall()]


EDITS = (
    ("actor_name", "'Iemand anders'"),
    ("at", "at + interval '1 microsecond'"),
    ("actor_id", "gen_random_uuid()"),
    ("dossier_id", "gen_random_uuid()"),
    ("request_id", "request_id || 'x'"),
    ("object_type", "'student'"),
)
ACCESS_EDITS = (
    ("outcome", "'404'"),
    ("is_break_glass", "NOT is_break_glass"),
    ("dossier_ids", "dossier_ids || gen_random_uuid()"),
    ("compartments", "'{K0}'"),
    ("consent_ids", "'{}'"),
)


def edit(chance: random.Random, links: list[Link]) -> Link:
    link = chance.choice(links)
    column, value = chance.choice(EDITS + (ACCESS_EDITS if link.kind == "access" else ()))
    _run(f"UPDATE {link.table} SET {column} = {value} WHERE id = %s", link.entry_id)
    return link


def delete_line(chance: random.Random, links: list[Link]) -> Link:
    link = chance.choice(links)
    _run(f"DELETE FROM {link.table} WHERE id = %s", link.entry_id)
    return link


def delete_line_and_link(chance: random.Random, links: list[Link]) -> Link:
    ends = {
        row.shard: max(other.seq for other in links if other.shard == row.shard) for row in links
    }
    link = chance.choice([row for row in links if row.seq < ends[row.shard]])
    _run(f"DELETE FROM {link.table} WHERE id = %s", link.entry_id)
    _run("DELETE FROM teams_tracelink WHERE entry_id = %s", link.entry_id)
    # What is left of the chain is told to begin one further on.
    return Link(link.entry_id, link.kind, link.shard, link.seq + 1)


def insert(chance: random.Random, links: list[Link]) -> Link:
    link, new = chance.choice(links), uuid4()
    _run(
        f"CREATE TEMP TABLE copy ON COMMIT DROP AS SELECT * FROM {link.table} WHERE id = %s",
        link.entry_id,
    )
    _run("UPDATE copy SET id = %s", new)
    _run(f"INSERT INTO {link.table} SELECT * FROM copy")
    return Link(new, link.kind, -1, -1)


def insert_with_link(chance: random.Random, links: list[Link]) -> Link:
    new = insert(chance, links)
    where = chance.choice(links)
    _run(
        "UPDATE teams_tracelink SET seq = -seq WHERE shard = %s AND seq >= %s",
        where.shard,
        where.seq,
    )
    _run("UPDATE teams_tracelink SET seq = 1 - seq WHERE shard = %s AND seq < 0", where.shard)
    _run(
        "INSERT INTO teams_tracelink SELECT %s, %s, shard, %s, hash FROM teams_tracelink"
        " WHERE shard = %s AND seq = %s",
        new.entry_id,
        new.kind,
        where.seq,
        where.shard,
        where.seq + 1,
    )
    return Link(new.entry_id, new.kind, where.shard, where.seq)


def swap_lines(chance: random.Random, links: list[Link]) -> Link:
    one = chance.choice(links)
    other = chance.choice([row for row in links if row.kind == one.kind and row != one])
    spare = uuid4()
    for now, then in (
        (one.entry_id, spare),
        (other.entry_id, one.entry_id),
        (spare, other.entry_id),
    ):
        _run(f"UPDATE {one.table} SET id = %s WHERE id = %s", then, now)
    return one


def swap_links(chance: random.Random, links: list[Link]) -> Link:
    one, other = chance.sample(links, 2)
    _run("DELETE FROM teams_tracelink WHERE entry_id = %s", other.entry_id)
    _run(
        "UPDATE teams_tracelink SET entry_id = %s, kind = %s WHERE shard = %s AND seq = %s",
        other.entry_id,
        other.kind,
        one.shard,
        one.seq,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM teams_tracehead WHERE shard = %s", [other.shard])
        head = cursor.fetchone()[0]
    _run(
        "INSERT INTO teams_tracelink VALUES (%s, %s, %s, %s, %s)",
        one.entry_id,
        one.kind,
        other.shard,
        other.seq,
        head,
    )
    return one


def cut_tail(chance: random.Random, links: list[Link]) -> Link:
    """The end of a chain goes, lines, links and head, as if it had never been."""
    link = chance.choice(links)
    gone = [row for row in links if row.shard == link.shard and row.seq >= link.seq]
    for row in gone:
        _run(f"DELETE FROM {row.table} WHERE id = %s", row.entry_id)
        _run("DELETE FROM teams_tracelink WHERE entry_id = %s", row.entry_id)
    _run(
        "UPDATE teams_tracehead h SET seq = %s, hash = coalesce((SELECT hash FROM teams_tracelink l"
        " WHERE l.shard = h.shard AND l.seq = %s), trace_origin(h.shard)) WHERE h.shard = %s",
        link.seq - 1,
        link.seq - 1,
        link.shard,
    )
    return Link(link.entry_id, "links", link.shard, max(row.seq for row in gone))


def write_anew(chance: random.Random, links: list[Link]) -> Link:
    """A line changes, and its chain is hashed anew to the end, head and all."""
    link = edit(chance, links)
    after = sorted(
        (row for row in links if row.shard == link.shard and row.seq >= link.seq),
        key=lambda row: row.seq,
    )
    for row in after:
        _run(
            "UPDATE teams_tracelink l SET hash = trace_hash(coalesce((SELECT b.hash FROM"
            " teams_tracelink b WHERE b.shard = l.shard AND b.seq = l.seq - 1),"
            f" trace_origin(l.shard)), l.kind, l.shard, l.seq, (SELECT trace_line(e) FROM {row.table} e"
            " WHERE e.id = l.entry_id)) WHERE entry_id = %s",
            row.entry_id,
        )
    _run(
        "UPDATE teams_tracehead h SET hash = (SELECT hash FROM teams_tracelink l"
        " WHERE l.shard = h.shard AND l.seq = h.seq) WHERE shard = %s",
        link.shard,
    )
    return Link(link.entry_id, "links", link.shard, after[-1].seq)


WAYS: tuple[Callable[[random.Random, list[Link]], Link], ...] = (
    edit,
    delete_line,
    delete_line_and_link,
    insert,
    insert_with_link,
    swap_lines,
    swap_links,
    cut_tail,
    write_anew,
)


def _places(fault: Fault, link: Link) -> bool:
    if link.shard < 0:
        return fault.entry_id == link.entry_id
    return (fault.shard, fault.seq) == (link.shard, link.seq)


@pytest.fixture
def signed(settings, tmp_path: Path) -> Path:
    settings.TRACE_HEADS = str(tmp_path / "heads")
    return tmp_path / "heads"


@pytest.mark.django_db(transaction=True)
def test_a46_a_thousand_tamperings_are_found_in_their_place(signed):
    write_lines(LINES, dossiers=30)
    sign_heads(now=NOW)
    chance, found, tried = random.Random(46), Counter(), Counter()
    missed = []
    with logged_in("postgres"):
        _run("SET session_replication_role = replica")
        links = _links()
        assert verify().faults == ()
        for number in range(TAMPERINGS):
            way = WAYS[number % len(WAYS)]
            with transaction.atomic():
                link = way(chance, links)
                faults = verify().faults
                transaction.set_rollback(True)
            tried[way.__name__] += 1
            if any(_places(fault, link) for fault in faults):
                found[way.__name__] += 1
            else:
                missed.append((way.__name__, link, [str(fault) for fault in faults[:4]]))
        assert verify().faults == ()
    print(
        f"A-46: {sum(found.values())} of {sum(tried.values())} found in their place: {dict(found)}"
    )
    assert missed == []


@pytest.mark.django_db(transaction=True)
def test_a46_a_file_of_signed_heads_that_goes_or_changes_shows(signed):
    write_lines(9)
    for _ in range(3):
        sign_heads(now=NOW)
    names = sorted(path.name for path in signed.iterdir())
    kept = {name: (signed / name).read_bytes() for name in names}
    for name in names:
        (signed / name).unlink()
        assert name in str(verify().faults), name
        (signed / name).write_bytes(kept[name])
    for name in names:
        (signed / name).chmod(0o600)
        (signed / name).write_bytes(kept[name].replace(b'"number": ', b'"number":  '))
        assert name in str(verify().faults), name
        (signed / name).write_bytes(kept[name])
    assert verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_the_command_ends_with_one_and_says_the_place(signed, capsys):
    write_lines(6)
    with as_system("test"):
        sign_heads(now=NOW)
    call_command("verify_trace")
    assert "0 faults" in capsys.readouterr().out
    with logged_in("postgres"):
        _run("SET session_replication_role = replica")
        link = _links()[0]
        _run(f"DELETE FROM {link.table} WHERE id = %s", link.entry_id)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_trace")
    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert f"shard {link.shard} seq {link.seq} id {link.entry_id}: removed" in out


@pytest.mark.django_db(transaction=True)
def test_a46_the_check_needs_no_more_than_to_read(signed, settings):
    write_lines(6)
    sign_heads(now=NOW)
    settings.TRACE_PUBLIC_KEY = public_key_of_this_process().hex()
    settings.TRACE_KEY = ""
    with logged_in("backup_rt"):
        assert verify().faults == ()
