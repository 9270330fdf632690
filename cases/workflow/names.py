"""Words in a text by which a pupil could be recognised: a question without a name names nobody."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from cases.queries.facts import CaseFacts
from schools.models.student import PersonName

# Shorter parts (van, de, el) are words of their own.
_SHORTEST = 3
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?<!\w)(?:\+31|0)[\d\s\-()]{8,}\d")
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"


def identifying(text: str, facts: CaseFacts) -> list[str]:
    """Find names of pupil and carers, the birth date, and addresses of any kind.

    Shape:  the words as they stand in the text, each once; empty when it names nobody.
    """
    found = [match[0].strip() for match in _ADDRESS.finditer(text)]
    plain = _plain(text)
    people: list[PersonName] = [facts.case.student, *(fact.carer for fact in facts.carers)]
    patterns = [re.escape(part) for person in people for part in _parts(person)]
    born = facts.case.student.birth_date
    patterns += list(_dates(born)) if born else []
    for pattern in patterns:
        for match in re.finditer(rf"(?<!\w){pattern}(?:s|'s|’s)?(?!\w)", plain):
            found.append(text[match.start() : match.end()])
    return list(dict.fromkeys(found))


def _parts(person: PersonName) -> Iterator[str]:
    """First names, and the last name as a whole and in its parts."""
    whole = _plain(person.last_name)
    for part in {whole, *whole.split(), *re.split(r"[\s-]+", _plain(person.first_name))}:
        if len(part) >= _SHORTEST or part == _plain(person.first_name) != "":
            yield part


def _dates(born: date) -> Iterator[str]:
    month = _MONTHS.split()[born.month - 1]
    yield rf"0?{born.day}[-/. ]0?{born.month}[-/. ](?:{born.year}|{born.year % 100:02d})"
    yield rf"{born.day} (?:{month}|{month[:3]})\.? {born.year}"
    yield rf"{born.year}-{born.month:02d}-{born.day:02d}"


def _plain(text: str) -> str:
    """Lower case without accents, letter by letter, so that places in the text stay the same."""
    return "".join(
        unicodedata.normalize("NFKD", letter)[0].lower() if letter.strip() else " "
        for letter in text
    )
