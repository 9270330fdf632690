"""A-19: whatever fields someone adds to a form, only its own are written.

Every form of every page is sent twice, as it is and with every column of every table beside its
own fields; the tables must be the same after both. (That nobody is shown a field that is not
theirs, D6 too, is A-18: every text of every field holds a token there.)
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from cases.models import Case
from cases.workflow.table import ROUTE
from teams.access.scope import SensitiveRow
from tests.access.addresses import examples
from tests.access.forms_on_page import Form, forms_on
from tests.access.full_case import LATER, build_full_case
from tests.cases import ladder, late_ladder
from tests.world import NOW, World

ROOMS = {"teams", "schools", "cases", "arrangements"}
# What differs between any two requests: who looked, chains and seals, the session itself.
BESIDE = {"AccessEntry", "TraceLink", "Session", "Look", "Guess", "KeptPost", "Draft"}
WHO = ("ib-kade", "head-kade", "teacher-kade", "family-sanne", "admin-bo")
RUNGS = (
    ladder.signaling_case,
    ladder.consulting_case,
    ladder.agreements_case,
    late_ladder.vot_requested_case,
    late_ladder.vot_case,
    late_ladder.ot_preparing_case,
    late_ladder.ot_case,
    late_ladder.running_case,
)
# What ends this very session leads to the door whatever is sent along.
LEFT_OUT = {"account_logout", "session-end", "sessions-end"}
ROUNDS = 3
TOKEN = "zzbijgevoegd"
# What Django writes for an account without one, by chance.
NO_PASSWORD = re.compile(r'"!\w{40}"')
# Which button was pressed is a field of its own.
BUTTON = re.compile(r'<button[^>]* name="([^"]+)"')
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def _tables() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        and model.__name__ not in BESIDE
        and not hasattr(model, "pgh_id")
        and not any(row.name.startswith("pgh_") for row in model._meta.fields)
    ]


def _rows(model: type[models.Model]) -> models.QuerySet:
    return model.unscoped.all() if issubclass(model, SensitiveRow) else model._base_manager.all()


def _columns() -> list[models.Field]:
    return [row for model in _tables() for row in model._meta.concrete_fields]


def _value(row: models.Field) -> str:
    """Something that fits this column, and is not what stands there."""
    if isinstance(row, models.ForeignKey):
        other = _rows(row.related_model).order_by("-pk").first()
        return str(other.pk) if other else ""
    if row.choices:
        return str(list(row.flatchoices)[-1][0])
    if isinstance(row, models.BooleanField):
        return "on"
    if isinstance(row, models.DateTimeField):
        return "1999-01-01T09:00:00"
    if isinstance(row, models.DateField):
        return "1999-01-01"
    if isinstance(row, models.IntegerField):
        return "7"
    if isinstance(row, models.UUIDField):
        return "12345678-1234-4234-8234-123456789abc"
    return '{"a": 1}' if isinstance(row, models.JSONField) else TOKEN


def _additions() -> list[dict[str, str]]:
    """Every column by name, in rounds since one name may stand for different things.

    Whoever takes a field at all trips over a value that does not fit, so a few rounds will do.
    """
    found: dict[str, list[str]] = {}
    for row in _columns():
        for name in {row.name, row.attname}:
            values, value = found.setdefault(name, []), _value(row)
            if value and value not in values:
                values.append(value)
    return [
        {name: values[number] for name, values in found.items() if number < len(values)}
        for number in range(ROUNDS)
    ]


class Tables:
    """What stands in the tables, with every new key called new."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.known = {key for row in self.now() for key in KEY.findall("".join(row))}

    def now(self) -> Counter:
        """Every row of every table."""
        names = [model._meta.db_table for model in _tables()]
        asked = " UNION ALL ".join(
            f"SELECT '{name}', to_jsonb(t)::text FROM {name} t" for name in names
        )
        with connection.cursor() as cursor:
            cursor.execute(asked)
            rows = [(name, NO_PASSWORD.sub('"!"', row)) for name, row in cursor.fetchall()]
        return Counter((name, KEY.sub(self._plain, row)) for name, row in rows)

    def _plain(self, key: re.Match) -> str:
        return key[0] if not self.known or key[0] in self.known else "new"


class Sender:
    """Sends the forms of one person, and compares."""

    def __init__(self, client: Client) -> None:
        self.client, self.tables = client, Tables()
        self.cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.rounds = _additions()
        self.sent = self.taken = self.fields = 0
        self.wrong: list[tuple] = []

    def send_all(self, pages: list[str]) -> None:
        """Send every form of these pages once."""
        forms: dict[tuple, Form] = {}
        own: dict[str, set[str]] = {}
        for page in pages:
            answer = self.client.get(page)
            if answer.status_code != 200 or b"<form" not in answer.content:
                continue
            text = answer.content.decode()
            buttons = set(BUTTON.findall(text))
            for form in forms_on(text):
                address = urljoin(page, form.action)
                if resolve(urlsplit(address).path).url_name in LEFT_OUT:
                    continue
                forms.setdefault((address, *sorted(form.fields)), form)
                own.setdefault(address, set()).update(buttons, form.fields, form.offered)
        for (address, *_names), form in forms.items():
            self.compare(address, form.fields, own[address])

    def compare(self, address: str, given: dict[str, list[str]], own: set[str]) -> None:
        """Send one form as it is, and with everything that is not its own."""
        plain = self._post(address, given)
        self.sent += 1
        self.taken += plain[0].startswith(("204", "302"))
        for extra in self.rounds:
            more = {name: [value] for name, value in extra.items() if name not in own}
            self.fields += len(more)
            after = self._post(address, {**more, **given})
            if after != plain:
                differ = list((after[1] - plain[1]) + (plain[1] - after[1]))
                self.wrong.append((address, plain[0], after[0], differ[:2]))

    def _post(self, address: str, given: dict[str, list[str]]) -> tuple[str, Counter]:
        # What an answer did to the session was undone with it.
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.cookie
        with transaction.atomic():
            answer = self.client.post(address, given)
            found = self.tables.now()
            transaction.set_rollback(True)
        where = KEY.sub("*", answer.get("Location", ""))
        assert not where.startswith(reverse("account_login")), address
        return f"{answer.status_code} {where}".strip(), found


def _walk(world: World, client: Client, pages: list[str]) -> tuple[int, int]:
    """Let everyone send the forms of these pages. Gives how many there were, and were taken."""
    sent = taken = 0
    for key in WHO:
        client.force_login(world.people[key])
        sender = Sender(client)
        sender.send_all(pages)
        print(
            f"A-19 {key}: {sender.sent} forms, {sender.taken} of them taken; of {sender.fields} "
            f"fields added {len(sender.wrong)} made a difference"
        )
        assert sender.wrong == []
        sent, taken = sent + sender.sent, taken + sender.taken
    return sent, taken


@pytest.mark.long
def test_a19_every_form_of_every_page(world: World, client: Client) -> None:
    with time_machine.travel(LATER, tick=False):
        found = examples(build_full_case(world))
        sent, taken = _walk(world, client, list(found.values()))
    assert sent >= 90 and taken >= 60


@pytest.mark.long
@pytest.mark.parametrize("rung", RUNGS)
def test_a19_every_step_of_every_state(
    world: World, client: Client, rung: Callable[[World], Case]
) -> None:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        case = rung(world)
        codes = [code for code, step in ROUTE.items() if case.state in step.sources]
        pages = [reverse("case-step", args=[case.pk, code]) for code in codes]
        pages += [reverse("case", args=[case.pk]), reverse("table", args=[case.pk, "OT"])]
        sent, _taken = _walk(world, client, pages)
    assert sent >= 3


def test_a19_a_form_that_writes_more_is_found(world: World, client: Client) -> None:
    """The comparison itself, held against a form that takes whatever is sent."""
    student, address = world.students["noor"], reverse("note-new")
    client.force_login(world.people["ib-kade"])

    def take_all(_path: str, given: dict[str, list[str]]) -> HttpResponse:
        for name in ("first_name", "last_name"):
            setattr(student, name, given.get(name, ["Noor"])[0])
        student.save(update_fields=["first_name", "last_name"])
        return HttpResponse(status=204)

    sender = Sender(client)
    client.post = take_all  # type: ignore[method-assign]
    sender.compare(address, {"first_name": ["Anna"]}, {"first_name"})
    assert [row[:3] for row in sender.wrong] == [(address, "204", "204")]
    sender.wrong.clear()
    sender.compare(address, {"first_name": ["Anna"]}, {"first_name", "last_name"})
    assert sender.wrong == []
