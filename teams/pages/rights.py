"""Pages of the functional administrator: people and tasks, and never content of cases (D10)."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action as May
from teams.components import Action, Badge, BadgeKind, Row
from teams.models import Assignment, Proposal, User
from teams.models.grant import ProposalKind
from teams.queries.rights import kept_assignments, kept_nodes, kept_people, waiting_proposals
from teams.templatetags.ui import day as in_words

MOST_PEOPLE = 50
REVIEW_EVERY = timedelta(days=365)
# What a spreadsheet would run instead of show.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class RightsPage:
    """The people of one's own organizations, and what waits for a second person."""

    proposals: tuple[Row, ...]
    people: tuple[Row, ...]
    more: int
    query: str
    may_manage: bool


def rights_page(query: str, *, actor: Actor, day: date) -> RightsPage:
    """Build the page; who only decides sees what waits, and no list of people."""
    nodes = kept_nodes(actor)
    waiting = tuple(_proposal_row(row, actor) for row in waiting_proposals(nodes))
    if not may(actor, May.MANAGE_RIGHTS):
        return RightsPage(waiting, (), 0, "", may_manage=False)
    people = kept_people(nodes).order_by("last_name", "first_name")
    for word in query.split():
        people = people.filter(last_name__icontains=word) | people.filter(
            first_name__icontains=word
        )
    held: dict[UUID, list[str]] = {}
    for row in kept_assignments(nodes, day=day):
        held.setdefault(row.person_id, []).append(_task(row))
    shown = list(people[: MOST_PEOPLE + 1])
    rows = tuple(_person_row(person, held.get(person.pk, [])) for person in shown[:MOST_PEOPLE])
    return RightsPage(waiting, rows, len(shown) - len(rows), query, may_manage=True)


def _person_row(person: User, tasks: list[str]) -> Row:
    return Row(
        lead=str(person),
        url=reverse("rights-person", args=[person.pk]),
        why="; ".join(tasks) or "Nu zonder taak",
        badge=None if person.is_active else Badge("niet actief"),
        is_muted=not person.is_active,
    )


def _proposal_row(proposal: Proposal, actor: Actor) -> Row:
    is_own = actor.person_id in {proposal.proposed_by_id, proposal.person_id}
    url = reverse("rights-decide", args=[proposal.pk])
    return Row(
        lead=str(proposal.person),
        title=_words(proposal),
        why=f"Voorgesteld door {proposal.proposed_by} op {in_words(proposal.proposed_at)}. "
        f"{proposal.reason}".strip(),
        badge=Badge("wacht op een ander", BadgeKind.ATTENTION) if is_own else None,
        action=None if is_own else Action("Bekijken", url=url, is_quiet=True),
    )


def _words(proposal: Proposal) -> str:
    if proposal.kind == ProposalKind.RESET:
        return "de tweede stap opnieuw instellen"
    task = f"{proposal.get_role_display()}, {proposal.organization}"
    start = f"vanaf {in_words(proposal.since)}" if proposal.since else ""
    if proposal.kind == ProposalKind.DEPUTY:
        return f"vervangt {task}, {start}"
    return f"wordt {task}, {start}"


def _task(row: Assignment) -> str:
    text = str(row)
    if row.organization.parent and row.organization.kind == "GROUP":
        text = f"{row.get_role_display()}, {row.organization.parent} {row.organization}"
    return f"{text} tot {in_words(row.until)}" if row.until else text


@dataclass(frozen=True)
class DecidePage:
    """One proposal, for the second person."""

    proposal: Proposal
    words: str


def decide_page(proposal_id: UUID, *, actor: Actor) -> DecidePage:
    """Build the page. Errors: DoesNotExist outside one's organizations, or when decided."""
    proposal = waiting_proposals(kept_nodes(actor)).get(pk=proposal_id)
    return DecidePage(proposal, _words(proposal))


@dataclass(frozen=True)
class PersonPage:
    """One person with their tasks, each with what an administrator can do."""

    person: User
    tasks: tuple[Row, ...]
    waiting: tuple[Row, ...]
    is_self: bool


def person_page(person_id: UUID, *, actor: Actor, day: date) -> PersonPage:
    """Build the page. Errors: DoesNotExist for someone of elsewhere."""
    nodes = kept_nodes(actor)
    person = kept_people(nodes).get(pk=person_id)
    held = kept_assignments(nodes, day=day).filter(person=person).order_by("since")
    waiting = waiting_proposals(nodes).filter(person=person)
    return PersonPage(
        person,
        tuple(_task_row(row) for row in held),
        tuple(_proposal_row(row, actor) for row in waiting),
        is_self=person.pk == actor.person_id,
    )


def _task_row(row: Assignment) -> Row:
    deputy = ""
    if row.deputy and row.deputy_until:
        deputy = f" Vervangen door {row.deputy} tot {in_words(row.deputy_until)}."
    return Row(
        lead=_task(row),
        url=reverse("rights-task", args=[row.pk]),
        why=f"Sinds {in_words(row.since)}.{deputy}",
    )


@dataclass(frozen=True)
class ReviewLine:
    """One assignment in the yearly review of rights."""

    assignment: Assignment
    task: str
    is_due: bool


def review_lines(*, actor: Actor, day: date) -> list[ReviewLine]:
    """Give every assignment of one's own organizations, longest not looked at first (A-25)."""
    rows = kept_assignments(kept_nodes(actor), day=day)
    lines = [ReviewLine(row, _task(row), _is_due(row, day)) for row in rows]
    first = date.min
    return sorted(lines, key=lambda line: line.assignment.confirmed_on or first)


def _is_due(row: Assignment, day: date) -> bool:
    return row.confirmed_on is None or day - row.confirmed_on >= REVIEW_EVERY


def review_file(lines: list[ReviewLine]) -> str:
    """Write the review as a file for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["naam", "e-mail", "taak", "sinds", "tot", "nagekeken op", "door"])
    for line in lines:
        row = line.assignment
        who, checked = (row.person, row.person.email), (row.confirmed_on, row.confirmed_by)
        cells: list[object] = [*who, line.task, row.since, row.until, *checked]
        writer.writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
