"""Fence 1: the default manager of sensitive rows shows what the actor's seats open."""

from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, F, Func
from django.db.models.query import ModelIterable

from teams.access import looks
from teams.access.actor import Actor, current_actor
from teams.access.rules import DENIED_COMPARTMENTS
from teams.enums import Compartment
from teams.models.base import Row
from teams.models.dossier import EVERY_AUDIENCE, OPEN_AUDIENCE


class Opened(Func):
    """SQL: whether a seat of the actor opens a row of this dossier, compartment and audience.

    Written out, since every reading asks it and a page about one case asks it of seventeen tables
    at once: built by querysets it took longer than all else on that page (docs/adr/0007).
    """

    output_field = BooleanField()
    arity = 3

    def __init__(self, *row: F, actor: Actor) -> None:
        super().__init__(*row)
        self.actor = actor

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **_context: Any) -> Any:
        """Ask for a seat, unless the role is denied the compartment (D2, D3)."""
        dossier, compartment, audience = (
            compiler.compile(column)[0] for column in self.get_source_expressions()
        )
        denied = [
            str(part) for part, roles in DENIED_COMPARTMENTS.values() if self.actor.role in roles
        ]
        seats, told = self.actor.seats_in_sql
        return (
            f"({compartment} <> ALL (%s) AND EXISTS (SELECT FROM ({seats}) seat"  # noqa: S608
            f" WHERE seat.dossier_id = {dossier} AND {compartment} = ANY (seat.compartments)"
            f" AND ({audience} = ANY (seat.audiences) OR %s = ANY (seat.audiences))))",
            [denied, *told, EVERY_AUDIENCE],
        )


class ScopedQuerySet(models.QuerySet):
    """Rows of dossiers; one condition decides what may be seen."""

    def visible_to(self, actor: Actor) -> "ScopedQuerySet":
        """Keep rows whose dossier, compartment and audience one seat opens.

        Source: access.md 2.9, fence 1; the same condition as the policies of fence 2.
        """
        if actor.is_system:
            return self
        return self.filter(Opened(F("dossier"), F("compartment"), F("audience"), actor=actor))

    def _fetch_all(self) -> None:
        super()._fetch_all()
        # Whole rows are noted by `from_db`; of mere columns the trace learns which models.
        if self._iterable_class is not ModelIterable and self._result_cache:
            asked = (self.query, *self.query.combined_queries)
            looks.note_columns({query.model for query in asked})


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):
    """The default manager: rows follow the actor; no actor, no rows."""

    def get_queryset(self) -> ScopedQuerySet:
        """Scope to the current actor. Errors: NoActor."""
        rows: ScopedQuerySet = super().get_queryset()
        return rows.visible_to(current_actor())


class SensitiveRow(Row):
    """A row about a child: it names its dossier, compartment and audience.

    Fence 1 reads these three here; fence 2 reads the same three in PostgreSQL.
    """

    dossier = models.ForeignKey("teams.Dossier", models.PROTECT, related_name="+")
    compartment = models.CharField(
        "compartiment",
        max_length=2,
        choices=Compartment,
        default=Compartment.SCHOOL_FILE,
    )
    audience = models.CharField("publiek", max_length=60, default=OPEN_AUDIENCE, blank=True)
    created_at = models.DateTimeField("gemaakt")
    created_by = models.ForeignKey("teams.User", models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    unscoped = models.Manager()

    # Retention basis per model (standards.md 1.5); a system check asks for it.
    retention_basis = ""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Note for the trace that this row was read, by whatever way."""
        row = super().from_db(*args, **kwargs)
        looks.note_row(row)
        return row
