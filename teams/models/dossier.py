"""Tables and chairs: who sits at which dossier, on which ground."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teams.enums import Compartment, DossierKind, Ground, Relation, Role
from teams.models.base import Row

# Row audiences: "" is everyone for whom the compartment lies open; anything else is a
# tag that a seat must name. A seat with EVERY_AUDIENCE opens all of them.
OPEN_AUDIENCE = ""
EVERY_AUDIENCE = "*"


class Dossier(Row):
    """What has a table: a case, a pupil, a school or a board (access.md 2.9)."""

    kind = models.CharField("soort", max_length=8, choices=DossierKind)
    organization = models.ForeignKey("teams.Organization", models.PROTECT, related_name="dossiers")
    # Everyone who looks at this one is looked at: a known family, a colleague's child.
    is_watched = models.BooleanField("extra letten op inzage", default=False)


class Seat(Row):
    """One party may sit at one dossier: what lies open, as which audience, on which ground.

    A pure function of the dossier's facts and the rules; never edited by hand.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="seats")
    party = models.CharField("partij", max_length=90)
    role = models.CharField("als", max_length=32, choices=Role)
    relation = models.CharField("relatie", max_length=4, choices=Relation)
    compartments = ArrayField(models.CharField(max_length=2, choices=Compartment))
    audiences = ArrayField(models.CharField(max_length=60))
    ground = models.CharField("grond", max_length=20, choices=Ground)
    rule = models.CharField("regel", max_length=8)
    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)
    # To the minute, for a seat taken by breaking the glass (access.md 2.7).
    expires_at = models.DateTimeField("verloopt", null=True, blank=True)
    # The consent on which the seat rests; no constraint, since seats are rewritten at will.
    consent_id = models.UUIDField("toestemming", null=True, blank=True)

    class Meta:
        verbose_name = "plaats aan tafel"
        indexes = [
            models.Index(
                fields=["party", "dossier"],
                include=["compartments", "audiences", "since", "until", "expires_at"],
                name="seat_party_dossier",
            ),
            models.Index(fields=["dossier"], name="seat_dossier"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "party", "role", "rule", "relation", "audiences"],
                name="seat_once",
            )
        ]
