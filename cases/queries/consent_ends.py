"""What ends when a consent is taken back: who stops reading what, and what recipients keep."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from uuid import UUID

from cases.enums import MeetingState
from cases.models import Consent, Meeting
from cases.queries.facts import CaseFacts
from cases.seating import case_table
from teams.access.seating import SeatSpec
from teams.enums import OrganizationKind
from teams.models import Organization, User

# What a recipient keeps under its own law, in years: of a request (K3), of own help (K4).
KEPT_YEARS = {
    OrganizationKind.SWV: 3,
    OrganizationKind.DISTRICT_TEAM: 20,
    OrganizationKind.EMPLOYER: 20,
}
Opened = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Loss:
    """One person who stops reading: what closes, whether anything stays, where they are invited."""

    person: User
    organization: Organization | None
    closes: Opened
    keeps_some: bool
    meetings: tuple[Meeting, ...] = ()
    loses_name: bool = False


def losses(consent: Consent, facts: CaseFacts) -> list[Loss]:
    """Compare the table with and without this consent: exactly the seats that rest on it.

    Shape:  by name; empty when nobody reads on it now, or another consent covers the same.
    """
    without = copy(facts)
    without.consents = [row for row in facts.consents if row.pk != consent.pk]
    before, after = _opened(case_table(facts).seats), _opened(case_table(without).seats)
    unnamed = _asked(facts) - _asked(without)
    wanted = {key for key in before if before[key] - after[key]} | unnamed
    people = User.objects.select_related("employer").in_bulk(wanted)
    return [
        Loss(
            person=person,
            organization=person.employer,
            closes=frozenset(before[key] - after[key]),
            keeps_some=bool(after[key]),
            meetings=_invited(facts, key),
            loses_name=key in unnamed,
        )
        for key, person in sorted(people.items(), key=lambda item: str(item[1]))
    ]


def kept_by_law(consent: Consent) -> list[tuple[str, int]]:
    """Which recipients must keep what they made themselves, and for how many years."""
    rows = Organization.objects.filter(pk__in=[row.pk for row in consent.recipients.all()])
    return [
        (row.name, KEPT_YEARS[kind])
        for row in rows
        if (kind := OrganizationKind(row.kind)) in KEPT_YEARS
    ]


def _opened(seats: Iterable[SeatSpec]) -> dict[UUID, set[tuple[str, str]]]:
    """What lies open to each person who sits by name."""
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for seat in seats:
        kind, _, who = seat.party.partition(":")
        if kind == "person":
            pairs = {(part, tag) for part in seat.compartments for tag in seat.audiences}
            found[UUID(who.partition("@")[0])] |= pairs
    return found


def _asked(facts: CaseFacts) -> set[UUID]:
    """Those asked in a consult for whom the name of the pupil resolves today."""
    return {
        row.person_id
        for consult in facts.consults
        if not consult.outcome
        for row in consult.asked.all()
        if row.person and facts.names_pupil_to(row.person.employer_id)
    }


def _invited(facts: CaseFacts, person_id: UUID) -> tuple[Meeting, ...]:
    return tuple(
        meeting
        for meeting in facts.meetings
        if meeting.state == MeetingState.CONVENED and meeting.session.on >= facts.day
        if any(row.person_id == person_id for row in meeting.invitees.all())
    )
