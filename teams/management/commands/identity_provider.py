"""`manage.py identity_provider KEY ...`: by which provider an organization's own people may sign in."""

import os
from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from teams import clock
from teams.access.actor import as_system
from teams.audit import record
from teams.audit.verbs import Verb
from teams.models import IdentityProvider, Organization


class Command(BaseCommand):
    """Adds a provider, changes it or switches it off; the secret stays in the environment."""

    help = "Sets the OpenID Connect provider of an organization."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the provider's administrator handed over."""
        parser.add_argument("key", help="short name, part of the address to come back to")
        parser.add_argument("--organization", help="key of the organization")
        parser.add_argument("--name", help="name on the sign-in page")
        parser.add_argument("--issuer", help="address that the provider signs with")
        parser.add_argument("--client-id")
        parser.add_argument("--secret-variable", help="environment variable with the secret")
        parser.add_argument(
            "--second-factor-counts",
            action="store_true",
            help="believe the provider when it says that it asked for more than a password",
        )
        parser.add_argument("--off", action="store_true", help="stop signing in by it")

    def handle(self, *args: object, key: str, off: bool, **given: object) -> None:
        """Save it. Errors: CommandError for what is missing or wrong."""
        with as_system("identity provider") as actor:
            if off:
                provider = IdentityProvider.objects.filter(key=key).first()
                if provider is None:
                    raise CommandError(f"There is no provider {key}.")
                provider.is_active = False
                provider.save(update_fields=["is_active"])
            else:
                provider, _is_new = IdentityProvider.objects.update_or_create(
                    key=key, defaults={**_fields(key, given), "is_active": True}
                )
            record(Verb.PROVIDER_SAVED, provider, actor=actor, now=clock.now())
        self.stdout.write(f"{provider.name}: {'off' if off else 'on'}")


def _fields(key: str, given: dict[str, object]) -> dict[str, object]:
    words = {
        name: str(given.get(name) or "")
        for name in ("name", "issuer", "client_id", "secret_variable")
    }
    missing = [name for name, value in words.items() if not value]
    place = Organization.objects.filter(key=given.get("organization") or "").first()
    if missing or place is None:
        raise CommandError(
            "Missing: " + ", ".join([*missing, *([] if place else ["organization"])])
        )
    if not os.environ.get(words["secret_variable"]):
        raise CommandError(f"The environment has no {words['secret_variable']}.")
    fields = {
        **words,
        "organization": place,
        "counts_as_second_factor": bool(given.get("second_factor_counts")),
    }
    try:
        IdentityProvider(key=key, **fields).clean_fields()
    except ValidationError as error:
        raise CommandError("; ".join(error.messages)) from error
    return fields
