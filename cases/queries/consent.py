"""Who must give consent, whether it holds, and until when it lets someone read (access.md 2.6).

Everything below `carer_facts` is pure: rows, family and day in, an answer out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from cases.enums import ConsentDecisionKind, ConsentPurpose, ConsentState
from cases.models import Consent, ConsentDecision
from schools.enums import CarerRelation, CustodyValue
from schools.models import Carer, Custody, Student
from teams.enums import Compartment

PUPIL_DECIDES_FROM_AGE = 16
PUPIL_CO_DECIDES_FROM_AGE = 12
# On these birthdays others come to decide, and what was given is confirmed anew.
CONFIRMED_ANEW_AT = (PUPIL_CO_DECIDES_FROM_AGE, PUPIL_DECIDES_FROM_AGE)
# Reading by those already in goes on so long after such a birthday (table 2.6 [P]).
GRACE = timedelta(days=30)
# Youth-help data: the pupil co-decides from 12 (table 2.6).
YOUTH_HELP = frozenset(
    {
        ConsentPurpose.INFORM_DISTRICT_TEAM,
        ConsentPurpose.SHARE_WITH_SCHOOL,
        ConsentPurpose.HELP_HISTORY,
    }
)
STUDENT_GIVER = "student"
# Someone must still answer.
WAITING = frozenset({ConsentState.ASKED, ConsentState.RECONFIRM})
_NO = frozenset({ConsentDecisionKind.REFUSED, ConsentDecisionKind.WITHDRAWN})


@dataclass(frozen=True)
class CarerFact:
    """A carer and what is known of custody on a day; `until` when a record has an end."""

    carer: Carer
    value: CustodyValue
    is_confirmed: bool
    until: date | None = None

    @property
    def has_custody(self) -> bool:
        """True only for a dated yes."""
        return self.value == CustodyValue.YES


@dataclass(frozen=True)
class Givers:
    """Who must all give consent; `problem` when nobody can, and why."""

    carers: tuple[Carer, ...] = ()
    is_student_needed: bool = False
    # From 12 the pupil is heard where carers decide; that is recorded, whatever was said.
    is_student_heard: bool = False
    problem: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the givers, as `answers()` uses them."""
        own = {STUDENT_GIVER} if self.is_student_needed else set()
        return frozenset({str(carer.pk) for carer in self.carers} | own)

    @property
    def asked(self) -> frozenset[str]:
        """Keys of everyone whose words are recorded: the givers, and a pupil who is heard."""
        return self.keys | ({STUDENT_GIVER} if self.is_student_heard else set())


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
        facts.append(CarerFact(carer, value, confirmed, row.until if row else None))
    return tuple(facts)


def required_givers(purpose: str, *, age: int | None, carers: Sequence[CarerFact]) -> Givers:
    """Tell who must all consent, by age and custody; pure (table 2.6).

    Custody unknown, or not yet confirmed by a second person: nobody can. A guardian stands
    in the place of the carers.
    """
    if age is not None and age >= PUPIL_DECIDES_FROM_AGE:
        return Givers(is_student_needed=True)
    if age is None:
        return Givers(problem="De geboortedatum van de leerling ontbreekt.")
    guardians = [
        fact
        for fact in carers
        if fact.carer.relation == CarerRelation.GUARDIAN and fact.value != CustodyValue.NO
    ]
    deciding = guardians or carers
    if any(fact.value == CustodyValue.UNKNOWN for fact in deciding):
        return Givers(problem="Van een van de verzorgers is het gezag niet bekend.")
    custodial = [fact for fact in deciding if fact.has_custody]
    if not custodial:
        return Givers(problem="Er is geen verzorger met gezag vastgelegd.")
    if any(not fact.is_confirmed for fact in custodial):
        return Givers(problem="Het gezag is nog niet door een tweede persoon bevestigd.")
    takes_part = age >= PUPIL_CO_DECIDES_FROM_AGE
    return Givers(
        carers=tuple(fact.carer for fact in custodial),
        is_student_needed=takes_part and purpose in YOUTH_HELP,
        is_student_heard=takes_part and purpose not in YOUTH_HELP,
    )


def birthday_on(born: date, age: int) -> date:
    """The day on which someone reaches an age; born on 29 February: 1 March of a common year."""
    leap = (born.month, born.day) == (2, 29)
    first = born.replace(day=28) if leap else born
    return first.replace(year=born.year + age) + timedelta(days=int(leap))


@dataclass(frozen=True)
class Family:
    """On what it rests who decides: birth date and custody, on one day."""

    born: date | None
    carers: tuple[CarerFact, ...]
    day: date

    @property
    def changes(self) -> tuple[date, ...]:
        """The birthdays on which others come to decide."""
        return tuple(birthday_on(self.born, age) for age in CONFIRMED_ANEW_AT) if self.born else ()

    def last_change(self, on: date) -> date | None:
        """The last such birthday up to a day."""
        return max((day for day in self.changes if day <= on), default=None)

    @property
    def next_change(self) -> date | None:
        """The next one ahead."""
        return min((day for day in self.changes if day > self.day), default=None)

    def givers(self, purpose: str, *, on: date | None = None) -> Givers:
        """Who must consent for this purpose today, or by the age of another day."""
        reached = sum(day <= (on or self.day) for day in self.changes)
        age = (0, *CONFIRMED_ANEW_AT)[reached] if self.born else None
        return required_givers(purpose, age=age, carers=self.carers)


@dataclass(frozen=True)
class Covering:
    """The consent that lets an organization read, and the day on which that ends."""

    consent_id: UUID
    until: date


def latest(consent: Consent, *, on: date = date.max) -> dict[str, ConsentDecision]:
    """Give the last answer of each giver up to a day; reads what is prefetched."""
    rows = (row for row in consent.decisions.all() if row.decided_on <= on)
    return {
        STUDENT_GIVER if row.is_student else str(row.carer_id): row
        for row in sorted(rows, key=_moment_and_caution)
    }


def answers(consent: Consent, *, on: date = date.max) -> dict[str, ConsentDecisionKind]:
    """Give what each giver said last; reads prefetched decisions."""
    rows = latest(consent, on=on)
    return {key: ConsentDecisionKind(row.decision) for key, row in rows.items()}


def _moment_and_caution(row: ConsentDecision) -> tuple[date, datetime, bool]:
    """By moment; of two answers at one moment the one that does not permit counts."""
    return row.decided_on, row.created_at, row.decision != ConsentDecisionKind.GIVEN


def waiting_for(consent: Consent, family: Family, *, on: date | None = None) -> frozenset[str]:
    """Keys of whoever must still say yes, or be heard; by the age and the answers of a day.

    What a pupil said before the last birthday that changed who decides does not count.
    """
    day = on or family.day
    givers = family.givers(consent.purpose, on=day)
    said, change = latest(consent, on=day), family.last_change(day)
    student = said.get(STUDENT_GIVER)
    if student and change and student.decided_on < change:
        del said[STUDENT_GIVER]
    given = {key for key, row in said.items() if row.decision == ConsentDecisionKind.GIVEN}
    heard = {STUDENT_GIVER} & said.keys() if givers.is_student_heard else set()
    return givers.asked - given - heard


def state_of(consent: Consent, family: Family) -> ConsentState:
    """How a consent stands on the family's day (R-11.8, R-11.9); pure."""
    if consent.asked_on is None or family.day < consent.asked_on:
        return ConsentState.DRAFT
    givers = family.givers(consent.purpose)
    said = answers(consent, on=family.day)
    denied = {said[key] for key in givers.keys & said.keys()} & _NO
    if denied:
        refused = ConsentDecisionKind.REFUSED in denied
        return ConsentState.REFUSED if refused else ConsentState.WITHDRAWN
    if consent.ends_on <= family.day:
        return ConsentState.EXPIRED
    if givers.keys and not waiting_for(consent, family):
        return ConsentState.GIVEN
    return ConsentState.RECONFIRM if _was_given(consent, family) else ConsentState.ASKED


def _was_given(consent: Consent, family: Family) -> bool:
    """It held on the eve of the last birthday that changed who decides, and nobody said no since."""
    change = family.last_change(family.day)
    if change is None or consent.asked_on is None or consent.asked_on >= change:
        return False
    eve = change - timedelta(days=1)
    before = family.givers(consent.purpose, on=eve).keys
    said = answers(consent, on=family.day)
    if any(said.get(key) in _NO for key in before):
        return False
    return bool(before) and not waiting_for(consent, family, on=eve)


def valid(
    consents: Iterable[Consent],
    family: Family,
    *,
    purpose: str,
    recipient: UUID | str | None,
    data_class: str = Compartment.SHARED_PLAN,
) -> bool:
    """Tell whether this may be shared with this recipient today: `valid(p, x, recipient, class, t)`.

    `recipient`: an organization, the name of who is none, or None for whoever the consent names.
    Source: access.md 2.6, column "new sharing".
    """
    return any(
        _covers(consent, purpose, recipient, data_class)
        and state_of(consent, family) == ConsentState.GIVEN
        for consent in consents
    )


def consent_covering(
    consents: Iterable[Consent],
    family: Family,
    *,
    purpose: str,
    recipient: UUID | None,
    data_class: str = Compartment.SHARED_PLAN,
) -> Covering | None:
    """Find the consent on which someone of this organization, already in, reads today.

    Shape:  the one that lasts longest; none when none does.
    Source: access.md 2.6, column "reading by outsiders already in".
    """
    found = [
        Covering(consent.pk, until)
        for consent in consents
        if _covers(consent, purpose, recipient, data_class)
        and (until := reading_until(consent, family)) is not None
    ]
    return max(found, key=lambda each: (each.until, each.consent_id), default=None)


def reading_until(consent: Consent, family: Family) -> date | None:
    """The day on which reading under this consent ends by itself; none when it ended already."""
    state = state_of(consent, family)
    change = family.last_change(family.day)
    if state == ConsentState.RECONFIRM and change:
        ends = [change + GRACE]
    elif state == ConsentState.GIVEN:
        ends = [family.next_change + GRACE] if family.next_change else []
        carers = {carer.pk for carer in family.givers(consent.purpose).carers}
        ends += [fact.until for fact in family.carers if fact.until and fact.carer.pk in carers]
    else:
        return None
    until = min([consent.ends_on, *ends])
    return until if until > family.day else None


def _covers(consent: Consent, purpose: str, recipient: UUID | str | None, data_class: str) -> bool:
    if consent.purpose != purpose:
        return False
    # The heading says of what the rest is.
    if data_class != Compartment.HEADING and data_class not in consent.classes:
        return False
    if recipient is None:
        return True
    if isinstance(recipient, str):
        return _plain(recipient) == _plain(consent.recipient_name) != ""
    return recipient in {row.pk for row in consent.recipients.all()}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
