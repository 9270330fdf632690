"""Level H of access.md 2.10: every page about an object, by every persona, over HTTP."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from cases.models import AbsenceGround, Agreement, Case, Consent, Consult, Document, Meeting
from schools.models import Carer, ImportRun, Student
from tests.access import oracle_pages
from tests.access.browser import Browser, lets_in
from tests.access.facts import Thing, Verdict
from tests.access.oracle import Judge
from tests.access.personas import PERSONAS, Persona
from tests.access.region import Region
from tests.access.row_matrix import judged, reader_of
from tests.access.tally import Tally

OUTSIDE = Verdict(False, "D1")


@dataclass(frozen=True)
class Address:
    """One page of one object."""

    name: str
    path: str
    thing: Thing


def addresses(region: Region, kept: Callable[[Thing], bool]) -> Iterator[Address]:
    """Every page about one object, for each object that is kept."""
    for model, found in _ABOUT.items():
        for row, thing in _rows(region, model):
            if kept(thing):
                for name, path in found(row).items():
                    yield Address(name, path, thing)


def _rows(region: Region, model: type) -> Iterator[tuple]:
    things = {thing.key: thing for thing in region.things[model]}
    related = ("meeting",) if hasattr(model, "meeting_id") else ()
    rows = getattr(model, "unscoped", model._base_manager).select_related(*related)
    for row in rows.order_by("pk"):
        if str(row.pk) in things:
            yield row, things[str(row.pk)]


def _case(row: Case) -> dict[str, str]:
    names = ("case", "viewers", "documents", "case-meetings", "plan", "lead", "consent", "facilities",
             "plan-edit", "looked", "absence")  # fmt: skip
    found = {name: reverse(name, args=[row.pk]) for name in names}
    return {**found, "table": reverse("table", args=[row.pk, "OT"])}


def _meeting(row: Meeting) -> dict[str, str]:
    names = ("meeting", "meeting-sheet", "meeting-calendar", "meeting-minutes")
    return {name: reverse(name, args=[row.session_id, row.pk]) for name in names}


def _student(row: Student) -> dict[str, str]:
    return {
        name: reverse(name, args=[row.pk])
        for name in ("student", "student-edit", "carer-new", "student-kin")
    }


_ABOUT: dict[type, Callable] = {
    Case: _case,
    Meeting: _meeting,
    AbsenceGround: lambda row: {"absence-officer": reverse("absence-officer", args=[row.pk])},
    Consult: lambda row: {"consult": reverse("consult", args=[row.pk])},
    Agreement: lambda row: {"agreement-evaluate": reverse("agreement-evaluate", args=[row.pk])},
    Document: lambda row: {"document": reverse("document", args=[row.pk])},
    Consent: lambda row: {"consent-answer": reverse("consent-answer", args=[row.pk])},
    Student: _student,
    Carer: lambda row: {"carer": reverse("carer", args=[row.student_id, row.pk])},
    ImportRun: lambda row: {"import-run": reverse("import-run", args=[row.school_id, row.pk])},
}


def page_matrix(
    region: Region,
    found: list[Address],
    *,
    personas: Iterable[Persona] = PERSONAS,
    every: int = 1,
) -> Tally:
    """Ask for each address as each persona; with `every` only each so-manieth, in turn."""
    judge, tally = judged(region), Tally()
    for number, persona in enumerate(personas):
        with transaction.atomic():
            _walk(region, judge, persona, found[number % every :: every], tally)
            transaction.set_rollback(True)
    return tally


def outside_matrix(region: Region, found: list[Address], insider: Persona) -> Tally:
    """Nobody, and somebody after the password alone (D1, A-1): nothing opens."""
    tally = Tally()
    half = Browser(region, insider, has_factor=False)
    for who, browser in (("anonymous", Browser(region)), ("password only", half)):
        for address in found:
            response = browser.get(address.path)
            is_in = lets_in(response, is_expected=False)
            tally.add(who, f"GET {address.name}", OUTSIDE, is_in, str(response.status_code))
    return tally


def _walk(
    region: Region, judge: Judge, persona: Persona, found: list[Address], tally: Tally
) -> None:
    browser, reader = Browser(region, persona), reader_of(persona)
    for address in found:
        verdict = oracle_pages.page(judge, reader, address.name, address.thing)
        response = browser.get(address.path)
        is_in = lets_in(response, is_expected=verdict.is_permitted)
        case = judge.facts.cases.get(address.thing.case)
        what = f"GET {address.name} {case.state if case else ''} {address.thing.key[:8]}"
        tally.add(persona.key, what, verdict, is_in, str(response.status_code))
        tally.routes.add(address.name)
