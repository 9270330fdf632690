"""People: account and person card in one."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from teams.enums import Weekday
from teams.models.base import Row


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail address is the only login name."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Create a person; without a password the account cannot sign in by password."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db, force_insert=True)
        return person

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail address, in any case of letters."""
        return self.get(email__iexact=username)


class User(Row, AbstractBaseUser):
    """A person with an account, or a contact without one (domain.md 2), and the person card.

    A person has no rights by itself: those come from assignments (R-2.1).
    """

    email = models.EmailField("e-mailadres", unique=True)
    first_name = models.CharField("voornaam", max_length=80)
    last_name = models.CharField("achternaam", max_length=120)
    is_active = models.BooleanField("actief", default=True)
    is_contact_only = models.BooleanField("alleen contact", default=False)
    employer = models.ForeignKey(
        "teams.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    phone = models.CharField("telefoon", max_length=30, blank=True)
    introduction = models.CharField("voorstellen", max_length=300, blank=True)
    days = ArrayField(
        models.CharField(max_length=2, choices=Weekday),
        verbose_name="werkdagen",
        default=list,
        blank=True,
    )
    wants_digest = models.BooleanField("één mail per dag", default=True)
    last_visit_at = models.DateTimeField("vorig bezoek", null=True, blank=True)
    this_visit_at = models.DateTimeField("dit bezoek", null=True, blank=True)
    # Key by which the demo knows this person; blank everywhere else.
    persona = models.SlugField("demosleutel", max_length=60, blank=True, db_index=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """Full name, as on the person card."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """First name, for a greeting."""
        return self.first_name
