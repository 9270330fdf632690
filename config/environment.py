"""Readers of environment variables that refuse what they do not understand.

A misspelt "ture" must stop the start, not switch a safeguard off.
"""

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRET_LENGTH = 50


def read_text(name: str, default: str | None = None) -> str:
    """One value as it stands.

    Errors: ImproperlyConfigured when it is absent or empty and no default is given.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set.")
    return default


def read_flag(name: str, *, default: bool) -> bool:
    """A yes or no, written as `1` or `0`, `true` or `false`.

    Errors: ImproperlyConfigured for any other word.
    """
    words: Mapping[str, bool] = {"1": True, "true": True, "0": False, "false": False}
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.lower() not in words:
        raise ImproperlyConfigured(f"{name} must be 1, 0, true or false, and is {value!r}.")
    return words[value.lower()]


def read_number(name: str, default: int, *, lowest: int, highest: int) -> int:
    """A whole number within bounds.

    Errors: ImproperlyConfigured when it is no number or lies outside.
    """
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdigit() or not lowest <= int(value) <= highest:
        raise ImproperlyConfigured(
            f"{name} must be a number from {lowest} to {highest}, and is {value!r}."
        )
    return int(value)


def read_choice(name: str, default: str, choices: set[str]) -> str:
    """One of a few words.

    Errors: ImproperlyConfigured for any other word.
    """
    value = os.environ.get(name, "").strip() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(choices))}.")
    return value


def read_secret(name: str) -> str:
    """A key that nobody can guess.

    Errors: ImproperlyConfigured when it is absent or shorter than 50 characters.
    """
    value = read_text(name)
    if len(value) < SECRET_LENGTH:
        raise ImproperlyConfigured(f"{name} must have at least {SECRET_LENGTH} random characters.")
    return value


def read_site_address(name: str) -> str:
    """The address of a site with TLS, without a path.

    Errors: ImproperlyConfigured when it has another form.
    """
    value = read_text(name).rstrip("/")
    if not re.fullmatch(r"https://[^/\s]+", value):
        raise ImproperlyConfigured(f"{name} must look like https://route.example.nl.")
    return value


def read_day(name: str) -> date:
    """A day, written as `2026-11-23`.

    Errors: ImproperlyConfigured when it is absent or no day.
    """
    value = read_text(name)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a day such as 2026-11-23.") from error


def read_list(name: str, default: str | None = None) -> list[str]:
    """Values with commas between them.

    Errors: ImproperlyConfigured when absent without a default, or when an entry is empty.
    """
    entries = [entry.strip() for entry in read_text(name, default).split(",")]
    if not all(entries):
        raise ImproperlyConfigured(f"{name} has an empty entry.")
    return entries


def load_dotenv(path: Path) -> None:
    """Take over the lines NAME=value of a file that are not yet in the environment.

    Errors: ImproperlyConfigured for a line of another form.
    """
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"{path.name} has a line that is not NAME=value.")
        os.environ.setdefault(name.strip(), value.strip())
