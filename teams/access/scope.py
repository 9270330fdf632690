"""Fence 1: the default manager of sensitive rows shows what the actor's seats open."""

from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.query import ModelIterable

from teams.access import looks
from teams.access.actor import Actor, current_actor
from teams.access.rules import DENIED_COMPARTMENTS
from teams.enums import Compartment
from teams.models.base import Row
from teams.models.dossier import EVERY_AUDIENCE, OPEN_AUDIENCE, Seat
from teams.models.recusal import Recusal


class AnyOf(Func):
    """SQL `value = ANY(array)`."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()
    arity = 2


def seats_of(actor: Actor) -> models.QuerySet[Seat]:
    """Give the seats that `actor` may sit in now, in the role acted in, less what is closed (D5)."""
    today = Q(until__isnull=True) | Q(until__gt=actor.day)
    lasting = Q(expires_at__isnull=True)
    if actor.now:
        lasting |= Q(expires_at__gt=actor.now)
    recused = Recusal.objects.on(actor.day).filter(
        person=actor.person_id, dossier=OuterRef("dossier")
    )
    return Seat.objects.filter(
        today,
        lasting,
        ~Exists(recused),
        party__in=actor.parties,
        role=actor.role or "",
        since__lte=actor.day,
    )


class ScopedQuerySet(models.QuerySet):
    """Rows of dossiers; one condition decides what may be seen."""

    def visible_to(self, actor: Actor) -> "ScopedQuerySet":
        """Keep rows whose dossier, compartment and audience one seat opens.

        Source: access.md 2.9, fence 1; the same condition as the policies of fence 2.
        """
        if actor.is_system:
            return self
        opening = (
            seats_of(actor)
            .filter(dossier=OuterRef("dossier"))
            .filter(AnyOf(OuterRef("compartment"), F("compartments")))
            .filter(
                Q(AnyOf(OuterRef("audience"), F("audiences")))
                | Q(AnyOf(Value(EVERY_AUDIENCE), F("audiences")))
            )
        )
        denied = [part for part, roles in DENIED_COMPARTMENTS.values() if actor.role in roles]
        return self.filter(Exists(opening)).exclude(compartment__in=denied)

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
