"""Who must give consent, and whether it holds (access.md 2.6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.enums import ConsentDecisionKind, ConsentPurpose
from cases.models import Consent, ConsentDecision
from schools.enums import CustodyValue
from schools.models import Carer, Custody, Student

PUPIL_DECIDES_FROM_AGE = 16
PUPIL_CO_DECIDES_FROM_AGE = 12
# Youth-help data: the pupil co-decides from 12 (table 2.6).
YOUTH_HELP = frozenset(
    {
        ConsentPurpose.INFORM_DISTRICT_TEAM,
        ConsentPurpose.SHARE_WITH_SCHOOL,
        ConsentPurpose.HELP_HISTORY,
    }
)
STUDENT_GIVER = "student"


@dataclass(frozen=True)
class CarerFact:
    """A carer and what is known of custody on a day."""

    carer: Carer
    value: CustodyValue
    is_confirmed: bool

    @property
    def has_custody(self) -> bool:
        """True only for a dated yes."""
        return self.value == CustodyValue.YES


@dataclass(frozen=True)
class Givers:
    """Who must all give consent; `problem` when nobody can, and why."""

    carers: tuple[Carer, ...] = ()
    is_student_needed: bool = False
    problem: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the givers, as `answers()` uses them."""
        own = {STUDENT_GIVER} if self.is_student_needed else set()
        return frozenset({str(carer.pk) for carer in self.carers} | own)


def carer_facts(student: Student, day: date) -> tuple[CarerFact, ...]:
    """Read carers with their custody on `day`; no dated record reads as unknown."""
    carers = Carer.unscoped.filter(student=student)
    return match_custody(carers, Custody.unscoped.filter(carer__student=student), day)


def match_custody(
    carers: Iterable[Carer], custody: Iterable[Custody], day: date
) -> tuple[CarerFact, ...]:
    """Put carers beside the custody that holds on `day`; pure."""
    holding = {
        row.carer_id: row
        for row in sorted(custody, key=lambda row: row.since)
        if row.since <= day and (row.until is None or row.until > day)
    }
    facts = []
    for carer in carers:
        row = holding.get(carer.pk)
        value = CustodyValue(row.value) if row else CustodyValue.UNKNOWN
        confirmed = row is not None and row.confirmed_at is not None
        facts.append(CarerFact(carer, value, confirmed))
    return tuple(facts)


def required_givers(purpose: str, *, age: int | None, carers: Sequence[CarerFact]) -> Givers:
    """Tell who must all consent, by age and custody; pure (table 2.6).

    Custody unknown, or not yet confirmed by a second person: nobody can.
    """
    if age is not None and age >= PUPIL_DECIDES_FROM_AGE:
        return Givers(is_student_needed=True)
    if age is None:
        return Givers(problem="De geboortedatum van de leerling ontbreekt.")
    if any(fact.value == CustodyValue.UNKNOWN for fact in carers):
        return Givers(problem="Van een van de verzorgers is het gezag niet bekend.")
    custodial = [fact for fact in carers if fact.has_custody]
    if not custodial:
        return Givers(problem="Er is geen verzorger met gezag vastgelegd.")
    if any(not fact.is_confirmed for fact in custodial):
        return Givers(problem="Het gezag is nog niet door een tweede persoon bevestigd.")
    return Givers(
        carers=tuple(fact.carer for fact in custodial),
        is_student_needed=age >= PUPIL_CO_DECIDES_FROM_AGE and purpose in YOUTH_HELP,
    )


def answers(consent: Consent) -> dict[str, ConsentDecisionKind]:
    """Give the latest answer of each giver; reads prefetched decisions."""
    latest: dict[str, ConsentDecisionKind] = {}
    for row in sorted(consent.decisions.all(), key=_moment_and_caution):
        key = STUDENT_GIVER if row.is_student else str(row.carer_id)
        latest[key] = ConsentDecisionKind(row.decision)
    return latest


def _moment_and_caution(row: ConsentDecision) -> tuple[date, datetime, bool]:
    """By moment; of two answers at one moment the one that does not permit counts."""
    return row.decided_on, row.created_at, row.decision != ConsentDecisionKind.GIVEN


def is_complete(consent: Consent, givers: Givers) -> bool:
    """True when every required giver said yes and nobody took it back (R-11.9)."""
    said = answers(consent)
    return bool(givers.keys) and all(
        said.get(key) == ConsentDecisionKind.GIVEN for key in givers.keys
    )


def covered_until(
    consents: Iterable[Consent],
    givers: Givers,
    *,
    purpose: str,
    organization_id: UUID | None,
    day: date,
) -> date | None:
    """Last day until which a valid consent covers this organization; none when not covered.

    Source: access.md 2.6 `valid(p, x, recipient, class, t)`.
    """
    ends = [
        consent.ends_on
        for consent in consents
        if consent.purpose == purpose
        and consent.asked_on <= day < consent.ends_on
        and (organization_id is None or organization_id in _recipients(consent))
        and is_complete(consent, givers)
    ]
    return max(ends, default=None)


def _recipients(consent: Consent) -> set[UUID]:
    return {row.pk for row in consent.recipients.all()}
