"""The one door: sign-in, 404 for the invisible, 403, 409 with reasons, rollback on 5xx."""

import re
from uuid import uuid4

import pytest
from django.core.checks import run_checks

from teams.access.checks import action_of, patterns
from teams.models import AccessEntry, Organization

pytestmark = pytest.mark.urls("tests.access.doors")


def _without_tokens(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


@pytest.fixture
def as_person(client, world):
    def sign_in(key):
        client.force_login(world.people[key], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_who_did_not_sign_in_is_sent_to_the_door(client, world):
    answer = client.get("/refuse/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_invisible_and_absent_answer_alike(as_person, world):
    client = as_person("ib-kade")
    own = client.get(f"/pupil/{world.students['noor'].pk}/")
    assert own.content == b"Noor"
    foreign = client.get(f"/pupil/{world.students['yara'].pk}/")
    absent = client.get(f"/pupil/{uuid4()}/")
    assert foreign.status_code == absent.status_code == 404
    assert _without_tokens(foreign.content) == _without_tokens(absent.content)


def test_a_refused_look_is_logged_without_names(as_person, world):
    as_person("ib-kade").get(f"/pupil/{world.students['yara'].pk}/")
    entry = AccessEntry.objects.get()
    assert entry.outcome == "404"
    assert entry.actor_id == world.people["ib-kade"].pk
    assert entry.object_id == world.students["yara"].pk


def test_a_role_that_may_not_gets_403(as_person, world):
    assert as_person("admin-bo").get(f"/pupil/{world.students['noor'].pk}/").status_code == 403
    assert as_person("ib-kade").get("/refuse/").status_code == 403


def test_blocked_says_what_is_missing_and_who_can_supply_it(as_person):
    answer = as_person("ib-kade").get("/blocked/")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Er is nog geen evaluatiedatum." in text
    assert "De regiehouder voegt die toe." in text


def test_no_answer_is_streamed(as_person):
    with pytest.raises(RuntimeError, match="stream"):
        as_person("ib-kade").get("/stream/")


def test_an_error_of_ours_leaves_nothing_half(as_person):
    assert as_person("ib-kade").get("/fail/").status_code == 500
    assert not Organization.objects.filter(key="half").exists()


def test_i20_without_an_assignment_today_nothing_opens(as_person, world):
    person = world.people["ib-kade"]
    person.assignments.update(until="2026-09-01")
    assert as_person("ib-kade").get(f"/pupil/{world.students['noor'].pk}/").status_code == 403


@pytest.mark.urls("config.urls")
def test_every_url_names_an_action_and_every_check_is_clean():
    assert [route for route, pattern in patterns() if action_of(pattern) is None] == []
    assert run_checks(tags=["access", "route"]) == []
