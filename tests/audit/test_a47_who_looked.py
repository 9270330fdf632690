"""A-47: "Wie heeft gekeken" is the raw log, complete and quick; eight writers never wait for each other for good."""

import re
import threading
import time
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.urls import reverse

from cases.pages.looked import MOST_LINES
from teams.access.actor import acting_as
from teams.models import AccessEntry, Organization
from teams.queries.looks import Place, looks_at
from tests.access.full_case import LATER, build_full_case
from tests.audit.lines import look
from tests.audit.logins import raw

BACKEND = "django.contrib.auth.backends.ModelBackend"
EVENTS = 10_000
WRITERS, SECONDS = 8, 4.0


@pytest.fixture
def full(world):
    with time_machine.travel(LATER, tick=True):
        yield build_full_case(world)


@pytest.fixture
def as_person(client, full):
    def sign_in(key: str):
        client.force_login(full.world.people[key], backend=BACKEND)
        return client

    return sign_in


def _raw(dossier_id: UUID) -> list[UUID]:
    """The log itself, asked in the plainest way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM teams_accessentry WHERE %s = ANY (dossier_ids) ORDER BY at DESC, id DESC",
            [dossier_id],
        )
        return [row[0] for row in cursor.fetchall()]


def _fill(dossier_id: UUID, count: int, *, organization_id: UUID) -> None:
    others = [uuid4() for _ in range(5)]
    rows = [
        look(
            uuid4(),
            dossier_id if number % 7 else others[0],
            at=LATER - timedelta(minutes=number // 3),
            actor_name=f"Kijker {number}",
            organization_id=organization_id,
            dossier_ids=[dossier_id, *others] if number % 7 == 0 else [dossier_id],
            rules=["AR-4"] * (6 if number % 7 == 0 else 1),
            outcome="404" if number % 50 == 0 else "200",
            is_break_glass=number % 500 == 0,
        )
        for number in range(count)
    ]
    AccessEntry.objects.bulk_create(rows)


def _walk(client, url: str) -> list[str]:
    """Every name on every page, newest first, by the link to older lines."""
    found, pages = [], 0
    while url:
        text = client.get(url).content.decode()
        found += re.findall(r'data-label="Wie">(Kijker \d+)<', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        url = following.group(1).replace("&amp;", "&") if following else ""
        pages += 1
    return found


def test_a47_the_page_is_the_raw_log(full, as_person):
    node = Organization.objects.get(key="kade").pk
    _fill(full.case.dossier_id, 330, organization_id=node)
    wanted = dict(AccessEntry.objects.values_list("pk", "actor_name"))
    raw_lines = [wanted[pk] for pk in _raw(full.case.dossier_id) if wanted[pk].startswith("Kijker")]
    shown = _walk(as_person("ib-kade"), reverse("looked", args=[full.pk]))
    print(f"A-47: {len(shown)} lines shown, {len(raw_lines)} in the raw log")
    assert shown == raw_lines and len(shown) == 330


def test_a47_ten_thousand_events_within_a_second(full, as_person):
    node = Organization.objects.get(key="kade").pk
    _fill(full.case.dossier_id, EVENTS, organization_id=node)
    client, url = as_person("head-kade"), reverse("looked", args=[full.pk])
    took = []
    for number in (0, EVENTS // 2, EVENTS - 10):
        at = LATER - timedelta(minutes=number // 3)
        started = time.perf_counter()
        answer = client.get(url, {"onder": str(Place(at, uuid4()))})
        took.append(time.perf_counter() - started)
        assert answer.status_code == 200
    print(f"A-47: {EVENTS} events, page in {max(took) * 1000:.0f} ms at most")
    assert max(took) < 1.0


def test_reading_the_page_is_a_line_of_its_own(full, as_person):
    client, url = as_person("head-kade"), reverse("looked", args=[full.pk])
    assert "wie heeft gekeken" not in _rows(client.get(url).content.decode())
    text = _rows(client.get(url).content.decode())
    assert "head kade" in text and "wie heeft gekeken" in text


def _rows(page: str) -> str:
    return page[page.index("<tbody>") :].lower() if "<tbody>" in page else ""


def test_a_refused_look_stands_there_too_and_a_period_filters(full, as_person):
    as_person("ib-werf").get(reverse("case", args=[full.pk]))
    client, url = as_person("ib-kade"), reverse("looked", args=[full.pk])
    assert "geweigerd" in _rows(client.get(url).content.decode())
    tomorrow = (LATER + timedelta(days=1)).date().isoformat()
    assert "geweigerd" not in _rows(client.get(url, {"van": tomorrow}).content.decode())
    assert client.get(url, {"van": "onzin", "onder": "onzin"}).status_code == 200


def test_who_has_no_seat_reads_no_line_by_whatever_way(full, as_person):
    _fill(full.case.dossier_id, 5, organization_id=uuid4())
    with acting_as(full.world.actor("ib-werf", now=LATER)):
        assert looks_at(full.case.dossier_id) == []
        assert not AccessEntry.objects.exists()
    with acting_as(full.world.actor("ib-kade", now=LATER)):
        assert len(looks_at(full.case.dossier_id, most=MOST_LINES)) >= 5


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a47_eight_writers_on_few_dossiers_never_lock_each_other_out():
    tables = [uuid4() for _ in range(5)]
    written, errors = [0] * WRITERS, []
    stop = time.monotonic() + SECONDS

    def write(number: int) -> None:
        actor = uuid4()
        with raw("app_rt") as own:
            while time.monotonic() < stop:
                try:
                    with own.transaction():
                        own.execute("SELECT set_config('fence.person', %s, true)", [str(actor)])
                        for step in range(3):
                            own.execute(_INSERT, {"actor": actor, "dossier": tables[step]})
                        written[number] += 3
                except Exception as error:  # noqa: BLE001 - a deadlock is what is looked for
                    errors.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with transaction.atomic():
        assert AccessEntry.objects.count() == sum(written)
    print(
        f"A-47: {sum(written) / SECONDS:.0f} events a second on {WRITERS} connections,"
        f" {len(errors)} errors"
    )
    assert errors == []


_INSERT = """
    INSERT INTO teams_accessentry (id, at, actor_id, actor_name, acting_role, dossier_id,
        object_type, object_id, request_id, action, outcome, ground, rule, is_break_glass,
        dossier_ids, rules, consent_ids, compartments, query_digest)
    VALUES (gen_random_uuid(), now(), %(actor)s, 'Iemand', 'HEAD', %(dossier)s, 'case',
        %(dossier)s, '', 'read-case', '200', 'ZORGPLICHT', 'AR-7', false,
        ARRAY[%(dossier)s]::uuid[], '{AR-7}', '{NULL}', '{K0}', '')
"""
