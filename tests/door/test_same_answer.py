"""A-6: the door answers alike whether or not somebody is known there: in words, in work and in time."""

import statistics
import time
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from teams import outbox
from teams.models import Guess, OutboxEntry, User
from tests.door.knocking import RESET, HasherCount, bare, give_app, knock

PAIRS = 500


def wrong_password(email: str) -> HttpResponse:
    return knock(Client(), email, "niet het goede woord")


def forgotten(email: str) -> HttpResponse:
    return Client().post(RESET, {"email": email})


@pytest.fixture
def people(teacher: User, coordinator: User) -> list[User]:
    """Someone with an app, someone whose account ended, and a contact without an account."""
    give_app(teacher)
    coordinator.is_active = False
    coordinator.save(update_fields=["is_active"])
    contact = User.objects.create_user(
        "contact@voorbeeld.example", first_name="C", last_name="D", is_contact_only=True
    )
    return [teacher, coordinator, contact]


@pytest.mark.parametrize("way", [wrong_password, forgotten])
def test_a06_the_same_answer_and_the_same_work(
    people: list[User], hashed: HasherCount, way: Callable[[str], HttpResponse]
) -> None:
    seen = []
    for email in ("niemand@voorbeeld.example", *(person.email for person in people)):
        hashed.calls = 0
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = way(email)
        status, headers, text = bare(answer)
        text = text.replace(email, "ADRES")
        seen.append((status, headers, text, len(queries), hashed.calls))
    assert all(each == seen[0] for each in seen), [each[3:] for each in seen]


def test_a06_too_many_guesses_look_the_same(people: list[User]) -> None:
    emails = ["niemand@voorbeeld.example", people[0].email]
    answers = []
    for email in emails:
        for _again in range(12):
            answer = wrong_password(email)
        answers.append(bare(answer)[2].replace(email, "ADRES"))
    assert answers[0] == answers[1] and "te vaak" in answers[0]


def test_a06_only_who_is_known_gets_a_mail(people: list[User], mailoutbox) -> None:
    for email in ("niemand@voorbeeld.example", *(person.email for person in people)):
        forgotten(email)
    assert OutboxEntry.objects.count() == 4
    outbox.sweep()
    assert [each.to for each in mail.outbox] == [[people[0].email]]
    assert not OutboxEntry.objects.filter(done_at__isnull=True).exists()


@pytest.mark.parametrize("way", [wrong_password, forgotten])
def test_a06_figures(people: list[User], way: Callable[[str], HttpResponse]) -> None:
    """Prints medians of interleaved pairs; what is asserted is the work, above."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number in range(PAIRS):
        for is_known in (number % 2 == 0, number % 2 == 1):
            Guess.objects.all().delete()
            OutboxEntry.objects.all().delete()
            email = people[0].email if is_known else "niemand@voorbeeld.example"
            began = time.perf_counter()
            way(email)
            taken[is_known].append(time.perf_counter() - began)
    medians = {known: statistics.median(times) * 1000 for known, times in taken.items()}
    print(
        f"\nA-6 {way.__name__}: {PAIRS} pairs, median known {medians[True]:.2f} ms,"
        f" unknown {medians[False]:.2f} ms, classifier {score(taken):.2f}"
    )
    assert abs(medians[True] - medians[False]) < 50


def score(taken: dict[bool, list[float]]) -> float:
    """How well the slower half guesses who is known: 0.5 is by chance."""
    line = statistics.median(taken[True] + taken[False])
    right = sum(each > line for each in taken[True]) + sum(each <= line for each in taken[False])
    return right / (2 * PAIRS)
