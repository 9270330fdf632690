"""VOT and OT: a session of a school, with an item per case."""

import pghistory
from django.db import models

from cases.enums import (
    Attendance,
    Conclusion,
    Delivery,
    InviteeKind,
    MeetingKind,
    MeetingState,
    Section,
)
from cases.models.case import FILE_TERM
from cases.models.invariants import ot_invites_parents
from teams.access.scope import SensitiveRow
from teams.enums import Role
from teams.models.base import Row


class Session(Row):
    """A school's VOT or OT on a date; the items hang under it. No child is named here."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="sessions")
    kind = models.CharField("soort", max_length=3, choices=MeetingKind)
    on = models.DateField("datum")
    starts_at = models.TimeField("begint om")
    place = models.CharField("plaats", max_length=120, blank=True)
    # Outside the regular series only with urgency.
    is_regular = models.BooleanField("vaste datum", default=True)

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ["on", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "on"], name="one_session_per_day_and_kind"
            )
        ]


@pghistory.track(exclude=["report_version"])
class Meeting(SensitiveRow):
    """One item: one case at one session, with own time, invitees and report (O9).

    VOT in K1, OT in K2; its audience names this item, so only who is invited sees it.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="meetings")
    kind = models.CharField("soort", max_length=3, choices=MeetingKind)
    starts_at = models.TimeField("tijd")
    minutes = models.PositiveSmallIntegerField("duur in minuten", default=30)
    state = models.CharField(
        "stand", max_length=8, choices=MeetingState, default=MeetingState.DRAFT
    )
    message = models.TextField("tekst bij de uitnodiging", blank=True)
    interpreter = models.CharField("tolk", max_length=40, blank=True)
    student_choice = models.CharField(
        "keuze over deelname van de leerling", max_length=300, blank=True
    )
    size_reason = models.CharField("waarom een grotere tafel", max_length=300, blank=True)
    convened_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    convened_role = models.CharField(max_length=32, choices=Role, blank=True)
    convened_at = models.DateTimeField("bijeengeroepen op", null=True, blank=True)
    held_on = models.DateField("gehouden op", null=True, blank=True)
    conclusion = models.CharField("conclusie", max_length=16, choices=Conclusion, blank=True)
    conclusion_reason = models.TextField("waarom", blank=True)
    # Two no-shows of the parents: the OT may be held, nothing that needs consent starts.
    is_provisional = models.BooleanField("onder voorbehoud", default=False)
    report_version = models.PositiveIntegerField(default=0)
    finalized_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    finalized_at = models.DateTimeField("definitief op", null=True, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "overlegpunt"
        ordering = ["session__on", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(state__in=["DRAFT", "CONVENED", "HELD"]),
                name="one_open_item_per_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["DRAFT", "CANCELED"])
                | (models.Q(convened_role=Role.HEAD, convened_by__isnull=False)),
                name="i5_convened_by_the_head",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="FINAL")
                | models.Q(finalized_by__isnull=False, held_on__isnull=False),
                name="final_report_has_a_finalizer",
            ),
        ]
        triggers = [ot_invites_parents]


@pghistory.track()
class Invitee(SensitiveRow):
    """One person invited to one item, with a reason of direct involvement (R-7.1)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitees")
    kind = models.CharField("wie", max_length=8, choices=InviteeKind)
    person = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField("als", max_length=32, choices=Role, blank=True)
    carer = models.ForeignKey(
        "schools.Carer", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("naam", max_length=120, blank=True)
    reason = models.CharField("waarom echt betrokken", max_length=200, blank=True)
    invited_at = models.DateTimeField("uitgenodigd op", null=True, blank=True)
    delivery = models.CharField("uitnodiging", max_length=5, choices=Delivery, blank=True)
    attendance = models.CharField(
        "aanwezig", max_length=8, choices=Attendance, default=Attendance.UNKNOWN
    )

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "genodigde"
        verbose_name_plural = "genodigden"
        ordering = ["kind", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=models.Q(person__isnull=False),
                name="person_invited_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "carer"],
                condition=models.Q(carer__isnull=False),
                name="carer_invited_once",
            ),
        ]

    @property
    def full_name(self) -> str:
        """Who this is, in words."""
        if self.kind == InviteeKind.STUDENT:
            return self.meeting.case.student.first_name
        return str(self.person or self.carer or self.name)

    @property
    def line(self) -> str:
        """In which role, and why at this table."""
        role = self.get_role_display() if self.role else ""
        if self.carer:
            role = self.carer.get_relation_display()
        return ", ".join(part for part in (role, self.reason) if part) or self.get_kind_display()


@pghistory.track()
class MeetingLine(SensitiveRow):
    """One line of minutes or report, in a section of the agenda (R-7.7).

    `source_kind` and `source_id` name the signal, talk or agreement it was prefilled from.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="lines")
    section = models.CharField("onderdeel", max_length=12, choices=Section)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    text = models.TextField("tekst", blank=True)
    source_kind = models.CharField("bron", max_length=20, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    retention_basis = FILE_TERM

    class Meta:
        ordering = ["position", "created_at"]


@pghistory.track()
class Contribution(SensitiveRow):
    """What parents or pupil bring in, or add to the report, in their own words (R-7.4)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="contributions")
    carer = models.ForeignKey(
        "schools.Carer", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_from_student = models.BooleanField("van de leerling", default=False)
    is_comment = models.BooleanField("opmerking bij het verslag", default=False)
    text = models.TextField("inbreng")

    retention_basis = FILE_TERM

    class Meta:
        verbose_name = "inbreng"
        ordering = ["created_at"]
