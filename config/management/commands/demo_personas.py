"""`manage.py demo_personas --json`: who can be signed in as through the demo door."""

from dataclasses import asdict

from config.demo.commands import DemoCommand
from config.demo.people import personas
from teams import clock


class Command(DemoCommand):
    """Lists key, name, role and organisation of everyone in the demo."""

    help = "Lists the people of the demo region."

    def handle(self, *args: object, as_json: bool, **options: object) -> None:
        """Print the list."""
        people = personas(on=clock.today())
        lines = [f"{who.key:28} {who.name:28} {who.role}, {who.organisation}" for who in people]
        self.answer([asdict(who) for who in people], lines, as_json=as_json)
