"""A-16: an id of somebody else in a path, a query or a form is never accepted."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from cases.models import Case, Consult, Meeting
from schools.models import Carer
from teams.access.scope import SensitiveRow
from teams.models import Assignment, AuditEntry
from tests.access import oracle_pages
from tests.access.browser import Browser
from tests.access.forms_on_page import FILLED, ID, Form, forms_on
from tests.access.page_matrix import addresses
from tests.access.personas import PERSONAS, Persona
from tests.access.region import TODAY, Region
from tests.access.row_matrix import judged, reader_of
from tests.access.step_matrix import cases_for_steps

pytestmark = [pytest.mark.probes, pytest.mark.django_db]
WHO = ("ib-kade", "head-kade", "teacher-5a", "teacher-6b", "a8-part")
REFUSED = (403, 404, 405)
TAKEN = (200, 204, 302)
TRIES = 4


def _strangers(region: Region) -> dict[str, UUID]:
    """One of each kind: of a school of another board, and of another pupil at the own school."""
    away = next(case for case in region.known.cases.values() if case.school == "duin")
    sibling = next(case for case in region.known.cases.values() if case.pupil == "h7")
    node = region.organizations["duin"]
    found: dict[str, UUID] = {
        "foreign person": region.people["head-duin"].pk,
        "foreign assignment": Assignment.objects.get(person=region.people["head-duin"]).pk,
        "foreign group": region.groups["duin-5a"].pk,
        "foreign school": region.schools["duin"].pk,
        "foreign organization": node.pk,
        "foreign session": region.sessions["duin-OT"].pk,
    }
    for name, case in (("foreign", away), ("sibling", sibling)):
        student = region.students[case.pupil]
        found |= {
            f"{name} case": UUID(case.key),
            f"{name} student": student.pk,
            f"{name} carer": Carer.unscoped.filter(student=student).first().pk,
            f"{name} consult": Consult.unscoped.filter(case=case.key).first().pk,
            f"{name} meeting": Meeting.unscoped.filter(case=case.key).first().pk,
        }
    return found


def _pages(region: Region, persona: Persona) -> Iterator[str]:
    """Every page of the cases with consent, and of their pupils, that opens to this persona."""
    judge, reader, cases = judged(region), reader_of(persona), cases_for_steps(region)
    keys = {case.key for case in cases} | {case.pupil for case in cases}
    for case in cases:
        for code in oracle_pages.WHO:
            is_open = case.state in oracle_pages.FROM[code]
            if is_open and oracle_pages.step(judge, reader, code, case).is_permitted:
                yield reverse("case-step", args=[case.key, code])
        yield reverse("table", args=[case.key, "VOT"])
    for address in addresses(region, lambda thing: bool({thing.case, thing.pupil} & keys - {""})):
        if oracle_pages.page(judge, reader, address.name, address.thing).is_permitted:
            yield address.path
    for name in ("signal-new", "note-new", "cases"):
        yield reverse(name)


def _columns() -> list[tuple[type[models.Model], str]]:
    """Every column of a sensitive row that can point at something."""
    return [
        (model, row.attname)
        for model in apps.get_models()
        if issubclass(model, SensitiveRow)
        for row in model._meta.fields
        if isinstance(row, models.ForeignKey) and row.name not in ("dossier", "created_by")
    ]


class Replay:
    """Sends everything with an id once as it is, and then with each strange id in its place."""

    def __init__(self, region: Region) -> None:
        self.strangers = _strangers(region)
        own = {case.key for case in cases_for_steps(region)}
        cases = Case.unscoped.values_list("dossier_id", "student__dossier_id")
        self.own = {key for pair in cases.filter(pk__in=own) for key in pair}
        strange = {key for name, key in self.strangers.items() if name == "foreign case"}
        self.strange = {key for pair in cases.filter(pk__in=strange) for key in pair}
        self.before = {name: self._pointing(key) for name, key in self.strangers.items()}
        self.existing = {address.path for address in addresses(region, lambda thing: True)}
        self.existing |= {
            reverse("case-step", args=[key, code])
            for key in region.known.cases
            for code in oracle_pages.WHO
        }
        self.existing |= {reverse("table", args=[key, "VOT"]) for key in region.known.cases}
        self.seen: set[tuple] = set()
        self.fields: set[tuple] = set()
        self.through: set[tuple] = set()
        self.tries: Counter[tuple] = Counter()
        self.tried = 0
        self.accepted: list[tuple] = []

    def _pointing(self, strange: UUID) -> int:
        return sum(
            model.unscoped.filter(dossier__in=self.own, **{column: strange}).count()  # type: ignore[attr-defined]
            for model, column in _columns()
        )

    def _written(self) -> int:
        return AuditEntry.objects.filter(dossier_id__in=self.strange).count()

    def _is_new(self, kind: str, *, of: tuple) -> bool:
        key = (kind, *of)
        is_new = key not in self.seen
        self.seen.add(key)
        return is_new

    def form(self, persona: Persona, browser: Browser, page: str, form: Form) -> None:
        """Send a form of a page; of each field with an id, with a strange one in its place."""
        address = urldefrag(urljoin(page, form.action)).url
        shape = ID.sub("*", address)
        for name in form.with_ids():
            field = (shape, re.sub(r"\d+", "*", name))
            self.fields.add(field)
            if field not in self.through and self.tries[field] < TRIES:
                self.tries[field] += 1
                if self._goes_through(browser, address, form):
                    self.through.add(field)
            if not self._is_new("field", of=(persona.key, *field)):
                continue
            for what, strange in self.strangers.items():
                given = _swapped(form, name, strange)
                self._send(browser, (persona.key, *field, what), address, given)

    def _goes_through(self, browser: Browser, address: str, form: Form) -> bool:
        """As it is, or with one other choice made."""
        for given in _ways(form):
            with transaction.atomic():
                is_taken = browser.post(address, given).status_code in (204, 302)
                transaction.set_rollback(True)
            if is_taken:
                return True
        return False

    def _send(self, browser: Browser, what: tuple, address: str, given: dict) -> None:
        self.tried += 1
        with transaction.atomic():
            is_taken = browser.post(address, given).status_code in TAKEN
            points = self._pointing(self.strangers[what[-1]]) > self.before[what[-1]]
            if self._written() or (is_taken and points):
                self.accepted.append(what)
            transaction.set_rollback(True)

    def address(self, persona: Persona, browser: Browser, page: str) -> None:
        """Ask for, and post to, an address with one of its ids replaced."""
        shape, found = re.sub(r"\d+", "*", ID.sub("*", page)), list(ID.finditer(page))
        if not self._is_new("path", of=(persona.key, shape)):
            return
        for number, match in enumerate(found):
            for what, strange in self.strangers.items():
                swapped = f"{page[: match.start()]}{strange}{page[match.end() :]}"
                # Of another page that exists the matrix judges.
                if swapped in self.existing:
                    continue
                self.tried += 1
                with transaction.atomic():
                    codes = [browser.get(swapped).status_code, browser.post(swapped).status_code]
                    transaction.set_rollback(True)
                if any(code not in REFUSED for code in codes):
                    self.accepted.append((persona.key, shape, number, what, codes))


def _ways(form: Form) -> Iterator[dict[str, list[str]]]:
    """As it is; on this day instead of a later one; and each with one other choice."""
    later, today = FILLED["date"], str(TODAY)
    now = {
        key: [today if each == later else each for each in row] for key, row in form.fields.items()
    }
    for given in (form.fields, now):
        yield given
        for name, values in form.offered.items():
            if not any(ID.search(value) for value in values):
                yield from ({**given, name: [value]} for value in values[:4])


def _swapped(form: Form, name: str, strange: UUID) -> dict[str, list[str]]:
    values = form.fields.get(name) or form.offered[name][:1]
    return {**form.fields, name: [ID.sub(str(strange), value) for value in values]}


def test_a16_no_strange_id_is_accepted(region: Region) -> None:
    replay = Replay(region)
    for persona in (row for row in PERSONAS if row.key in WHO):
        browser = Browser(region, persona)
        for page in _pages(region, persona):
            response = browser.get(page)
            if response.status_code != 200:
                continue
            replay.address(persona, browser, page)
            if b"<form" in response.content:
                for form in forms_on(response.content.decode()):
                    replay.form(persona, browser, page, form)
    left = sorted(replay.fields - replay.through)
    print(
        f"A-16: {len(replay.fields)} fields with an id, of which {len(replay.through)} go through as "
        f"they are; {replay.tried} strange ids sent in paths and forms, {len(replay.accepted)} accepted"
    )
    print(*left, sep="\n  ")
    assert replay.accepted[:50] == []
    # A form that is refused as it is proves nothing about the id in it.
    assert len(replay.through) > len(replay.fields) / 2
