"""`manage.py demo_mails --json`: every mail that the demo sent."""

from argparse import ArgumentParser
from dataclasses import asdict

from django.conf import settings

from config.demo.commands import DemoCommand
from config.demo.mailbox import read_mails
from config.demo.programs import mail_folder


class Command(DemoCommand):
    """Lists to, subject, text, links and time of each mail, oldest first."""

    help = "Lists the mails that the demo sent, oldest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an address to look for."""
        super().add_arguments(parser)
        parser.add_argument("--to", default="", help="only mails to an address with this part")

    def handle(self, *args: object, as_json: bool, to: str, **options: object) -> None:
        """Print the list."""
        mails = [
            mail
            for mail in read_mails(mail_folder(settings.LAYOUT))
            if to.lower() in ", ".join(mail.to).lower()
        ]
        lines = [
            f"{mail.sent_at:%Y-%m-%d %H:%M}  {', '.join(mail.to)}  {mail.subject}" for mail in mails
        ]
        self.answer([asdict(mail) for mail in mails], lines, as_json=as_json)
