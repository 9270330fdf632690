"""From lines of the trace to a flag, and what the privacy officer sees and does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions.curiosity import street_of, watch_looks
from cases.models import Case
from schools.models import CarerContact
from teams.access.actor import as_system
from teams.enums import AlarmKind, Role
from teams.models import AccessEntry, Alarm, AuditEntry
from tests.audit.lines import look
from tests.cases.ladder import signaling_case
from tests.world import NOW, add_person

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def case(world, monkeypatch) -> Case:
    monkeypatch.setattr("teams.clock.now", lambda: NOW + timedelta(hours=2))
    return signaling_case(world)


@pytest.fixture
def browse(client, world):
    def sign_in(key: str):
        client.force_login(world.people[key], backend=BACKEND)
        return client

    return sign_in


def _looked(world, case: Case, key: str, **fields: object) -> None:
    look(world.people[key].pk, case.dossier_id, at=NOW, **fields).save(force_insert=True)


def _flags() -> list[str]:
    return list(Alarm.objects.filter(kind=AlarmKind.CURIOSITY).values_list("text", flat=True))


def test_a48_same_name_same_street_and_extra_care_become_flags_once(world, case):
    add_person(world, "ib-veen", Role.SUPPORT_COORDINATOR, "kade")
    add_person(world, "ib-buur", Role.SUPPORT_COORDINATOR, "kade")
    with as_system("test"):
        carer = world.carers["noor"][0]
        CarerContact.objects.filter(carer=carer).update(address="Lange Laan 12, 3131 AB Dorp")
        child = world.carers["daan"][0]
        mail = world.people["ib-buur"].email
        CarerContact.objects.filter(carer=child).update(address="lange laan 3", email=mail)
    for key in ("ib-veen", "ib-buur", "head-kade"):
        _looked(world, case, key)
    watch_looks(now=NOW)
    watch_looks(now=NOW)
    veen, buur = world.people["ib-veen"].pk, world.people["ib-buur"].pk
    assert sorted(_flags()) == sorted(
        [
            f"achternaam, persoon {veen}, dossier {case.dossier_id}",
            f"straat, persoon {buur}, dossier {case.dossier_id}",
        ]
    )
    case.dossier.is_watched = True
    case.dossier.save(update_fields=["is_watched"])
    assert len(watch_looks(now=NOW + timedelta(minutes=4))) == 3


def test_a_handled_flag_does_not_come_back(world, case):
    for _ in range(5):
        _looked(world, case, "ib-werf", outcome="404", rules=[], ground="")
    (flag,) = watch_looks(now=NOW)
    Alarm.objects.update(seen_at=NOW, seen_by=world.people["admin-bo"], answer="gevraagd")
    assert str(flag).startswith("geweigerd, persoon ")
    assert watch_looks(now=NOW) == []


def test_the_privacy_officer_sees_codes_only_and_writes_down_what_was_done(world, case, browse):
    add_person(world, "privacy-officer", Role.DATA_PROTECTION_OFFICER, "swv")
    for _ in range(5):
        _looked(world, case, "ib-werf", outcome="404", rules=[], ground="", actor_name="Ib Werf")
    watch_looks(now=NOW)
    client, url = browse("privacy-officer"), reverse("oversight")
    page = client.get(url).content.decode()
    assert str(world.people["ib-werf"].pk) in page
    assert "Ib Werf" not in page and "Noor" not in page and case.number not in page
    for code in (world.people["ib-werf"].pk, case.dossier_id):
        log = client.get(url, {"code": str(code)}).content.decode()
        assert log.count("geweigerd</small>") == 5
        assert "Ib Werf" not in log and "Noor" not in log and case.number not in log
    assert client.get(url, {"code": "onzin"}).status_code == 200
    lines = AccessEntry.objects.filter(actor_id=world.people["privacy-officer"].pk)
    assert [(line.action, line.rule, line.ground) for line in lines] == [
        ("oversee", "AR-35", "TOEZICHT")
    ] * 2
    flag = Alarm.objects.get(kind=AlarmKind.CURIOSITY)
    where = reverse("oversight-answer", args=[flag.pk])
    client.post(where, {"answer": "  "})
    assert Alarm.objects.get(pk=flag.pk).seen_at is None
    client.post(where, {"answer": "Zocht een oude casus; gesproken met de school."})
    handled = Alarm.objects.get(pk=flag.pk)
    assert handled.seen_by == world.people["privacy-officer"]
    assert "Zocht een oude casus" in client.get(url).content.decode()
    assert AuditEntry.objects.filter(verb="ALARM_SEEN", object_id=flag.pk).count() == 1


@pytest.mark.parametrize("key", ["head-kade", "admin-bo", "ib-kade"])
def test_ar35_nobody_else_reads_the_flags(world, case, browse, key):
    assert browse(key).get(reverse("oversight")).status_code == 403


def test_a_school_asks_for_extra_care_and_takes_it_back(world, case, browse):
    where = reverse("looked-watch", args=[case.pk])
    page = reverse("looked", args=[case.pk])
    for wanted, verb in (("ja", "WATCH_BEGUN"), ("nee", "WATCH_ENDED")):
        assert browse("head-kade").post(where, {"watch": wanted}).url == page
        case.dossier.refresh_from_db()
        assert case.dossier.is_watched == (wanted == "ja")
        assert AuditEntry.objects.filter(verb=verb, object_id=case.pk).count() == 1
    assert browse("teacher-kade").post(where, {"watch": "ja"}).status_code == 403
    assert browse("head-werf").post(where, {"watch": "ja"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("Lange Laan 12, 3131 AB Dorp", "lange laan"),
        ("lange laan 3", "lange laan"),
        ("Plein 1944 5", "plein"),
        ("", ""),
    ],
)
def test_a_street_is_an_address_without_its_numbers(address, street):
    assert street_of(address) == street
