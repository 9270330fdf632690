"""The list of cases: one query for what the reader sees, filtered, cut by key."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.lookups import Unaccent
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from cases.enums import OPEN_STATES, LeadState
from cases.models import Case, CaseLead
from cases.queries.worklist import waiting_cases
from schools.models import Enrollment
from teams.access.actor import Actor

OPEN = "open"
PAGE_SIZE = 50
MOST_ON_BOARD = 400


@dataclass(frozen=True)
class CaseFilter:
    """What the reader asked for; everything stands in the address bar."""

    search: str = ""
    state: str = ""
    group: UUID | None = None
    is_mine: bool = False
    is_waiting: bool = False


@dataclass(frozen=True)
class Key:
    """Where a page of the list begins: after this case."""

    since: date
    id: UUID

    def __str__(self) -> str:
        return f"{self.since:%Y%m%d}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Key | None":
        """Read a key from the address bar; none when it makes no sense."""
        day, _, pk = text.partition("-")
        try:
            return cls(date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:8]}"), UUID(pk))
        except ValueError:
            return None


def filtered_cases(wanted: CaseFilter, *, actor: Actor, day: date) -> QuerySet[Case]:
    """The visible cases that match, the latest change first; with group and lead named.

    Shape:  each case has `group_name`, `lead_name` (empty when there is none).
    """
    rows = Case.objects.select_related("student", "school__organization")
    if wanted.is_waiting:
        rows = rows.filter(waiting_cases(actor, day=day))
    if wanted.state == OPEN:
        rows = rows.filter(state__in=OPEN_STATES)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.is_mine:
        mine = Q(leads__person=actor.person_id, leads__state=LeadState.ACCEPTED)
        rows = rows.filter(mine)
    enrolled = _enrolled(day)
    if wanted.group:
        rows = rows.filter(student__in=enrolled.filter(group=wanted.group).values("student"))
    for word in wanted.search.split():
        rows = rows.filter(_matches(word, enrolled))
    return _named(rows, day).order_by("-state_since", "id")


def after(rows: QuerySet[Case], key: Key | None) -> QuerySet[Case]:
    """Keep what comes after a key, in the order of the list."""
    if key is None:
        return rows
    later = Q(state_since__lt=key.since) | Q(state_since=key.since, id__gt=key.id)
    return rows.filter(later)


def _enrolled(day: date) -> QuerySet[Enrollment]:
    return Enrollment.unscoped.filter(since__lte=day).exclude(until__lte=day)


def _matches(word: str, enrolled: QuerySet[Enrollment]) -> Q:
    # Diacritics and case do not matter; a tussenvoegsel is a word like any other.
    plain = Unaccent(Value(word))
    named = Q()
    for name in ("first_name", "prefix", "last_name"):
        named |= Q(**{f"student__{name}__unaccent__icontains": plain})
    in_group = enrolled.filter(group__name__iexact=word).values("student")
    return named | Q(number__icontains=word) | Q(student__in=in_group)


def _named(rows: QuerySet[Case], day: date) -> QuerySet[Case]:
    group = _enrolled(day).filter(student=OuterRef("student"), school=OuterRef("school"))
    lead = CaseLead.unscoped.filter(case=OuterRef("pk"), state=LeadState.ACCEPTED)
    name = Concat(F("person__first_name"), Value(" "), F("person__last_name"))
    return rows.annotate(
        group_name=Subquery(group.values("group__name")[:1]),
        lead_name=Subquery(lead.annotate(full_name=name).values("full_name")[:1]),
    )
