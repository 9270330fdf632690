"""A-9: rights end at the next request: pages, links, drafts and queued mails, for each cause."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from cases.actions import convening
from cases.actions.consents import withdraw_consent
from cases.enums import ConsentForm, DocumentAudience, DocumentKind, DocumentState, MeetingKind
from cases.mails import deliver
from cases.models import Case, Consent, Document
from cases.notices import Notice
from schools.actions.carers import CarerGiven, save_carer
from schools.enums import CarerRelation, CustodyValue
from teams.access.actor import acting_as, as_system
from teams.models import Assignment, OutboxEntry, User
from tests.cases.late_ladder import (
    DAY,
    act,
    consented,
    family,
    lay,
    ot_preparing_case,
    school_table,
    staff,
)
from tests.world import NOW, World

AT = NOW + 4 * DAY


@dataclass
class Table:
    """An OT with Sanne at it: with consent, an invitation under way, a document and a draft."""

    world: World
    case: Case
    document: Document
    key: str

    @property
    def person(self) -> User:
        """Who loses the right."""
        return self.world.people[self.key]


@pytest.fixture
def table(world) -> Table:
    case = ot_preparing_case(world)
    consented(world, case, "family", now=AT)
    sanne = staff(world, "family-sanne", "FAMILY_SPECIALIST", "kent het gezin")
    lay(world, case, MeetingKind.OT, [*school_table(world), sanne, *family(world)], now=AT)
    act(world, "head-kade", convening.convene_ot, case.pk, now=AT)
    document = Document.unscoped.create(
        case=case,
        kind=DocumentKind.CLOSING_REPORT,
        for_audience=DocumentAudience.PARTICIPANTS,
        state=DocumentState.READY,
        content=b"%PDF-1.7",
        compartment="K2",
        dossier=case.dossier,
        created_at=AT,
    )
    return Table(world, case, document, "family-sanne")


def _surfaces(table: Table) -> dict[str, str]:
    case = table.case.pk
    draft = reverse("draft", args=[f"stap/{case}/T-25/explanation"])
    names = ("case", "plan", "viewers", "documents", "case-meetings")
    pages = {name: reverse(name, args=[case]) for name in names}
    return pages | {"document": reverse("document", args=[table.document.pk]), "draft": draft}


def _read(client: Client, table: Table) -> set[str]:
    """On which surfaces something of the case is given now."""
    return {name for name, url in _surfaces(table).items() if client.get(url).status_code == 200}


def _sign_in(table: Table) -> Client:
    client = Client()
    client.force_login(table.person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(_surfaces(table)["draft"], {"text": "Het ging beter."})
    return client


def _mails(table: Table) -> int:
    """Run the invitation that was queued. Shape: how many mails left."""
    rows = OutboxEntry.objects.filter(recipient_id=table.person.pk, kind=Notice.INVITATION)
    mail.outbox.clear()
    with as_system("test"):
        for entry in rows:
            deliver(entry, AT)
    return len(mail.outbox)


def _end_assignment(table: Table) -> None:
    Assignment.objects.filter(person=table.person).update(until=AT.date())


def _disable_account(table: Table) -> None:
    User.objects.filter(pk=table.person.pk).update(is_active=False)


def _withdraw_consent(table: Table) -> None:
    consent = Consent.unscoped.filter(case=table.case).latest("created_at")
    carer = table.world.carers["noor"][0]
    given = {"giver": str(carer.pk), "form": ConsentForm.PAPER}
    act(table.world, "ib-kade", withdraw_consent, consent.pk, given=given, now=AT)


def _change_custody(table: Table) -> None:
    carer = table.world.carers["noor"][1]
    given = CarerGiven(
        first_name="Youssef",
        last_name="Veen",
        relation=CarerRelation.FATHER,
        custody=CustodyValue.UNKNOWN,
        custody_since=AT.date(),
    )
    act(
        table.world, "ib-kade", save_carer, table.world.students["noor"], given, carer=carer, now=AT
    )


def _change_employer(table: Table) -> None:
    elsewhere = table.world.organizations["cjg"]
    User.objects.filter(pk=table.person.pk).update(employer=elsewhere)
    Assignment.objects.filter(person=table.person).update(organization=elsewhere)


CAUSES: dict[str, Callable[[Table], None]] = {
    "assignment ended": _end_assignment,
    "account disabled": _disable_account,
    "consent withdrawn": _withdraw_consent,
    "custody changed": _change_custody,
    "employer changed": _change_employer,
}


@pytest.mark.parametrize("cause", CAUSES)
def test_a9_nothing_is_given_after_the_cause(table, cause):
    with time_machine.travel(AT, tick=False):
        client = _sign_in(table)
        assert _read(client, table) == set(_surfaces(table))
        CAUSES[cause](table)
        assert _read(client, table) == set()
        assert _mails(table) == 0


def test_a9_the_queued_mail_goes_while_the_right_stands(table):
    with time_machine.travel(AT, tick=False):
        assert _mails(table) == 1


@pytest.mark.parametrize("key", ["ib-kade", "head-kade", "teacher-kade"])
@pytest.mark.parametrize("cause", ["assignment ended", "account disabled"])
def test_a9_the_schools_own_posts_empty_as_well(table, key, cause):
    table.key = key
    with time_machine.travel(AT, tick=False):
        client = _sign_in(table)
        assert "case" in _read(client, table)
        CAUSES[cause](table)
        assert _read(client, table) == set()


def test_a9_a_teacher_who_moves_to_another_school_keeps_no_place_by_name(table):
    """The place at the table was given to the teacher of this group, not to the person for ever."""
    world, case = table.world, table.case
    person = world.people["teacher-kade"]
    Assignment.objects.filter(person=person).update(until=AT.date())
    Assignment.objects.create(
        person=person,
        role="TEACHER",
        organization=world.organizations["werf-5a"],
        since=date(2026, 11, 1),
    )
    with acting_as(world.actor("teacher-kade", now=AT)):
        assert not Case.objects.filter(pk=case.pk).exists()
