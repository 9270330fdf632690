"""A-16: an id of somebody else in a path, a query or a form is never accepted."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from cases.models import Case, Consult, Meeting
from schools.models import Carer, Student
from teams.access.scope import SensitiveRow
from teams.models import Assignment
from tests.access import oracle_pages
from tests.access.browser import Browser
from tests.access.forms_on_page import ID, Form, forms_on
from tests.access.page_matrix import addresses
from tests.access.personas import PERSONAS
from tests.access.region import Region
from tests.access.step_matrix import cases_for_steps

pytestmark = [pytest.mark.probes, pytest.mark.django_db]
WHO = ("ib-kade", "head-kade", "teacher-5a", "teacher-6b", "a8-part")


def _strangers(region: Region) -> dict[str, UUID]:
    """One of each kind: of a school of another board, and of another pupil at the own school."""
    away = next(case for case in region.known.cases.values() if case.school == "duin")
    sibling = next(case for case in region.known.cases.values() if case.pupil == "h7")
    node = region.organizations["duin"]
    found: dict[str, UUID] = {
        "person": region.people["head-duin"].pk,
        "assignment": Assignment.objects.get(person=region.people["head-duin"]).pk,
        "group": region.groups["duin-5a"].pk,
        "organization": node.pk,
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


def _pages(region: Region) -> Iterator[str]:
    """Every page with a form, of the cases with consent and of their pupils."""
    cases = cases_for_steps(region)
    keys = {case.key for case in cases} | {case.pupil for case in cases}
    for case in cases:
        for code in oracle_pages.WHO:
            if case.state in oracle_pages.FROM[code]:
                yield reverse("case-step", args=[case.key, code])
        yield reverse("table", args=[case.key, "VOT"])
    for address in addresses(region, lambda thing: bool({thing.case, thing.pupil} & keys - {""})):
        yield address.path
    for name in ("signal-new", "note-new"):
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


def _pointing(dossiers: set[UUID], strange: UUID) -> int:
    return sum(
        model.unscoped.filter(dossier__in=dossiers, **{column: strange}).count()  # type: ignore[attr-defined]
        for model, column in _columns()
    )


def _swapped(form: Form, name: str, strange: UUID) -> dict[str, list[str]]:
    values = form.fields.get(name) or form.offered[name][:1]
    return {**form.fields, name: [ID.sub(str(strange), value) for value in values]}


def test_a16_no_strange_id_in_a_form_is_accepted(region: Region) -> None:
    strangers = _strangers(region)
    own = {case.key for case in cases_for_steps(region)}
    dossiers = set(Case.unscoped.filter(pk__in=own).values_list("dossier_id", flat=True))
    dossiers |= set(Student.unscoped.filter(cases__in=own).values_list("dossier_id", flat=True))
    before = {name: _pointing(dossiers, strange) for name, strange in strangers.items()}
    tried = accepted_own = 0
    accepted, seen = [], set()
    for persona in (row for row in PERSONAS if row.key in WHO):
        browser = Browser(region, persona)
        for page in _pages(region):
            response = browser.get(page)
            if response.status_code != 200 or b"<form" not in response.content:
                continue
            for form in forms_on(response.content.decode()):
                for name in form.with_ids():
                    kind = (persona.key, ID.sub("*", form.action or page), name)
                    if kind in seen:
                        continue
                    seen.add(kind)
                    address = form.action or page
                    with transaction.atomic():
                        accepted_own += browser.post(address, form.fields).status_code == 302
                        transaction.set_rollback(True)
                    for what, strange in strangers.items():
                        tried += 1
                        with transaction.atomic():
                            answer = browser.post(address, _swapped(form, name, strange))
                            is_taken = answer.status_code in (200, 204, 302)
                            if is_taken and _pointing(dossiers, strange) > before[what]:
                                accepted.append((*kind, what))
                            transaction.set_rollback(True)
    print(
        f"A-16: {len(seen)} fields with an id, {tried} strange ids sent, {len(accepted)} accepted; "
        f"{accepted_own} forms went through as they were"
    )
    assert accepted == []
    assert accepted_own >= 10
