"""Unauthorized absence as the school keeps it, and as the attendance officer reads it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.enums import MeetingKind, MeetingState
from cases.models import AbsenceDay, AbsenceGround, AttendanceAgreement, Invitee
from cases.pages.case_frame import CaseFrame
from schools.models import Student
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.fence import beyond_seats
from teams.access.rules import Action
from teams.components import Fact, Row
from teams.templatetags.ui import long_day


@dataclass(frozen=True)
class AbsencePage:
    """One ground with its days and agreements; `ground` is none while there is none."""

    ground: AbsenceGround | None
    facts: tuple[Fact, ...]
    days: tuple[Row, ...]
    agreements: tuple[Row, ...]
    may_keep: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something may still be added."""
        return self.ground is not None and self.ground.closed_on is None


def absence_page(frame: CaseFrame, *, actor: Actor) -> AbsencePage:
    """The tab of a case, for the school's leads: the newest ground, open or closed."""
    ground = AbsenceGround.objects.filter(case=frame.case).first()
    may_keep = may(actor, Action.KEEP_ABSENCE, dossier_id=frame.case.dossier_id)
    return _page(ground, may_keep=may_keep and frame.case.is_open)


def officer_page(ground: AbsenceGround, *, actor: Actor) -> AbsencePage:
    """What the attendance officer reads: the pupil, the absence, the own invitation, agreements.

    Source: R-15.4, D4: nothing of the case itself.
    """
    page = _page(ground, may_keep=False)
    own = (Fact("Leerling", pupil_of(ground)), *page.facts, *_invitations(ground, actor))
    return AbsencePage(ground, own, page.days, page.agreements)


def grounds_of_officer() -> list[Row]:
    """The open grounds that lie open to whoever reads, oldest first."""
    rows = AbsenceGround.objects.filter(closed_on__isnull=True).order_by("opened_on")
    return [
        Row(
            lead=pupil_of(row),
            title=f"ongeoorloofd verzuim sinds {long_day(row.opened_on)}",
            url=reverse("absence-officer", args=[row.pk]),
        )
        for row in rows
    ]


@beyond_seats("the name of the pupil beside the absence (R-15.4)")
def pupil_of(ground: AbsenceGround) -> str:
    """The pupil's name, which R-15.4 gives to whoever may read the absence."""
    return Student.unscoped.get(cases=ground.case_id).full_name


def _page(ground: AbsenceGround | None, *, may_keep: bool) -> AbsencePage:
    if ground is None:
        return AbsencePage(None, (), (), (), may_keep)
    days = AbsenceDay.objects.filter(absence=ground)
    agreements = AttendanceAgreement.objects.filter(absence=ground)
    return AbsencePage(
        ground,
        tuple(_facts(ground, len(days))),
        tuple(Row(title=row.get_length_display(), lead=long_day(row.on)) for row in days),
        tuple(
            Row(title=row.what, lead=f"{row.doer}:", when=_again(row.evaluate_on))
            for row in agreements
        ),
        may_keep,
    )


def _facts(ground: AbsenceGround, count: int) -> list[Fact]:
    found = [
        Fact("Vastgelegd", long_day(ground.opened_on)),
        Fact("Dagen", str(count), note="ongeoorloofd, door school vastgelegd"),
    ]
    if ground.closed_on:
        found.append(Fact("Gesloten", long_day(ground.closed_on)))
    return found


@beyond_seats("the officer's own invitation (R-15.4)")
def _invitations(ground: AbsenceGround, actor: Actor) -> list[Fact]:
    rows = Invitee.unscoped.filter(
        meeting__case=ground.case_id,
        meeting__kind=MeetingKind.OT,
        meeting__state=MeetingState.CONVENED,
        person=actor.person_id,
    ).select_related("meeting__session")
    return [_invitation(row) for row in rows]


def _invitation(row: Invitee) -> Fact:
    session = row.meeting.session
    when = day_hour_of(session.on, row.meeting.starts_at)
    return Fact("Uitnodiging OT", when, note=session.place)


def day_hour_of(on: date, at: object) -> str:
    """A day and an hour as one says them."""
    return f"{long_day(on)} om {at:%H.%M} uur"


def _again(on: date) -> str:
    return f"opnieuw op {long_day(on)}"
