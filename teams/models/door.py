"""What the door remembers: wrong guesses, codes that were used, and who else may vouch for a person.

In PostgreSQL, since a cache forgets: emptying it must give nobody new tries.
"""

from django.db import models
from django.db.models import TextChoices

from teams.models.base import Row


class GuessKind(TextChoices):
    """What is counted apart."""

    PASSWORD = "PASSWORD", "wachtwoord"
    CODE = "CODE", "code"
    RESET = "RESET", "nieuw wachtwoord vragen"
    PASSKEY = "PASSKEY", "passkey"


class Guess(Row):
    """One try at a secret; a right one is taken away again.

    `key` is a digest of the account or the address asked for, known or not, so that the
    table itself names nobody.
    """

    kind = models.CharField("soort", max_length=16, choices=GuessKind)
    key = models.CharField("sleutel", max_length=64)
    at = models.DateTimeField("moment", db_index=True)

    class Meta:
        verbose_name = "poging"
        indexes = [models.Index(fields=["kind", "key", "at"], name="guess_of_key")]


class UsedCode(Row):
    """A code of someone's app that was accepted: the step of its clock, once and never again."""

    person = models.ForeignKey("teams.User", models.CASCADE, related_name="+")
    step = models.BigIntegerField("tijdvak")
    at = models.DateTimeField("moment")

    class Meta:
        verbose_name = "gebruikte code"
        constraints = [models.UniqueConstraint(fields=["person", "step"], name="code_used_once")]


class IdentityProvider(Row):
    """An OpenID Connect provider by which an organization's own people may sign in.

    It says who someone is, and nothing more: rights come from assignments alone. The secret
    itself stands in the environment, under the name kept here.
    """

    key = models.SlugField("sleutel", max_length=60, unique=True)
    organization = models.ForeignKey("teams.Organization", models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=80)
    issuer = models.URLField("uitgever", max_length=300)
    client_id = models.CharField("client", max_length=200)
    secret_variable = models.CharField("variabele met het geheim", max_length=80)
    # Only where it was agreed does the provider's second factor count as ours.
    counts_as_second_factor = models.BooleanField("tweede stap telt mee", default=False)
    is_active = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "inlogdienst"
        verbose_name_plural = "inlogdiensten"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
