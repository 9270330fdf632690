"""How often someone may try: counted in PostgreSQL, by account and by address (A-5).

The count is the same for accounts that do not exist, and a passkey never stands in this queue,
so that nobody can lock the owner out.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from teams.models import Guess, GuessKind

WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """The most wrong tries in an hour; a whole school may stand behind one address."""

    account: int
    address: int


LIMITS = {
    GuessKind.PASSWORD: Limit(account=10, address=300),
    GuessKind.CODE: Limit(account=10, address=300),
    GuessKind.RESET: Limit(account=3, address=60),
    GuessKind.PASSKEY: Limit(account=0, address=600),
}


@dataclass(frozen=True)
class Try:
    """A try that was let through; it counts until `forget` says that it was right."""

    keys: tuple[str, ...]
    kind: GuessKind
    at: datetime

    def forget(self) -> None:
        """Take it back: whoever knows the secret was not guessing."""
        Guess.objects.filter(kind=self.kind, key__in=self.keys, at=self.at).delete()


def begin(kind: GuessKind, *, account: str, address: str, now: datetime) -> Try | None:
    """Count a try before the secret is looked at. Shape: none when there were too many.

    `now` is the real time: the demo's clock gives nobody new tries. Tries at one account wait
    for each other until the end of the request, so that none slips past the count.
    """
    limit, keys = LIMITS[kind], [(_digest("address", address), LIMITS[kind].address)]
    if limit.account:
        keys.append((_digest("account", account.strip().lower()), limit.account))
    with transaction.atomic():
        if limit.account:
            _wait_for_turn(f"{kind}:{keys[-1][0]}")
        for key, most in keys:
            if Guess.objects.filter(kind=kind, key=key, at__gt=now - WINDOW).count() >= most:
                return None
        Guess.objects.bulk_create(Guess(kind=kind, key=key, at=now) for key, _most in keys)
    return Try(tuple(key for key, _most in keys), kind, now)


def forget_old(*, now: datetime) -> int:
    """Clear away what no longer counts. Shape: how many rows."""
    gone, _by_model = Guess.objects.filter(at__lte=now - WINDOW).delete()
    return gone


def _digest(sort: str, text: str) -> str:
    return hashlib.sha256(f"{sort}:{text}".encode()).hexdigest()


def _wait_for_turn(lane: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lane])
