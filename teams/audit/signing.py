"""The heads of all chains, signed and kept outside the database, one file an hour.

Whoever can write the whole database can write its chains anew; not the files, and a removed file
leaves a gap in the numbers, in the digests, and in the trace itself.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from teams.access.fence import beyond_seats
from teams.audit.chain import Fault, Head, heads
from teams.audit.verbs import Verb
from teams.models import AuditEntry

BROKEN_FILE = "this file of signed heads was changed"
MISSING_FILE = "this file of signed heads is not there any more"
FORGOTTEN = "the trace has no line of this file"
NO_FILES = "there is no file of signed heads"
WRITER = "systeem"


@dataclass(frozen=True)
class SignedHeads:
    """One file: its number, the digest of the file before it, and what it vouches for."""

    number: int
    at: datetime
    before: str
    heads: tuple[Head, ...]


@beyond_seats("the heads of the trace")
def sign_heads(*, now: datetime) -> Path:
    """Write the heads as the next file, and a line in the trace that this file exists.

    Errors: FileExistsError when two write at once; ImproperlyConfigured without key or folder.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = _files(folder)
    number = _number(names[-1]) + 1 if names else 1
    body = json.dumps(
        {
            "number": number,
            "at": now.isoformat(),
            "before": _digest(names[-1]) if names else "",
            "heads": [[head.shard, head.seq, head.hash.hex()] for head in heads()],
        }
    ).encode()
    path = folder / f"heads-{number:08d}.json"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body + b"\n" + _private_key().sign(body).hex().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    AuditEntry.objects.create(
        at=now,
        verb=Verb.HEADS_SIGNED,
        actor_name=WRITER,
        object_type="heads",
        reason=f"{number} {_digest(path)}",
    )
    return path


def public_key_of_this_process() -> bytes:
    """The half of the key that only reads. Errors: ImproperlyConfigured without the key."""
    return _private_key().public_key().public_bytes_raw()


def read_signed() -> tuple[list[SignedHeads], list[Fault]]:
    """Read all files, oldest first, with what is wrong with the row of them."""
    names = _files(_folder())
    found, faults = [], []
    for path in names:
        signed = _read(path)
        if signed is None or signed.number != _number(path):
            faults.append(Fault(BROKEN_FILE, path.name))
        else:
            found.append(signed)
    faults += [] if names else [Fault(NO_FILES, "heads")]
    faults += _gaps(names) + _not_as_noted({path.name: _digest(path) for path in names})
    return found, faults


def first_wrong(signed: list[SignedHeads], wrong: list[Fault]) -> list[Head]:
    """Of the chains named: every head ever signed, so that the first wrong one tells the hour."""
    shards = {fault.shard for fault in wrong}
    return sorted(
        {head for file in signed for head in file.heads if head.shard in shards},
        key=lambda head: (head.shard, head.seq),
    )


def _gaps(names: list[Path]) -> list[Fault]:
    faults = []
    if names and _number(names[0]) != 1:
        faults.append(Fault(MISSING_FILE, f"heads-{_number(names[0]) - 1:08d}.json"))
    for earlier, later in pairwise(names):
        if _number(later) != _number(earlier) + 1:
            faults.append(Fault(MISSING_FILE, f"heads-{_number(later) - 1:08d}.json"))
        elif (signed := _read(later)) and signed.before != _digest(earlier):
            faults.append(Fault(BROKEN_FILE, earlier.name))
    return faults


def _not_as_noted(present: dict[str, str]) -> list[Fault]:
    """The trace has a line of every file that was written, also of the last one."""
    lines = AuditEntry.objects.filter(verb=Verb.HEADS_SIGNED).values_list("reason", flat=True)
    noted = dict(line.split() for line in lines)
    noted = {f"heads-{int(number):08d}.json": digest for number, digest in noted.items()}
    faults = [Fault(FORGOTTEN, name) for name in sorted(present.keys() - noted.keys())]
    faults += [Fault(MISSING_FILE, name) for name in sorted(noted.keys() - present.keys())]
    both = sorted(noted.keys() & present.keys())
    return faults + [Fault(BROKEN_FILE, name) for name in both if noted[name] != present[name]]


def _read(path: Path) -> SignedHeads | None:
    try:
        body, signature, _ = path.read_bytes().split(b"\n")
        _public_key().verify(bytes.fromhex(signature.decode()), body)
        content = json.loads(body)
    except (ValueError, InvalidSignature):
        return None
    rows = tuple(Head(shard, seq, bytes.fromhex(digest)) for shard, seq, digest in content["heads"])
    at = datetime.fromisoformat(content["at"])
    return SignedHeads(content["number"], at, content["before"], rows)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("heads-*.json"))


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("heads-"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _folder() -> Path:
    if not settings.TRACE_HEADS:
        raise ImproperlyConfigured("TRACE_HEADS names no folder.")
    return Path(settings.TRACE_HEADS)


def _private_key() -> Ed25519PrivateKey:
    if not settings.TRACE_KEY:
        raise ImproperlyConfigured("TRACE_KEY is not set for this process.")
    seed = hashlib.sha256(f"heads {settings.TRACE_KEY}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public_key() -> Ed25519PublicKey:
    if settings.TRACE_PUBLIC_KEY:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(settings.TRACE_PUBLIC_KEY))
    return _private_key().public_key()
