"""Consents that ask for something soon, as conditions of one query each (Vandaag)."""

from datetime import date, timedelta

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet

from cases.enums import ConsentDecisionKind
from cases.models import Consent, ConsentDecision
from schools.enums import CustodyValue
from schools.models import Custody

SOON = timedelta(days=30)
_NO = (ConsentDecisionKind.REFUSED, ConsentDecisionKind.WITHDRAWN)
_BORN = "case__student__birth_date"


class Birthday(Func):
    """SQL: the day on which someone reaches an age."""

    template = "(%(expressions)s + interval '%(age)s years')::date"
    output_field = DateField()


def unanswered(day: date) -> QuerySet[Consent]:
    """Consents for which somebody must still answer, or answer anew after a birthday.

    Who that is, the page of the consent says; custody that is unknown asks there as well.
    """
    said = ConsentDecision.objects.filter(consent=OuterRef("pk"), decided_on__lte=day)
    silent = _deciding(day).exclude(
        Exists(
            ConsentDecision.objects.filter(
                consent=OuterRef(OuterRef("pk")), carer=OuterRef("carer")
            )
        )
    )
    rows = _standing(day).annotate(
        turns_12=Birthday(F(_BORN), age=12), turns_16=Birthday(F(_BORN), age=16)
    )
    pupil = said.filter(is_student=True)
    return rows.filter(
        Q(turns_16__gt=day) & Exists(silent)
        | Q(turns_12__lte=day) & ~Exists(pupil.filter(decided_on__gte=OuterRef("turns_12")))
        | Q(turns_16__lte=day) & ~Exists(pupil.filter(decided_on__gte=OuterRef("turns_16")))
    )


def ending(day: date) -> QuerySet[Consent]:
    """Consents that were given and end within a month."""
    given = ConsentDecision.objects.filter(
        consent=OuterRef("pk"), decision=ConsentDecisionKind.GIVEN
    )
    return _standing(day).filter(Exists(given), ends_on__lte=day + SOON)


def _standing(day: date) -> QuerySet[Consent]:
    """Asked, not over, and nobody said no."""
    denied = ConsentDecision.objects.filter(consent=OuterRef("pk"), decision__in=_NO)
    rows: QuerySet[Consent] = Consent.objects.filter(asked_on__lte=day, ends_on__gt=day)
    return rows.exclude(Exists(denied))


def _deciding(day: date) -> QuerySet[Custody]:
    """Who has custody of the pupil of a consent on this day."""
    rows: QuerySet[Custody] = Custody.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day),
        carer__student=OuterRef("case__student"),
        value=CustodyValue.YES,
        since__lte=day,
    )
    return rows
