"""The stories of the demo region, read from plain text: what was seen, tried, said and agreed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from schools.enums import Gender
from schools.models import Student

TEXTS = ("young", "middle", "older")


@dataclass(frozen=True)
class Deed:
    """Who does what, what is needed and what it should yield; `who` as in the texts."""

    who: str
    what: str
    needed: str
    yields: str
    in_class: bool = False


@dataclass(frozen=True)
class Aim:
    """A goal in everyone's words, how far it is on a scale of 1 to 10, now and later."""

    text: str
    child: str
    carers: str
    sign: str
    start: int
    later: int
    told: str
    measure: Deed


@dataclass(frozen=True)
class Story:
    """One story; its texts hold {naam} and the pronouns of a pupil to come."""

    key: str
    ages: tuple[int, int]
    topics: tuple[str, ...]
    texts: dict[str, str]
    deeds: tuple[Deed, ...]
    aims: tuple[Aim, ...]
    facility: str = ""


@cache
def stories() -> dict[str, Story]:
    """All stories by key."""
    folder = files("config.demo.region").joinpath("stories")
    rows = [
        row
        for name in TEXTS
        for row in tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))["story"]
    ]
    return {row["key"]: _story(row) for row in rows}


def _story(row: dict[str, Any]) -> Story:
    aims = tuple(Aim(**{**aim, "measure": Deed(**aim["measure"])}) for aim in row.pop("goal"))
    return Story(
        key=row.pop("key"),
        ages=tuple(row.pop("ages")),
        topics=tuple(row.pop("topics")),
        deeds=tuple(Deed(**deed) for deed in row.pop("deed")),
        aims=aims,
        facility=row.pop("facility", ""),
        texts=row,
    )


def words_for(student: Student) -> dict[str, str]:
    """The name and the pronouns with which a story is told about this pupil."""
    is_girl = student.gender == Gender.GIRL
    he, him, his = ("zij", "haar", "haar") if is_girl else ("hij", "hem", "zijn")
    return {
        "naam": student.first_name,
        "hij": he,
        "Hij": he.capitalize(),
        "hem": him,
        "zijn": his,
        "Zijn": his.capitalize(),
    }
