"""What break-glass can open: rooms above say what lies at a dossier, for seats and guards (2.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from teams.access.seat_rules import GLASS_RULES, GlassRule
from teams.enums import DossierKind, GlassCategory, Role
from teams.models.dossier import Dossier


@dataclass(frozen=True)
class GlassTarget:
    """What lies at a dossier: a code to name it by, its state, its schools, and where it is read.

    `heading` is the dossier of the pupil whose name stands above a case.
    """

    code: str
    url: str
    nodes: frozenset[UUID]
    state: str = ""
    heading: UUID | None = None


_finders: dict[DossierKind, Callable[[UUID], GlassTarget | None]] = {}


def find_target(kind: DossierKind, find: Callable[[UUID], GlassTarget | None]) -> None:
    """Register how a kind of dossier is found; called in an `AppConfig.ready()`."""
    _finders[kind] = find


def target_of(dossier: Dossier) -> GlassTarget | None:
    """Tell what lies at a dossier. Shape: none when nothing there can be opened so."""
    find = _finders.get(DossierKind(dossier.kind))
    return find(dossier.pk) if find else None


def glass_rule(category: str, role: str | None) -> GlassRule | None:
    """Give the line of 2.7 for a category and a role; none when it does not exist."""
    wanted = (category, role)
    return next((rule for rule in GLASS_RULES if (rule.category, rule.role) == wanted), None)


def categories_for(role: Role | None, kind: str) -> list[GlassCategory]:
    """For what this role may break the glass of such a dossier."""
    return [rule.category for rule in GLASS_RULES if rule.role == role and rule.kind == kind]
