"""A session of a school with the items that the reader may see, and the coming sessions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

from cases.enums import MeetingState
from cases.models import Case, Meeting, Session
from cases.pages.places import faces_of_invitees
from cases.pages.table_page import STEPS
from cases.queries.loaded import load_facts
from cases.workflow.engine import reasons_against
from cases.workflow.steps import Step
from cases.workflow.table import ROUTE
from teams.access.actor import Actor
from teams.access.errors import NotVisible, Reason
from teams.components import Action, Badge, BadgeKind, Face, Row
from teams.enums import Role
from teams.models import SupportTeamDate
from teams.templatetags.ui import day, hour

_BADGES = {
    MeetingState.DRAFT: BadgeKind.ATTENTION,
    MeetingState.CONVENED: BadgeKind.NEUTRAL,
    MeetingState.HELD: BadgeKind.ATTENTION,
    MeetingState.FINAL: BadgeKind.DONE,
}
_LEADS = frozenset({Role.SUPPORT_COORDINATOR, Role.HEAD})
WEEKS_BACK = timedelta(weeks=6)
MOST_SESSIONS = 30
MOST_FREE = 8


@dataclass(frozen=True)
class ItemCard:
    """One item of a session: whose case, when, who comes, and what can be done."""

    name: str
    url: str
    when: str
    faces: tuple[Face, ...]
    badge: Badge
    action: Action | None
    reasons: tuple[Reason, ...]
    table_url: str


@dataclass(frozen=True)
class SessionPage:
    """A session as this reader sees it."""

    session: Session
    title: str
    items: tuple[ItemCard, ...]
    # The whole list in one act, for the head, when more than one table lies ready.
    convene_all: Action | None


def session_page(session_id: UUID, *, actor: Actor, now: datetime) -> SessionPage:
    """Build the page of one session. Errors: NotVisible for who has nothing to seek there."""
    session = Session.objects.select_related("school__organization").get(pk=session_id)
    items = visible_items(session)
    is_own = session.school.organization_id in actor.schools and actor.role in _LEADS
    if not items and not is_own:
        raise NotVisible
    cards = tuple(_card(row, actor=actor, now=now) for row in items)
    drafts = sum(row.state == MeetingState.DRAFT for row in items)
    url = reverse("session-convene", kwargs={"session_id": session.pk})
    label = f"Alle {drafts} bijeenroepen"
    is_head = actor.role == Role.HEAD
    return SessionPage(
        session=session,
        title=f"{session.kind} van {session.school.name}",
        items=cards,
        convene_all=Action(label, url, is_post=True) if is_head and drafts > 1 else None,
    )


def visible_items(session: Session) -> list[Meeting]:
    """Give the items of a session that the reader may see; each sees only their own."""
    rows = Meeting.objects.filter(session=session).exclude(state=MeetingState.CANCELED)
    rows = rows.select_related("session", "case__student", "case__school__organization")
    return list(rows.prefetch_related("invitees__person", "invitees__carer").order_by("starts_at"))


def item_url(meeting: Meeting) -> str:
    """Address of one item."""
    return reverse("meeting", kwargs={"session_id": meeting.session_id, "meeting_id": meeting.pk})


def span(meeting: Meeting) -> str:
    """From when until when: "13.00 tot 13.30"."""
    start = datetime.combine(meeting.session.on, meeting.starts_at)
    return f"{hour(start)} tot {hour(start + timedelta(minutes=meeting.minutes))}"


def state_badge(meeting: Meeting) -> Badge:
    """Where an item stands."""
    state = MeetingState(meeting.state)
    return Badge(state.label, _BADGES.get(state, BadgeKind.NEUTRAL))


def _card(meeting: Meeting, *, actor: Actor, now: datetime) -> ItemCard:
    for row in meeting.invitees.all():
        row.meeting = meeting
    action = convene_action(meeting, actor=actor, now=now)
    is_lead = actor.role in _LEADS
    may_change = meeting.state == MeetingState.CONVENED and actor.role == Role.HEAD
    can_lay = is_lead and (meeting.state == MeetingState.DRAFT or may_change)
    where = {"case_id": meeting.case_id, "kind": meeting.kind}
    return ItemCard(
        name=meeting.case.student.full_name,
        url=item_url(meeting),
        when=span(meeting),
        faces=faces_of_invitees(meeting.invitees.all()),
        badge=state_badge(meeting),
        action=action,
        reasons=action.reasons if action else (),
        table_url=reverse("table", kwargs=where) if can_lay else "",
    )


def convene_action(meeting: Meeting, *, actor: Actor, now: datetime) -> Action | None:
    """The head's one button for a table that lies ready, or why it cannot be used yet."""
    if actor.role != Role.HEAD or meeting.state != MeetingState.DRAFT:
        return None
    code = STEPS[meeting.kind]  # type: ignore[index]
    step = Step(meeting.case, actor, now, load_facts(meeting.case, now.date()))
    url = reverse("case-step", kwargs={"case_id": meeting.case_id, "code": code})
    reasons = tuple(reasons_against(ROUTE[code], step))
    return Action("Bijeenroepen", url, is_post=True, step=code, reasons=reasons)


@dataclass(frozen=True)
class SessionList:
    """Coming sessions, those of the last weeks, and the free dates of the series."""

    coming: tuple[Row, ...]
    past: tuple[Row, ...]
    series: tuple[Row, ...]


def session_list(*, actor: Actor, today: date) -> SessionList:
    """List the sessions where the reader has an item or, as a lead, of the own schools."""
    items = Meeting.objects.exclude(state=MeetingState.CANCELED)
    counts: dict[UUID, list[Meeting]] = {}
    recent = items.filter(session__on__gte=today - WEEKS_BACK)
    for row in recent.select_related("session__school__organization", "case__student"):
        counts.setdefault(row.session_id, []).append(row)
    sessions = {rows[0].session_id: rows[0].session for rows in counts.values()}
    if actor.role in _LEADS:
        own = Session.objects.filter(
            school__organization__in=actor.schools, on__gte=today - WEEKS_BACK
        ).select_related("school__organization")
        sessions |= {row.pk: row for row in own}
    ordered = sorted(sessions.values(), key=lambda row: (row.on, row.starts_at))
    coming = [row for row in ordered if row.on >= today][:MOST_SESSIONS]
    past = [row for row in reversed(ordered) if row.on < today][:MOST_SESSIONS]
    return SessionList(
        tuple(_session_row(row, counts.get(row.pk, [])) for row in coming),
        tuple(_session_row(row, counts.get(row.pk, [])) for row in past),
        tuple(_free_dates(ordered, actor=actor, today=today)),
    )


def _session_row(session: Session, items: list[Meeting]) -> Row:
    names = [row.case.student.full_name for row in items]
    drafts = sum(row.state == MeetingState.DRAFT for row in items)
    open_reports = sum(row.state == MeetingState.HELD for row in items)
    badge = None
    if drafts:
        words = "tafel ligt klaar" if drafts == 1 else "tafels liggen klaar"
        badge = Badge(f"{drafts} {words}", BadgeKind.ATTENTION)
    elif open_reports:
        badge = Badge(f"{open_reports} verslag open", BadgeKind.ATTENTION)
    return Row(
        lead=f"{session.kind} {day(session.on)} {hour(session.starts_at)}",  # type: ignore[arg-type]
        title=session.school.name,
        url=reverse("session", kwargs={"session_id": session.pk}),
        why=", ".join(names) or "Nog geen casussen.",
        badge=badge,
    )


def _free_dates(planned: list[Session], *, actor: Actor, today: date) -> list[Row]:
    if actor.role not in _LEADS:
        return []
    taken = {(row.school.organization_id, row.kind, row.on) for row in planned}
    rows = SupportTeamDate.objects.filter(
        team__organization__in=actor.schools, on__gte=today
    ).select_related("team__organization")
    return [
        Row(
            lead=f"{row.kind} {day(row.on)} {hour(row.starts_at)}",  # type: ignore[arg-type]
            title=row.team.organization.name,
            why=row.team.place,
            when="vrij",
        )
        for row in rows[:MOST_SESSIONS]
        if (row.team.organization_id, row.kind, row.on) not in taken
    ][:MOST_FREE]


def case_items(case: Case) -> list[Meeting]:
    """Give the items of one case that the reader may see, newest first."""
    rows = Meeting.objects.filter(case=case).select_related("session__school__organization")
    rows = rows.prefetch_related("invitees__person", "invitees__carer")
    return list(rows.order_by("-session__on", "-created_at"))
