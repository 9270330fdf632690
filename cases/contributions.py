"""What `cases` must learn from the floor above comes through here, and only here.

An app registers one object in its `AppConfig.ready()`; a system check fails when a
registration is missing. No reverse name to the left is used outside this file.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.core.checks import CheckMessage, Error, register

from teams.access.errors import Reason

EXPECTED = frozenset({"arrangements"})


@dataclass(frozen=True)
class LeadFacts:
    """Facts on which the proposed lead rests (R-8.2)."""

    has_care_decision: bool = False
    has_family_help: bool = False
    has_swv_arrangement: bool = False


class Contribution(Protocol):
    """What a room above tells the route about one case."""

    def fitting_facility(self, case_id: UUID) -> str:
        """Name the fitting voorliggende voorziening found (O11), or nothing."""

    def lead_facts(self, case_id: UUID) -> LeadFacts:
        """Tell on what the proposal of a lead rests (R-8.2)."""

    def blocks_closing(self, case_id: UUID) -> list[Reason]:
        """Name what still runs and must end first (T-27)."""


_registered: dict[str, Contribution] = {}


def contribute(name: str, contribution: Contribution) -> None:
    """Register what a room contributes; called in its `AppConfig.ready()`."""
    _registered[name] = contribution


def contributed() -> tuple[Contribution, ...]:
    """Give all contributions."""
    return tuple(_registered.values())


@register("route")
def check_contributions(**_kwargs: object) -> list[CheckMessage]:
    """Fail when a room above did not register (route.E001)."""
    return [
        Error(f"{name} contributes nothing to cases", id="route.E001")
        for name in sorted(EXPECTED - _registered.keys())
    ]
