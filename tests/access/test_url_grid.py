"""Every URL by every role, on one full case (A-11, A-12): what a GET answers."""

from collections.abc import Iterator

import pytest
import time_machine

from teams.access.checks import action_of, patterns
from teams.access.rules import OPEN_ACTIONS
from teams.enums import CONTACT_ONLY, Role
from tests.access.addresses import examples
from tests.access.full_case import LATER, build_full_case
from tests.world import add_person

# T teacher of the group, I intern begeleider, H directeur of De Kade; S gezinsspecialist at
# the OT with consent; O asked without a name; then outside: W another school's intern
# begeleider, D wijkteam, A functional administrator.
PEOPLE = {
    "T": "teacher-kade",
    "I": "ib-kade",
    "H": "head-kade",
    "S": "family-sanne",
    "O": "education-omar",
    "W": "ib-werf",
    "D": "district-lotte",
    "A": "admin-bo",
}


def _grid(opens: str, hidden: str = "", ok: int = 200) -> dict[str, int]:
    """Who gets in, for whom it does not exist; everybody else may not."""
    return {key: ok if key in opens else 404 if key in hidden else 403 for key in PEOPLE}


TABLE = _grid("TIHS", hidden="OWD")
SCHOOL = _grid("TIH", hidden="W")
LEADS = _grid("IH", hidden="W")
EXPECTED = {
    "today": _grid("TIHSOWDA"),
    "person": _grid("TIHSOWDA"),
    "card-edit": _grid("TIHSOWDA"),
    "role-switch": _grid("TIHSOWDA", ok=405),
    # Being signed in: what was shown just now is not asked again, and nothing was kept.
    "confirm": _grid("TIHSOWDA", ok=302),
    "kept": _grid("", hidden="TIHSOWDA"),
    "own-sessions": _grid("TIHSOWDA"),
    "sessions-end": _grid("TIHSOWDA", ok=405),
    "session-end": _grid("TIHSOWDA", ok=405),
    "session-left": _grid("TIHSOWDA"),
    "session-stay": _grid("TIHSOWDA", ok=405),
    "phone-register": _grid("TIHSOWDA"),
    "phone-revoke": _grid("TIHSOWDA", ok=405),
    "draft": _grid("TIHSOWDA", ok=204),
    # The school and its pupils.
    "schools": _grid("TIHSOW", ok=302) | {"D": 200},
    "school": _grid("TIHSO", hidden="WD"),
    "school-edit": LEADS,
    "holidays": LEADS,
    "holiday-remove": _grid("IHW", ok=405),
    "import": LEADS,
    "import-run": LEADS,
    "group": SCHOOL,
    "student": SCHOOL,
    "student-edit": LEADS,
    "carer-new": LEADS,
    "carer": LEADS,
    "custody-confirm": _grid("IHW", ok=405),
    "kin": _grid("TIHSOWDA"),
    "student-kin": LEADS,
    "tie-end": _grid("TIHSOWDA", ok=405),
    # Signals, notes, the class.
    "signals": _grid("IW"),
    "signal-new": _grid("TIHSOW"),
    "signal-link": _grid("I", hidden="W"),
    "note-new": _grid("TIHSOWD"),
    "quick-note": _grid("TIHSOW"),
    "group-rounds": _grid("TIHW", ok=302),
    "group-round": SCHOOL,
    # The case and its table.
    "cases": _grid("TIHSOWD"),
    "case": TABLE,
    "viewers": TABLE,
    "looked": LEADS,
    "looked-watch": _grid("IHW", ok=405),
    "oversight": _grid(""),
    "oversight-answer": _grid(""),
    "documents": TABLE,
    "case-meetings": TABLE,
    "plan": TABLE,
    "lead": TABLE,
    "consent": TABLE,
    "facilities": TABLE,
    "absence": LEADS,
    # Of the attendance officer alone.
    "absences": _grid(""),
    "absence-officer": _grid(""),
    "case-step": _grid("I", hidden="OWD"),
    "consult": _grid("TIHO", hidden="SWD"),
    "agreement-accept": _grid("TIHSOWD", ok=405),
    "agreement-evaluate": TABLE,
    "lead-answer": _grid("TIHSOWD", ok=405),
    "plan-edit": _grid("IS", hidden="OWD"),
    "consent-answer": _grid("IHS", hidden="TOWD"),
    "consent-draft": _grid("ISOWD", ok=405),
    "consent-remind": _grid("ISOWD", ok=405),
    "consent-scan": _grid("IH", hidden="TSOWD"),
    "table": LEADS,
    # Meetings.
    "sessions": _grid("TIHSOWD"),
    "session": TABLE,
    "session-convene": _grid("H", ok=405),
    "meeting": TABLE,
    "meeting-sheet": TABLE,
    "meeting-calendar": TABLE,
    "meeting-contribution": SCHOOL,
    # The report is final: it blocks with a reason.
    "meeting-held": _grid("IH", hidden="W", ok=409),
    "meeting-minutes": _grid("IH", hidden="W", ok=409),
    "meeting-final": _grid("H", ok=405),
    # Beheer: an administrator of above, and the second person; of cases nothing.
    "rights": _grid("HA"),
    "rights-decide": _grid("", hidden="HA"),
    "rights-person": _grid("A"),
    "rights-person-new": _grid("A"),
    "rights-reset": _grid("A"),
    "rights-review": _grid("A"),
    "rights-task": _grid("A"),
    # A browser reports breaches of the content policy by itself.
    "csp-report": _grid("TIHSOWDA", ok=405),
    # Of who looks after the product, and of the directeur where the school is concerned.
    "alarms": _grid("A"),
    "alarm-seen": _grid("A", ok=405),
    "glass-list": _grid("HA"),
    "glass": _grid("", hidden="HA"),
    "glass-ask": _grid("HA"),
    "glass-find": _grid("", hidden="HA"),
    "glass-approve": _grid("H", ok=405),
    "glass-review": _grid("H", ok=405),
    # Outside the demo its doors do not exist.
    "demo_sign_in": _grid("", hidden="TIHSOWDA"),
    "demo_confirm": _grid("", hidden="TIHSOWDA"),
    "demo_mailbox": _grid("", hidden="TIHSOWDA"),
    # Nothing was rendered in this test: a document that is not ready is not there.
    "document": _grid("", hidden="TIHSOWD"),
}


@pytest.fixture
def full(world) -> Iterator:
    with time_machine.travel(LATER, tick=False):
        yield build_full_case(world)


# A group's staff at another school: what only an intern begeleider may, they may not.
_STAFF_ELSEWHERE = {
    name: 403
    for name, row in EXPECTED.items()
    if row["T"] == 403 and row["W"] != 403 and name != "case-step"
}
# Every other role with an account, held outside the school: as whom it is answered, and where
# it differs. Contacts without an account cannot sign in at all.
OTHER_ROLES = {
    Role.PEDAGOGICAL_STAFF: ("W", _STAFF_ELSEWHERE),
    Role.SBO_CONTACT: ("D", {"signal-new": 200, "quick-note": 200}),
    Role.SCHOOL_SOCIAL_WORKER: ("D", {}),
    Role.RESIDENCE_WORKER: (
        "D",
        {"plan-edit": 403, "consent-draft": 403, "consent-remind": 403},
    ),
    Role.PATHWAY_COORDINATOR: ("A", {}),
    Role.BOARD_MEMBER: ("A", {}),
    Role.ATTENDANCE_OFFICER: ("A", {"absence": 404, "absences": 200, "absence-officer": 404}),
    Role.PROVIDER_WORKER: ("A", {}),
    Role.MUNICIPAL_CONTACT: ("A", {}),
    Role.SWV_CONTACT: ("A", {}),
    Role.ESCALATION_TEAM: ("A", {}),
    Role.REGION_TABLE: ("A", {}),
    Role.SWV_STAFF: ("A", {}),
    Role.DATA_PROTECTION_OFFICER: ("A", {"oversight": 200, "oversight-answer": 405}),
}
# Of the administrator, and what the privacy officer gets there.
_WATCH = {
    "alarms": 200,
    "alarm-seen": 405,
    "glass-list": 200,
    "glass": 404,
    "glass-ask": 403,
    "glass-find": 403,
    "glass-approve": 405,
    "glass-review": 405,
}


def _wanted(role: Role, name: str, letter: str, different: dict[str, int]) -> int:
    if name in _WATCH and letter == "A":
        return _WATCH[name] if role == Role.DATA_PROTECTION_OFFICER else 403
    # Beheer is of the administrator; who oversees decides along.
    if name.startswith("rights"):
        decides = role == Role.DATA_PROTECTION_OFFICER
        return {"rights": 200, "rights-decide": 404}.get(name, 403) if decides else 403
    return different.get(name, EXPECTED[name][letter])


def _own(addresses: dict[str, str]) -> dict[str, str]:
    """Our own pages; sign-in and second factor are a library's, behind the same door."""
    return {
        name: url for name, url in addresses.items() if not name.startswith(("account_", "mfa_"))
    }


def test_every_url_by_every_role(full, client):
    addresses = _own(examples(full))
    assert set(addresses) == set(EXPECTED)
    wrong = []
    for letter, key in PEOPLE.items():
        person = full.world.people[key]
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for name, address in addresses.items():
            status = client.get(address).status_code
            if status != EXPECTED[name][letter]:
                wrong.append((name, letter, status, EXPECTED[name][letter]))
    assert wrong == []


def test_every_other_role_stands_outside(full, client):
    assert {*OTHER_ROLES, *CONTACT_ONLY, *_roles_of(PEOPLE.values(), full)} == set(Role)
    addresses, wrong = _own(examples(full)), []
    for role, (letter, different) in OTHER_ROLES.items():
        place = "werf-5a" if role == Role.PEDAGOGICAL_STAFF else "town"
        key = role.value.lower().replace("_", "")
        add_person(full.world, key, role, place)
        person = full.world.people[key]
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for name, address in addresses.items():
            wanted = _wanted(role, name, letter, different)
            if (status := client.get(address).status_code) != wanted:
                wrong.append((role.value, name, status, wanted))
    assert wrong == []


def _roles_of(keys, full) -> set[str]:
    return {full.world.actor(key, now=full.now).role for key in (*keys, "nurse-fien")}


def test_nobody_gets_content_without_signing_in(full, client):
    opened = {
        name
        for name, address in examples(full).items()
        if client.get(address).status_code not in (302, 404)
    }
    assert opened == {
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
    }


def test_what_is_open_names_an_open_action():
    found = {pattern.name for _route, pattern in patterns() if action_of(pattern) in OPEN_ACTIONS}
    assert len([name for name in found if not name.startswith("demo_")]) <= 8, sorted(found)
    assert all(name.startswith(("account_", "mfa_", "demo_")) for name in found)


def test_account_pages_answer_whoever_signed_in(full, client):
    person = full.world.people["ib-kade"]
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for name, address in examples(full).items():
        if name.startswith(("account_", "mfa_")):
            assert client.get(address).status_code in (200, 302, 404), name
