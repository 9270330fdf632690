"""Giving and ending assignments, with four eyes where a role opens K3 to K7 (AR-36, D13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from teams.access.actor import DEPUTY_LONGEST, Actor
from teams.access.decide import may
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.rules import PASSKEY_ROLES, Action
from teams.audit import Verb, record
from teams.enums import Role
from teams.models import Assignment, Organization, Proposal, User
from teams.models.grant import Answer, ProposalKind
from teams.queries.rights import fits, kept_nodes, kept_people, stand_ins
from teams.rights.factor_reset import reset_factor


@dataclass(frozen=True)
class Outcome:
    """What came of it: the assignment, or the proposal that waits for a second person."""

    assignment: Assignment | None = None
    proposal: Proposal | None = None


def give(
    person: User,
    role: Role,
    organization: Organization,
    *,
    given: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Give a task, or propose it when it opens K3 to K7.

    Errors: NotAllowed to oneself, outside one's own organizations, or above what one may give;
            Blocked when role and place, or the days, do not go together.
    """
    _check(person, organization, actor=actor)
    if not fits(role, organization.kind):
        raise NotAllowed(Action.MANAGE_RIGHTS)
    since, until = given["since"], given.get("until")
    _check_days(since, until, today=now.date())
    with transaction.atomic():
        if Assignment.objects.on(since).filter(person=person, role=role, organization=organization):
            raise Blocked([Reason("Deze persoon heeft deze taak hier al.", "", "task_is_new")])
        if role not in PASSKEY_ROLES:
            return Outcome(_assign(person, role, organization, (since, until), actor, now))
        proposal = Proposal.objects.create(
            kind=ProposalKind.GIVE,
            person=person,
            role=role,
            organization=organization,
            since=since,
            until=until,
            reason=given.get("reason", ""),
            proposed_by_id=actor.person_id,
            proposed_at=now,
        )
        record(Verb.RIGHT_PROPOSED, proposal, actor=actor, now=now)
    return Outcome(proposal=proposal)


def deputize(
    assignment: Assignment, deputy: User, *, given: Mapping[str, Any], actor: Actor, now: datetime
) -> Outcome:
    """Name a deputy for at most thirty days (`wnm`); with four eyes as for the role itself.

    Errors: NotAllowed; Blocked when the days do not fit, or the deputy works elsewhere or in a
            higher role.
    """
    _check(deputy, assignment.organization, actor=actor)
    if assignment.person_id in {deputy.pk, actor.person_id}:
        raise NotAllowed(Action.MANAGE_RIGHTS)
    since, until = given["since"], given["until"]
    _check_days(since, until, today=now.date())
    if until is None or until - since > DEPUTY_LONGEST:
        raise Blocked([Reason("Een vervanging duurt hooguit 30 dagen.", "", "deputy_is_short")])
    _check_rank(assignment, deputy, day=now.date())
    with transaction.atomic():
        proposal = Proposal(
            kind=ProposalKind.DEPUTY,
            person=deputy,
            role=assignment.role,
            organization=assignment.organization,
            assignment=assignment,
            since=since,
            until=until,
            has_mandate=given.get("has_mandate", False),
            proposed_by_id=actor.person_id,
            proposed_at=now,
        )
        if assignment.role not in PASSKEY_ROLES:
            _place_deputy(proposal, actor=actor, now=now)
            return Outcome(assignment)
        proposal.save(force_insert=True)
        record(Verb.RIGHT_PROPOSED, proposal, actor=actor, now=now)
    return Outcome(proposal=proposal)


def propose_reset(person: User, *, reason: str, actor: Actor, now: datetime) -> Proposal:
    """Propose to take someone's second factor away, so that they can set up a new one (A-10)."""
    node = person.employer
    if node is None:
        raise NotAllowed(Action.MANAGE_RIGHTS)
    _check(person, node, actor=actor)
    with transaction.atomic():
        proposal = Proposal.objects.create(
            kind=ProposalKind.RESET,
            person=person,
            organization=node,
            reason=reason,
            proposed_by_id=actor.person_id,
            proposed_at=now,
        )
        record(Verb.RIGHT_PROPOSED, proposal, actor=actor, now=now)
    return proposal


def decide(proposal_id: Any, answer: Answer, *, actor: Actor, now: datetime) -> Proposal:
    """Decide as the second person; only then does it take effect.

    Errors: NotVisible outside one's organizations or when decided; NotAllowed to the proposer
            and to whom it is about (D13); the table refuses both as well.
    """
    if not may(actor, Action.DECIDE_RIGHTS):
        raise NotAllowed(Action.DECIDE_RIGHTS)
    with transaction.atomic():
        waiting = Proposal.objects.select_for_update().filter(answer="")
        proposal = waiting.filter(pk=proposal_id, organization__in=kept_nodes(actor)).first()
        if proposal is None:
            raise NotVisible
        if actor.person_id in {proposal.proposed_by_id, proposal.person_id}:
            raise NotAllowed(Action.DECIDE_RIGHTS)
        proposal.answer, proposal.decided_at = answer, now
        proposal.decided_by_id = actor.person_id
        proposal.save(update_fields=["answer", "decided_at", "decided_by"])
        record(Verb.RIGHT_DECIDED, proposal, actor=actor, now=now, reason=answer)
        if answer == Answer.YES:
            _carry_out(proposal, actor=actor, now=now)
    return proposal


def end_assignment(assignment: Assignment, *, actor: Actor, now: datetime) -> None:
    """End a task today: at the next request it opens nothing any more (A-9). Errors: NotAllowed."""
    _check(assignment.person, assignment.organization, actor=actor, may_be_self=True)
    with transaction.atomic():
        assignment.until = max(assignment.since, now.date())
        assignment.save(update_fields=["until"])
        record(Verb.RIGHT_ENDED, assignment, actor=actor, now=now)


def confirm_assignment(assignment: Assignment, *, actor: Actor, now: datetime) -> None:
    """Say, in the yearly review, that a task still holds. Errors: NotAllowed."""
    _check(assignment.person, assignment.organization, actor=actor)
    with transaction.atomic():
        assignment.confirmed_on = now.date()
        assignment.confirmed_by_id = actor.person_id
        assignment.save(update_fields=["confirmed_on", "confirmed_by"])
        record(Verb.RIGHT_CONFIRMED, assignment, actor=actor, now=now)


def _check(
    person: User, organization: Organization, *, actor: Actor, may_be_self: bool = False
) -> None:
    if not may(actor, Action.MANAGE_RIGHTS):
        raise NotAllowed(Action.MANAGE_RIGHTS)
    nodes = kept_nodes(actor)
    if organization.pk not in nodes:
        raise NotAllowed(Action.MANAGE_RIGHTS)
    if person.pk == actor.person_id and not may_be_self:
        raise NotAllowed(Action.MANAGE_RIGHTS)
    if not person.is_active or not kept_people(nodes).filter(pk=person.pk).exists():
        raise NotAllowed(Action.MANAGE_RIGHTS)


def _check_days(since: date, until: date | None, *, today: date) -> None:
    if since < today:
        raise Blocked([Reason("Een taak begint op zijn vroegst vandaag.", "", "task_begins")])
    if until is not None and until <= since:
        raise Blocked([Reason("De einddatum ligt na de begindatum.", "", "task_ends")])


def _check_rank(assignment: Assignment, deputy: User, *, day: date) -> None:
    if not stand_ins(assignment, day=day).filter(pk=deputy.pk).exists():
        missing = "De vervanger heeft hier niet dezelfde of een lagere taak."
        raise Blocked([Reason(missing, "Kies een collega van deze organisatie.", "deputy_fits")])


def _carry_out(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    if proposal.kind == ProposalKind.RESET:
        reset_factor(proposal.person, actor=actor, now=now)
    elif proposal.kind == ProposalKind.DEPUTY:
        _place_deputy(proposal, actor=actor, now=now)
    elif proposal.organization is not None:
        days = (max(proposal.since or now.date(), now.date()), proposal.until)
        _assign(proposal.person, Role(proposal.role), proposal.organization, days, actor, now)


def _assign(
    person: User,
    role: Role,
    organization: Organization,
    days: tuple[date, date | None],
    actor: Actor,
    now: datetime,
) -> Assignment:
    assignment = Assignment.objects.create(
        person=person,
        role=role,
        organization=organization,
        since=days[0],
        until=days[1],
        confirmed_on=now.date(),
        confirmed_by_id=actor.person_id,
    )
    record(Verb.RIGHT_GIVEN, assignment, actor=actor, now=now)
    return assignment


def _place_deputy(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    assignment = proposal.assignment
    if assignment is None:
        return
    # Between the proposal and the second person someone may have got another task.
    _check_rank(assignment, proposal.person, day=now.date())
    assignment.deputy = proposal.person
    assignment.deputy_since, assignment.deputy_until = proposal.since, proposal.until
    assignment.has_mandate = proposal.has_mandate
    names = ["deputy", "deputy_since", "deputy_until", "has_mandate"]
    assignment.save(update_fields=names)
    record(Verb.RIGHT_GIVEN, assignment, actor=actor, now=now, reason="vervanging")
