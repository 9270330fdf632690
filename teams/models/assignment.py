"""Assignments: the only source of rights."""

from django.db import models

from teams.enums import Role
from teams.models.base import DatedRow


class Assignment(DatedRow):
    """A person holds a role at an organization from a day until another (R-2.1, O31).

    At a node of kind GROUP it makes a teacher of that group. The deputy acts in
    this role while `deputy_since <= day < deputy_until`.
    """

    person = models.ForeignKey("teams.User", models.PROTECT, related_name="assignments")
    role = models.CharField("rol", max_length=32, choices=Role)
    organization = models.ForeignKey(
        "teams.Organization", models.PROTECT, related_name="assignments"
    )
    deputy = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="deputized"
    )
    deputy_since = models.DateField("vervanging vanaf", null=True, blank=True)
    deputy_until = models.DateField("vervanging tot", null=True, blank=True)
    # A deputy of the head convenes only with a recorded mandate (T-11).
    has_mandate = models.BooleanField("mandaat vastgelegd", default=False)
    # The yearly review of rights: when somebody last said that this still holds.
    confirmed_on = models.DateField("nagekeken op", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "teams.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        indexes = [
            models.Index(fields=["person", "until"]),
            models.Index(fields=["organization", "role"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "organization", "since"],
                name="assignment_once",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="assignment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organization}"

    @property
    def post(self) -> str:
        """The party that this assignment gives (access.md 2.9)."""
        return f"post:{self.role}@{self.organization_id}"
