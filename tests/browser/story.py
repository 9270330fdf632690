"""Who plays in the whole story: each at their own window, with a clock and a mail server between them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from cases.tasks import send_due
from config.demo.mailbox import Mail
from teams.tasks import sweep_outbox
from tests.browser.window import Window, Windows
from tests.processes import MailServer, wait_for
from tests.world import AMSTERDAM, NOW, World

MINUTE_SECONDS = 60.0


@dataclass
class Pupil:
    """The oldest pupil in the file: old enough to sit at the table."""

    first_name: str
    last_name: str
    born: date
    group: str

    @property
    def name(self) -> str:
        """As the school's pages write it."""
        return f"{self.first_name} {self.last_name}"


@dataclass
class Story:
    """Who takes part, each at their own window, and what moves: the clock and the post."""

    world: World
    windows: Windows
    sink: MailServer
    move_to: Callable[[timedelta], None]
    case: str = ""
    seen: int = 0
    at: dict[str, Window] = field(default_factory=dict)

    def window(self, key: str, **context: Any) -> Window:
        """Someone's window; they sign in the first time."""
        if key not in self.at:
            self.at[key] = self.windows(**context)
            self.at[key].sign_in(self.world.people[key])
        return self.at[key]

    @property
    def ib(self) -> Window:
        """The intern begeleider."""
        return self.window("ib-kade")

    @property
    def head(self) -> Window:
        """The directeur."""
        return self.window("head-kade")

    def day(self, on: date) -> None:
        """Go to nine in the morning of a day, and let the post go."""
        self.move_to(datetime.combine(on, time(9), tzinfo=AMSTERDAM) - NOW)
        # Each process reads the clock anew after a second.
        self.ib.page.wait_for_timeout(1500)
        send_due.delay()
        sweep_outbox.delay()

    def mail_to(self, key: str, words: str) -> Mail:
        """Wait for a mail to someone with these words, after the last one that was read."""
        address = self.world.people[key].email

        def found() -> list[tuple[int, Mail]]:
            news = list(enumerate(self.sink.mails()))[self.seen :]
            return [(at, mail) for at, mail in news if address in mail.to and words in mail.text]

        wait_for(found, seconds=MINUTE_SECONDS, what=f"a mail to {key} with {words!r}")
        at, mail = found()[0]
        self.seen = at + 1
        return mail

    def open_mail(self, key: str, words: str, part: str) -> Window:
        """Click a link in a mail."""
        mail = self.mail_to(key, words)
        path = next(urlsplit(link).path for link in mail.links if part in link)
        window = self.window(key)
        window.open(path)
        return window

    def on_case(self, window: Window) -> Window:
        """Open the case from the list, as people do."""
        window.open("/casussen/")
        window.page.get_by_role("main").locator(f'a[href="{self.case}"]').first.click()
        return window

    def take(self, window: Window, code: str) -> Window:
        """Open the case and click the button of a step."""
        self.on_case(window)
        if not window.page.locator(f'a[data-stap="{code}"]:visible').count():
            window.page.get_by_text("Andere wegen").click()
        window.step(code)
        return window


def oldest_of(path: Path) -> Pupil:
    """The oldest pupil of a group in the file."""
    tree = etree.parse(path)
    rows = [row for row in tree.iter("{*}leerling") if row.findtext("{*}groep") is not None]
    found = [
        Pupil(
            row.findtext("{*}roepnaam"),
            " ".join(filter(None, (row.findtext("{*}voorvoegsel"), row.findtext("{*}achternaam")))),
            date.fromisoformat(row.findtext("{*}geboortedatum")),
            row.find("{*}groep").get("key"),
        )
        for row in rows
    ]
    return min(found, key=lambda pupil: pupil.born)
