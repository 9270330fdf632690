"""Four eyes: what one administrator proposes and another person decides (AR-36, D13)."""

from django.db import models
from django.db.models import F, Q

from teams.enums import Role
from teams.models.base import Row


class ProposalKind(models.TextChoices):
    """What waits for a second person."""

    GIVE = "GIVE", "een taak geven"
    DEPUTY = "DEPUTY", "een vervanger aanwijzen"
    RESET = "RESET", "de tweede stap opnieuw instellen"


class Answer(models.TextChoices):
    """What the second person said."""

    YES = "YES", "akkoord"
    NO = "NO", "niet akkoord"


class Proposal(Row):
    """One proposal; the table itself refuses a decision by the proposer or by whom it is about."""

    kind = models.CharField("wat", max_length=8, choices=ProposalKind)
    person = models.ForeignKey("teams.User", models.PROTECT, related_name="proposals")
    role = models.CharField("rol", max_length=32, choices=Role, blank=True)
    organization = models.ForeignKey(
        "teams.Organization", models.PROTECT, null=True, related_name="+"
    )
    assignment = models.ForeignKey("teams.Assignment", models.PROTECT, null=True, related_name="+")
    since = models.DateField("vanaf", null=True)
    until = models.DateField("tot", null=True)
    has_mandate = models.BooleanField("mandaat vastgelegd", default=False)
    reason = models.CharField("reden", max_length=400, blank=True)
    proposed_by = models.ForeignKey("teams.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("voorgesteld op")
    decided_by = models.ForeignKey("teams.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("besloten op", null=True)
    answer = models.CharField("antwoord", max_length=4, choices=Answer, blank=True)

    class Meta:
        verbose_name = "voorstel"
        indexes = [
            models.Index(fields=["proposed_at"], condition=Q(answer=""), name="proposal_waiting")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(proposed_by=F("person")), name="proposal_not_for_oneself"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("person"))),
                name="proposal_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"
