"""Whether someone proved more than a password in this session (access.md 2.1 point 1, D1)."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from teams.access.rules import PASSKEY_ROLES
from teams.enums import Role

SESSION_KEY = "second_factor"


class Factor(StrEnum):
    """What was shown beside, or instead of, a password; weakest first."""

    # The door of the demo, where everyone is invented.
    DEMO = "demo"
    RECOVERY_CODE = "recovery-code"
    APP = "app"
    # A provider that the organization trusts to have asked.
    PROVIDER = "provider"
    PASSKEY = "passkey"


_STRENGTH = list(Factor)


def record_factor(session: SessionBase, person_id: UUID, factor: Factor) -> None:
    """Keep that this person showed a factor; a weaker one never takes the place of a stronger."""
    shown = factor_of(session, person_id)
    if shown is None or _STRENGTH.index(factor) > _STRENGTH.index(shown):
        session[SESSION_KEY] = {"person": str(person_id), "factor": factor.value}


def factor_of(session: SessionBase, person_id: UUID) -> Factor | None:
    """Give the strongest factor that this very person showed in this session, if any."""
    kept = session.get(SESSION_KEY)
    if not isinstance(kept, dict) or kept.get("person") != str(person_id):
        return None
    return Factor(kept["factor"])


def is_enough(factor: Factor | None, roles: Collection[Role]) -> bool:
    """Tell whether a factor opens the house to someone who holds these roles.

    Source: D1 and A-2: any second factor, and a passkey for whoever may open K3 to K7. A
    provider counts as far as its organization agreed; it cannot stand in for a passkey.
    """
    if factor is Factor.DEMO:
        return bool(settings.DEMO)
    if factor is None or factor is Factor.PASSKEY:
        return factor is not None
    return PASSKEY_ROLES.isdisjoint(roles)
