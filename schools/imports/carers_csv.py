"""Reads a CSV file with carers, as a school can export or type it."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, TypeVar

from schools.enums import CarerRelation, CustodyValue
from schools.imports.records import BrokenFile, Deviation, Severity

MAX_BYTES = 5 * 1024 * 1024
MAX_LENGTH = 200
REQUIRED = ("leerling_key", "voornaam", "achternaam", "relatie", "gezag")
OPTIONAL = ("gezag_sinds", "email", "telefoon", "taal", "woonplaats")
# Other headings people use for the same column.
ALIASES = {
    "gemeente": "woonplaats",
    "woongemeente": "woonplaats",
    "e_mail": "email",
    "leerlingsleutel": "leerling_key",
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{8,18}")
_DATE_FORMS = ("%Y-%m-%d", "%d-%m-%Y")
CUSTODY_WORDS = {choice.label: choice for choice in CustodyValue}
RELATION_WORDS = {choice.label: choice for choice in CarerRelation} | {
    "anders": CarerRelation.OTHER
}
_Choice = TypeVar("_Choice", CustodyValue, CarerRelation)


@dataclass(frozen=True, kw_only=True)
class CarerRecord:
    """One carer of one pupil; empty text and None mean: not in the file."""

    line: int
    student_key: str
    first_name: str
    last_name: str
    relation: CarerRelation
    custody: CustodyValue
    custody_since: date | None = None
    email: str = ""
    phone: str = ""
    language: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class CarersFile:
    """The carers that can be read; every other line stands in the deviations."""

    carers: tuple[CarerRecord, ...]
    deviations: tuple[Deviation, ...]


class _UnreadableLine(ValueError):
    """A line that cannot become a carer; the message is Dutch."""


def read_carers(stream: BinaryIO) -> CarersFile:
    """Read carers from a CSV file with ; or , between the columns, in UTF-8 or Windows-1252.

    Shape:  one record per readable line; lines with a mistake are left out and named in the deviations.
    Errors: BrokenFile when the file is too large, is no text, or lacks a required column.
    """
    rows = _rows(_decode(stream))
    heading = next(rows, (0, []))[1]
    columns = [_column(cell) for cell in heading]
    if lacking := [name for name in REQUIRED if name not in columns]:
        raise BrokenFile(
            f"De kolom {lacking[0]} ontbreekt. Nodig zijn: {', '.join(REQUIRED)}.",
            line=1,
        )
    carers: list[CarerRecord] = []
    deviations = list(_unknown_columns(columns))
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in rows:
        try:
            carer = _carer(dict(zip(columns, cells, strict=False)), line=line)
            _refuse_double(carer, seen)
        except _UnreadableLine as error:
            deviations.append(
                Deviation(line, f"Deze regel is overgeslagen: {error}", Severity.WARNING)
            )
            continue
        if carer.custody == CustodyValue.YES and carer.custody_since is None:
            deviations.append(
                Deviation(
                    line,
                    "Het gezag heeft geen datum; het telt pas mee als die er is.",
                    Severity.WARNING,
                )
            )
        carers.append(carer)
    return CarersFile(tuple(carers), tuple(deviations))


def write_carers(stream: BinaryIO, carers: Iterable[CarerRecord]) -> None:
    """Write carers as a file that `read_carers` reads back: only the columns we keep."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(REQUIRED + OPTIONAL)
    for carer in carers:
        since = carer.custody_since.isoformat() if carer.custody_since else ""
        person = (carer.student_key, carer.first_name, carer.last_name)
        answers = (carer.relation.label, carer.custody.label, since)
        contact = (carer.email, carer.phone, carer.language, carer.municipality)
        writer.writerow((*person, *answers, *contact))
    stream.write(text.getvalue().encode())


def _decode(stream: BinaryIO) -> str:
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BrokenFile(f"Het bestand is groter dan {MAX_BYTES // (1024 * 1024)} MB.")
    if b"\0" in content:
        raise BrokenFile("Dit is geen CSV-bestand. Kies in uw rekenblad voor opslaan als CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on a Dutch Windows writes this; five byte values have no meaning in it.
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line that is not empty."""
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") >= first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise BrokenFile(
            "Het bestand is hier niet leesbaar als CSV.", line=reader.line_num
        ) from error


def _column(heading: str) -> str:
    name = re.sub(r"[^a-z]+", "_", heading.strip().lower()).strip("_")
    return ALIASES.get(name, name)


def _unknown_columns(columns: Iterable[str]) -> Iterator[Deviation]:
    unknown = sum(name not in REQUIRED + OPTIONAL for name in columns)
    if unknown:
        yield Deviation(1, f"Kolommen die niet bewaard worden: {unknown}.", Severity.NOTICE)


def _carer(cells: dict[str, str], *, line: int) -> CarerRecord:
    values = {name: _clean(cells.get(name, "")) for name in REQUIRED + OPTIONAL}
    for name, value in values.items():
        if len(value) > MAX_LENGTH:
            raise _UnreadableLine(f"{name} is langer dan {MAX_LENGTH} tekens.")
    for name in ("leerling_key", "achternaam"):
        if not values[name]:
            raise _UnreadableLine(f"{name} is leeg.")
    return CarerRecord(
        line=line,
        student_key=values["leerling_key"],
        first_name=values["voornaam"],
        last_name=values["achternaam"],
        relation=_choice(RELATION_WORDS, values["relatie"], name="relatie"),
        custody=_choice(CUSTODY_WORDS, values["gezag"] or CustodyValue.UNKNOWN.label, name="gezag"),
        custody_since=_day(values["gezag_sinds"]),
        email=_matching(_EMAIL, values["email"], name="email"),
        phone=_matching(_PHONE, values["telefoon"], name="telefoon"),
        language=values["taal"],
        municipality=values["woonplaats"],
    )


def _choice(words: dict[str, _Choice], value: str, *, name: str) -> _Choice:
    try:
        return words[value.lower()]
    except KeyError as error:
        raise _UnreadableLine(f"bij {name} kan alleen staan: {', '.join(words)}.") from error


def _day(value: str) -> date | None:
    for form in _DATE_FORMS if value else ():
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    if value:
        raise _UnreadableLine("gezag_sinds is geen datum zoals 31-12-2020 of 2020-12-31.")
    return None


def _matching(pattern: re.Pattern[str], value: str, *, name: str) -> str:
    if value and not pattern.fullmatch(value):
        raise _UnreadableLine(f"{name} is niet geldig.")
    return value


def _refuse_double(carer: CarerRecord, seen: dict[tuple[str, ...], int]) -> None:
    identity = (
        carer.student_key,
        carer.first_name.casefold(),
        carer.last_name.casefold(),
    )
    first_line = seen.setdefault(identity, carer.line)
    if first_line != carer.line:
        raise _UnreadableLine(f"deze verzorger staat al op regel {first_line}.")


def _clean(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())
