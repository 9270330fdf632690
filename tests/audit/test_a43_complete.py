"""A-43: every answer with case data and every refusal has one line, with all its fields, and no content."""

from collections import Counter
from dataclasses import dataclass
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse

from cases.models import Agreement, Case, Signal
from schools.models import Carer, Student
from teams.access.actor import as_system
from teams.access.rules import Action
from teams.models import AccessEntry
from teams.queries.looks import REFUSED
from tests.access.addresses import examples
from tests.access.full_case import LATER, FullCase, build_full_case

PEOPLE = (
    "teacher-kade",
    "ib-kade",
    "head-kade",
    "family-sanne",
    "education-omar",
    "ib-werf",
    "district-lotte",
    "admin-bo",
    "",
)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Asked:
    """One question, and the lines it left behind."""

    name: str
    key: str
    answer: HttpResponse
    lines: tuple[AccessEntry, ...]


@pytest.fixture
def full(world):
    with time_machine.travel(LATER, tick=False):
        yield build_full_case(world)


@pytest.fixture
def canaries(full: FullCase) -> set[str]:
    """Words that stand for content: names of pupils and carers, numbers and questions of cases."""
    with as_system("test"):
        people = [*Student.objects.all(), *Carer.objects.all()]
        found = {person.full_name for person in people}
        found |= {case.number for case in Case.objects.all()}
        found |= {row.observation for row in Signal.objects.all()}
        return found | {row.what for row in Agreement.objects.all()}


def _ask_all(client, full: FullCase) -> list[Asked]:
    asked = []
    for key in PEOPLE:
        client.logout()
        for name, url in examples(full).items():
            if name.startswith("demo_"):
                # Outside a demo these stand before every door.
                continue
            if key:
                client.force_login(full.world.people[key], backend=BACKEND)
            before = set(AccessEntry.objects.values_list("pk", flat=True))
            answer = client.get(url)
            lines = AccessEntry.objects.exclude(pk__in=before)
            asked.append(Asked(name, key, answer, tuple(lines)))
    return asked


def _shows(answer: HttpResponse, canaries: set[str]) -> bool:
    text = answer.content.decode(errors="replace")
    return answer.status_code < 300 and any(canary in text for canary in canaries)


def _lacks(line: AccessEntry, key: str) -> list[str]:
    """Fields of standards.md 3.4 that this line should have and has not."""
    needed = {"at", "action", "outcome", "request_id"}
    if key:
        needed |= {"actor_id", "actor_name", "acting_role", "organization_id"}
    if line.outcome not in REFUSED:
        needed |= {"dossier_ids", "rules", "rule", "ground", "compartments"}
    return [name for name in sorted(needed) if not getattr(line, name)]


def test_a43_each_answer_with_case_data_and_each_refusal_has_one_line_without_content(
    client, full, canaries
):
    client.force_login(full.world.people["ib-kade"], backend=BACKEND)
    for word in canaries:
        client.get("/casussen/", {"zoek": word})
    asked = _ask_all(client, full)
    kinds, wrong = Counter(), []
    for one in asked:
        status = one.answer.status_code
        is_refused = status in {403, 404}
        if is_refused or _shows(one.answer, canaries):
            kinds["refused" if is_refused else "shown"] += 1
            if len(one.lines) != 1:
                wrong.append((one.name, one.key, status, len(one.lines)))
        elif len(one.lines) > 1:
            wrong.append((one.name, one.key, status, len(one.lines)))
        for line in one.lines:
            kinds["lines"] += 1
            if lacking := _lacks(line, one.key):
                wrong.append((one.name, one.key, status, lacking))
            if len(line.rules) not in {0, len(line.dossier_ids)}:
                wrong.append((one.name, one.key, "rules", line.rules))
    print(f"A-43: {len(asked)} answers, {dict(kinds)}, {len(wrong)} wrong")
    assert wrong == [], "\n".join(map(str, wrong))
    assert kinds["shown"] > 100 and kinds["refused"] > 100

    _holds_no_content(canaries)


def _holds_no_content(canaries: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), string_agg(to_jsonb(e)::text, ' ') FROM teams_accessentry e"
        )
        count, text = cursor.fetchone()
    hits = [word for word in canaries if word in text]
    print(f"A-43: {count} lines, {len(canaries)} canaries, {len(hits)} found")
    assert hits == []


def test_a43_a_search_is_kept_unreadable_and_the_same_search_looks_the_same(client, full):
    client.force_login(full.world.people["ib-kade"], backend=BACKEND)
    for word in ("Noor", " noor ", "Daan"):
        client.get("/casussen/", {"zoek": word})
    digests = AccessEntry.objects.order_by("at").values_list("query_digest", flat=True)
    found = [digest for digest in digests if digest]
    assert len(found) == len(set(found)) + 1 or len(set(found)) == 1
    assert all(len(digest) == 64 for digest in found)


def test_a43_a_refused_look_names_the_dossier_that_is_there_and_nothing_else(client, full):
    client.force_login(full.world.people["ib-werf"], backend=BACKEND)
    client.get(f"/casussen/{full.pk}/")
    client.get(f"/casussen/{uuid4()}/")
    there, absent = AccessEntry.objects.order_by("-dossier_id")
    if there.dossier_id is None:
        there, absent = absent, there
    assert (there.outcome, there.dossier_id) == ("404", full.case.dossier_id)
    assert (absent.outcome, absent.dossier_id) == ("404", None)
    assert there.action == absent.action == Action.READ_CASE
    assert there.rules == there.compartments == [] and there.ground == ""
