"""`manage.py demo_status --json`: what of the demo runs where."""

from django.conf import settings

from config.demo.commands import DemoCommand
from config.embedded.running import read_note
from teams import clock


class Command(DemoCommand):
    """Tells address, process ids, database login, broker and the demo's time."""

    help = "Tells address, process ids, database login and broker of the running demo."

    def handle(self, *args: object, as_json: bool, **options: object) -> None:
        """Print the status; `running` is false when only the servers answer."""
        note = read_note(settings.LAYOUT)
        database = settings.DATABASES["default"]
        status = {
            "running": bool(note),
            "address": note.get("address", ""),
            "pid": note.get("pid"),
            "processes": note.get("processes", {}),
            "database": {
                "login": database["USER"],
                "password": database["PASSWORD"],
                "host": database["HOST"],
                "name": database["NAME"],
            },
            "broker": settings.REDIS_URL,
            "smtp": note.get("smtp", ""),
            "now": clock.now().isoformat(timespec="seconds"),
        }
        lines = [f"{name:10} {value}" for name, value in status.items()]
        self.answer(status, lines, as_json=as_json)
