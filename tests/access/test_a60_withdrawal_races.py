"""A-60: consent is taken back while someone invites, renders, mails or reads on it.

Real connections, one race at a time: whatever committed later than the withdrawal is wrong. The
order of commits is that of the chain of the trace, which PostgreSQL writes at the commit itself.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client

from cases import mails
from cases.actions import convening, tables
from cases.actions.consents import withdraw_consent
from cases.actions.documents import store_document
from cases.enums import (
    ConsentDecisionKind,
    ConsentForm,
    DocumentAudience,
    DocumentKind,
    MeetingKind,
)
from cases.models import Case, Consent, ConsentDecision, Document, Invitee, Meeting, Participant
from cases.notices import Notice
from cases.seating import reseat
from teams import outbox
from teams.access.actor import as_system
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.access.fence import beyond_seats
from teams.models import AuditEntry, OutboxEntry, TraceLink
from tests.cases.late_ladder import (
    act,
    consented,
    current,
    family,
    lay,
    ot_preparing_case,
    school_table,
    staff,
)
from tests.world import World, build_world

AT = datetime.fromisoformat("2026-11-26T09:00:00+01:00")
STEP_SECONDS, LATEST_STEPS = 0.02, 6
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Race:
    """One case with an outsider on consent, and what happens to it over and over."""

    world: World
    case: Case
    consent: UUID
    moment: datetime = AT
    done_at: float = 0.0
    # How often the effect came first; a race that one side always wins shows nothing.
    won: Counter[str] = field(default_factory=Counter)
    sent: list[float] = field(default_factory=list)
    round: int = 0

    def again(self) -> None:
        """Everybody says yes once more."""
        self.round += 1
        self.moment += timedelta(seconds=5)
        for carer in self.world.carers["noor"]:
            ConsentDecision.unscoped.create(
                consent_id=self.consent,
                carer=carer,
                decision=ConsentDecisionKind.GIVEN,
                decided_on=self.moment.date(),
                form=ConsentForm.SPOKEN,
                witness=self.world.people["teacher-kade"],
                dossier_id=self.case.dossier_id,
                compartment="K2",
                audience="consent",
                created_at=self.moment,
                created_by=self.world.people["ib-kade"],
            )
        reseat(self.case, day=self.moment.date())

    def withdraw(self) -> None:
        """The father takes it back, a little later each round, so that either may come first."""
        time.sleep(self.round % LATEST_STEPS * STEP_SECONDS)
        given = {"giver": str(self.world.carers["noor"][1].pk), "form": ConsentForm.SPOKEN}
        later = self.moment + timedelta(seconds=1)
        act(self.world, "ib-kade", withdraw_consent, self.consent, given=given, now=later)
        self.done_at = time.monotonic()

    def against(self, effect: Callable[["Race"], Any]) -> Any:
        """Start both at once, each on its own connection. Gives what became of the effect."""
        start = Barrier(2)

        def run(what: Callable[[], Any]) -> Any:
            start.wait()
            try:
                with beyond_seats("race"):
                    return what()
            except (Blocked, NotAllowed, NotVisible):
                return None
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            back, other = pool.submit(run, self.withdraw), pool.submit(run, lambda: effect(self))
            back.result()
            return other.result()

    def is_later(self, verb: str) -> bool:
        """The last change of this kind committed after the last withdrawal did."""
        return self._place(verb) > self._place("CONSENT_WITHDRAWN")

    def _place(self, verb: str) -> int:
        rows = AuditEntry.objects.filter(dossier_id=self.case.dossier_id, verb=verb)
        links = TraceLink.objects.filter(entry_id__in=rows.values("pk"))
        return max(links.values_list("seq", flat=True), default=-1)


def _consent_race(world: World, case: Case) -> Race:
    consented(world, case, "family", now=AT)
    consent = Consent.unscoped.filter(case=case).latest("created_at")
    return Race(
        world, Case.unscoped.select_related("student", "school").get(pk=case.pk), consent.pk
    )


def at_table(world: World) -> Race:
    """An OT that is convened, at which the gezinsspecialist takes part on consent."""
    case = ot_preparing_case(world)
    race = _consent_race(world, case)
    table = [*school_table(world), *family(world)]
    more = {"on": (AT + timedelta(days=8)).date(), "student_choice": "Komt later."}
    lay(world, case, MeetingKind.OT, table, now=AT, **more)
    act(world, "head-kade", convening.convene_ot, case.pk, now=AT)
    person = world.people["family-sanne"]
    Participant.unscoped.create(
        case=case,
        person=person,
        role="FAMILY_SPECIALIST",
        since=AT.date(),
        dossier_id=case.dossier_id,
        created_at=AT,
    )
    return race


def _change(race: Race, rows: list[dict]) -> Meeting:
    meeting = current(race.case, MeetingKind.OT)
    given, now = {"invitees": rows}, race.moment + timedelta(seconds=1)
    return act(race.world, "head-kade", tables.change_table, meeting.pk, given=given, now=now)


def invites(race: Race) -> bool:
    """The directeur adds the outsider to a convened table."""
    plain = [*school_table(race.world), *family(race.world)]
    if Invitee.unscoped.filter(person=race.world.people["family-sanne"]).exists():
        _change(race, plain)
    race.moment += timedelta(seconds=2)
    outsider = staff(race.world, "family-sanne", "FAMILY_SPECIALIST")
    race.against(lambda each: _change(each, [*plain, outsider]))
    is_in = Invitee.unscoped.filter(person=race.world.people["family-sanne"]).exists()
    race.won["invited"] += is_in
    return is_in and race.is_later("INVITATION_CHANGED")


def renders(race: Race) -> bool:
    """A worker stores a document that the outsider asked for."""
    document = Document.unscoped.create(
        case=race.case,
        kind=DocumentKind.CLOSING_REPORT,
        for_audience=DocumentAudience.PARTICIPANTS,
        version=Document.unscoped.filter(case=race.case).count() + 1,
        dossier_id=race.case.dossier_id,
        created_at=race.moment,
        created_by=race.world.people["family-sanne"],
    )

    def store(each: Race) -> None:
        with as_system("worker", day=each.moment.date()) as worker:
            content = {"content": b"%PDF", "pages": 1}
            store_document(document, **content, actor=worker, now=each.moment)

    race.against(store)
    document.refresh_from_db()
    race.won["rendered"] += document.state == "READY"
    return document.state == "READY" and race.is_later("DOCUMENT_STORED")


def mails_out(race: Race) -> bool:
    """A worker sends a notice that waits for the outsider."""
    meeting, person = current(race.case, MeetingKind.OT), race.world.people["family-sanne"]
    Invitee.unscoped.get_or_create(
        meeting=meeting,
        person=person,
        defaults={
            "kind": "STAFF",
            "role": "FAMILY_SPECIALIST",
            "dossier_id": race.case.dossier_id,
            "created_at": race.moment,
        },
    )
    entry = OutboxEntry.objects.create(
        kind=Notice.INVITATION,
        subject_id=meeting.pk,
        recipient_id=person.pk,
        key=f"race:{race.moment.isoformat()}",
        created_at=race.moment,
        run_at=race.moment,
    )
    race.sent.clear()
    race.against(lambda _each: outbox.run(entry))
    race.won["mailed"] += bool(race.sent)
    return any(moment > race.done_at for moment in race.sent)


def reads(race: Race) -> bool:
    """The outsider reloads the page of the case, all the time."""
    client = Client()
    client.force_login(race.world.people["family-sanne"], backend=BACKEND)
    where, seen = f"/casussen/{race.case.pk}/", []

    def reload(_each: Race) -> None:
        for _ in range(6):
            begun = time.monotonic()
            seen.append((begun, client.get(where).status_code))

    race.against(reload)
    race.won["read"] += any(status == 200 for _, status in seen)
    return any(status == 200 and begun > race.done_at for begun, status in seen)


def _run(rounds: int, monkeypatch) -> tuple[int, list[str], Counter[str]]:
    world, wrong, count = build_world(), [], 0
    race = at_table(world)
    send = mails.send

    def heard(mail: Any) -> None:
        race.sent.append(time.monotonic())
        send(mail)

    monkeypatch.setattr(mails, "send", heard)
    # Inviting takes the place at the table away and gives it back: last.
    for effect in (reads, renders, mails_out, invites):
        for _ in range(rounds):
            race.again()
            count += 1
            wrong += [effect.__name__] if effect(race) else []
    return count, wrong, race.won


def _play(rounds: int, monkeypatch, capsys) -> None:
    with time_machine.travel(AT + timedelta(hours=1), tick=True), as_system("races"):
        count, wrong, won = _run(rounds, monkeypatch)
    with capsys.disabled():
        print(f"\nA-60: {len(wrong)} effects after the withdrawal in {count} races")
        print(f"the effect came first: {dict(won)}")
    assert wrong == []


@pytest.mark.django_db(transaction=True)
def test_a60_nothing_happens_on_a_consent_that_was_taken_back(monkeypatch, capsys):
    _play(6, monkeypatch, capsys)


# Twenty tables, since each yes and no that piles up on one makes the next slower.
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", range(20))
def test_a60_in_a_thousand_races(table, monkeypatch, capsys):
    _play(13, monkeypatch, capsys)
