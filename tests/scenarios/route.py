"""People at their browser: every change is a real form, filled in as it was shown and posted."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from lxml import html
from time_machine import Traveller

from cases.tasks import send_due
from teams import clock, outbox
from teams.models import User
from tests.world import AMSTERDAM, World

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Page:
    """What someone sees after a request; where it led to is opened when it is looked at."""

    def __init__(self, client: Client, answer: HttpResponse, path: str) -> None:
        self._client, self._first = client, answer
        self.is_done = answer.status_code == 302
        self.path = urlsplit(answer["Location"]).path if self.is_done else path

    @cached_property
    def answer(self) -> HttpResponse:
        """The page itself."""
        if not self.is_done:
            return self._first
        answer = self._client.get(self._first["Location"], follow=True)
        if answer.redirect_chain:
            self.path = urlsplit(answer.redirect_chain[-1][0]).path
        return answer

    @property
    def status(self) -> int:
        """The status of the page that is shown."""
        return self.answer.status_code

    def __repr__(self) -> str:
        main = self.tree.find(".//main")
        return f"{self.status} {' '.join((main if main is not None else self.tree).text_content().split())}"

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The page without its spare form rows, which a browser does not post either."""
        tree = html.fromstring(self.answer.content.decode(), base_url=self.path)
        for spare in tree.xpath("//template"):
            spare.drop_tree()
        for area in tree.iter("textarea"):
            area.text = (area.text or "").removeprefix("\n")
        return tree

    @cached_property
    def text(self) -> str:
        """All words on the page."""
        words = self.tree.xpath("//body//text()[not(parent::script or parent::style)]")
        return " ".join(" ".join(words).split())

    @property
    def here(self) -> str:
        """The station of the route at which a case is."""
        found = self.tree.xpath("//*[@aria-current='step']/b/text()")
        return str(found[0]) if found else ""

    @property
    def badges(self) -> list[str]:
        """What stands beside the title."""
        found = self.tree.xpath("//header//*[contains(@class, 'badge')]")
        return [" ".join(badge.text_content().split()) for badge in found]

    @property
    def steps(self) -> set[str]:
        """The steps whose button is not grey."""
        return set(self.tree.xpath("//*[@data-stap and not(@aria-disabled)]/@data-stap"))

    @property
    def reasons(self) -> set[str]:
        """The codes of every refusal on the page."""
        return {code for codes in self.tree.xpath("//@data-reden") for code in codes.split()}

    def link(self, part: str, words: str = "") -> str:
        """The address of the first link with this in its address and these first words."""
        for link in self.tree.xpath(f"//a[contains(@href, '{part}')]"):
            if " ".join(link.text_content().split()).startswith(words):
                return str(link.get("href"))
        raise AssertionError(f"no link {part} {words!r} on {self.path}: {self}")

    def form(self, path: str = "") -> dict[str, list[str]]:
        """The form that posts to this address, with what it holds already."""
        wanted = urlsplit(path or self.path).path
        forms = [form for form in self.tree.forms if self._target(form) == wanted]
        assert forms, f"no form for {wanted} on {self.path}: {self}"
        held: dict[str, list[str]] = {}
        for name, value in max(forms, key=lambda form: len(form.inputs.keys())).form_values():
            held.setdefault(name, []).append(value)
        return held

    def names(self, part: str) -> list[str]:
        """The fields whose name contains this."""
        return list(dict.fromkeys(self.tree.xpath(f"//form//*[contains(@name, '{part}')]/@name")))

    def row(self, part: str) -> str:
        """The words of the first line that contains this."""
        for row in self.tree.xpath("//li"):
            words = " ".join(row.text_content().split())
            if part in words:
                return words
        return ""

    def _target(self, form: html.FormElement) -> str:
        # lxml gives a form without action the address of its page.
        is_post = (form.method or "").upper() == "POST"
        return urlsplit(form.action or self.path).path if is_post else ""


@dataclass
class Person:
    """Someone signed in; `get` reads a page, `post` fills in its form and sends it."""

    user: User
    client: Client
    clock: Traveller
    signed_in_on: date | None = None

    @property
    def key(self) -> str:
        """The value that stands for this person among the doers of agreements."""
        return f"staff:{self.user.pk}"

    def get(self, path: str) -> Page:
        """Open a page."""
        self._sign_in()
        return Page(self.client, self.client.get(path), path)

    def post(self, path: str, at: str = "", **fields: Any) -> Page:
        """Open a page (`at`, or the address itself), change fields of its form, and send it."""
        return self.fill(self.get(at or path), path, **fields)

    def fill(self, page: Page, path: str, **fields: Any) -> Page:
        """Change fields of the form on a page that is open, None to leave one out, and send it."""
        given: dict[str, Any] = {**page.form(path), **fields}
        return self.send(
            path, **{name: value for name, value in given.items() if value is not None}
        )

    def press(self, page: Page, words: str) -> Page:
        """Press a button that is a form of its own, found by its words."""
        for form in page.tree.forms:
            buttons = [" ".join(button.text_content().split()) for button in form.iter("button")]
            if any(words in button for button in buttons):
                return self.send(urlsplit(form.action).path, **dict(form.form_values()))
        raise AssertionError(f"no button {words!r} on {page.path}: {page}")

    def send(self, path: str, **fields: Any) -> Page:
        """Post without looking at the page first, as someone who guesses an address."""
        self._sign_in()
        return Page(self.client, self.client.post(path, fields), path)

    def step(self, case: str, code: str, **fields: Any) -> Page:
        """Take one step of the route by its form."""
        path = f"{case}stap/{code}/"
        page = self.get(path)
        return self.fill(page, path, **fields) if page.status == 200 else self.send(path, **fields)

    def note(self, about: str, observation: str, **fields: Any) -> Page:
        """Note a signal; the page that follows is that of the case."""
        return self.post("/signalen/nieuw/", about=about, observation=observation, **fields)

    def _sign_in(self) -> None:
        today = clock.today()
        if self.signed_in_on != today:
            self.client.force_login(self.user, backend=BACKEND)
            self.signed_in_on = today


class Route:
    """The small world behind browsers, with its clock and its post."""

    def __init__(self, world: World, clock: Traveller) -> None:
        self.world, self.clock = world, clock
        self._people: dict[str, Person] = {}

    def person(self, key: str) -> Person:
        """Someone by key, at their own browser."""
        if key not in self._people:
            self._people[key] = Person(self.world.people[key], Client(), self.clock)
        return self._people[key]

    @property
    def teacher(self) -> Person:
        """The teacher of group 5A at De Kade."""
        return self.person("teacher-kade")

    @property
    def ib(self) -> Person:
        """The intern begeleider of De Kade."""
        return self.person("ib-kade")

    @property
    def head(self) -> Person:
        """The directeur of De Kade."""
        return self.person("head-kade")

    @property
    def today(self) -> date:
        """The day on everyone's clock."""
        return clock.today()

    def day(self, days: int) -> str:
        """A day ahead, as a date field takes it."""
        return (self.today + timedelta(days=days)).isoformat()

    def move_to(self, day: date, at: time = time(9)) -> None:
        """Move everyone's clock."""
        self.clock.move_to(datetime.combine(day, at, tzinfo=AMSTERDAM))

    def later(self, days: int) -> None:
        """Some days later, nine in the morning."""
        self.move_to(self.today + timedelta(days=days))

    def mails(self) -> list[EmailMessage]:
        """Let the post go: reminders that are due, then everything in the outbox. Gives what is new."""
        before = len(mail.outbox)
        send_due()
        while outbox.sweep():
            pass
        return mail.outbox[before:]
