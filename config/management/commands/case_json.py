"""`manage.py case_json NUMBER --as PERSONA`: a case as that person of the demo sees it."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from config.demo.casefile import describe
from config.demo.commands import DemoCommand
from config.demo.people import find
from teams import clock
from teams.access.actor import actor_for
from teams.audit.answers import Answer, traced
from teams.enums import Role


class Command(DemoCommand):
    """Tells state, steps with their refusals, holder and documents."""

    help = "Tells what a person of the demo sees of a case and may do there, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the case and the person."""
        super().add_arguments(parser)
        parser.add_argument("number", help="number of the case, as 2026-0012")
        parser.add_argument("--as", dest="persona", required=True, help="key of the person")
        parser.add_argument("--role", choices=Role.values, help="role to act in, for who has more")

    def handle(
        self, *args: object, number: str, persona: str, role: str | None, **options: object
    ) -> None:
        """Print the answer.

        Errors: CommandError when there is no such person.
        """
        person = find(persona)
        if person is None:
            raise CommandError(f"Nobody in the demo has the key {persona}.")
        now = clock.now()
        actor = actor_for(person, day=now.date(), role=role)
        with traced(Answer("case_json", "200", "case"), actor=actor, now=now):
            content = describe(number, now=now)
        self.answer(content, [], as_json=True)
