"""Who is reminded: posts become persons on the day that the reminder goes out."""

from collections.abc import Callable
from uuid import UUID

from cases.enums import Delivery
from cases.models import Invitee
from cases.queries.facts import CaseFacts
from cases.reminders import To
from teams.enums import Role
from teams.models import User
from teams.queries.posts import holders


def people_for(to: tuple[To, ...], subject_id: UUID, facts: CaseFacts) -> list[User]:
    """Find the persons behind one row of the table of reminders; each once.

    Shape:  empty when nobody holds the post; contacts without an account are not in it.
    """
    found = (person for each in to for person in _FINDERS[each](facts, subject_id))
    able = (person for person in found if person.is_active and not person.is_contact_only)
    return list({person.pk: person for person in able}.values())


def _doer(facts: CaseFacts, subject_id: UUID) -> list[User]:
    doers = (row.doer_person for row in facts.agreements if row.pk == subject_id)
    return [person for person in doers if person]


def _post(role: Role) -> Callable[[CaseFacts, UUID], list[User]]:
    def find(facts: CaseFacts, subject_id: UUID) -> list[User]:
        return holders(role, facts.case.school.organization_id, day=facts.day)

    return find


_coordinator = _post(Role.SUPPORT_COORDINATOR)


def _invitees(facts: CaseFacts, subject_id: UUID) -> list[User]:
    rows = Invitee.unscoped.filter(meeting=subject_id, delivery=Delivery.MAIL)
    return [row.person for row in rows.select_related("person") if row.person]


def _asker(facts: CaseFacts, subject_id: UUID) -> list[User]:
    askers = (row.created_by for row in facts.consents if row.pk == subject_id)
    return [person for person in askers if person] or _coordinator(facts, subject_id)


def _candidate(facts: CaseFacts, subject_id: UUID) -> list[User]:
    return [facts.offered_lead.person] if facts.offered_lead else []


def _lead(facts: CaseFacts, subject_id: UUID) -> list[User]:
    return [facts.lead.person] if facts.lead else _coordinator(facts, subject_id)


def _participants(facts: CaseFacts, subject_id: UUID) -> list[User]:
    rows = facts.participants
    return [row.person for row in rows if row.until is None or row.until > facts.day]


_FINDERS: dict[To, Callable[[CaseFacts, UUID], list[User]]] = {
    To.DOER: _doer,
    To.COORDINATOR: _coordinator,
    To.HEAD: _post(Role.HEAD),
    To.INVITEES: _invitees,
    To.ASKER: _asker,
    To.CANDIDATE: _candidate,
    To.LEAD: _lead,
    To.PARTICIPANTS: _participants,
}
