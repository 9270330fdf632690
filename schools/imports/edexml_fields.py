"""The shape of EDEXML 2.0 and 2.1 as tables, and the reader of one element against them.

Source: official schemas 2.0 and 2.1, standards 4.1.
"""

import re
import unicodedata
from datetime import date, datetime

from lxml import etree

from schools.imports.deviations import DeviationLog
from schools.imports.records import BrokenFile
from schools.imports.xml_stream import local_name

MAX_KEY_LENGTH = 256
YEAR_GROUPS = frozenset("BD012345678SVCNH") | frozenset(str(year) for year in range(11, 17))
# One word per role, as the schema codes them.
_ROLE_CODES = "ADJ ADM CON DIR ICT IB KLA LRK LOS LOC OWA OUD RT SMW STA TAL VAK"
STAFF_ROLES = frozenset(_ROLE_CODES.split())
VERSIONS = frozenset({"2.0", "2.1"})
SECTIONS = ("school", "vestigingen", "groepen", "leerlingen", "leerkrachten")

_NAMES = "achternaam voorvoegsel voornamen voorletters-1 roepnaam "
_END = " toevoegingen mutatiedatum"
# The fields of each element in the order the schema asks for.
ORDERS: dict[str, tuple[str, ...]] = {
    kind: tuple(fields.split())
    for kind, fields in {
        "school": "schooljaar peildatum brincode instellingsnummer dependancecode schoolkey aanmaakdatum auteur"
        " xsdversie commentaar toevoegingen",
        "vestiging": "naam omschrijving mutatiedatum",
        "groep": "naam jaargroep omschrijving" + _END,
        "samengestelde_groep": "naam omschrijving" + _END,
        "leerling": _NAMES
        + "geboortedatum geslacht start_ondw_jgr3 jaargroep groep samengestelde_groepen vestiging"
        " gebruikersnaam emailadres fotourl etniciteit land land_vader land_moeder"
        " sofinummer bsn onderwijsnummer bsn_ondwnr-4 rijksregisternummer gewicht_nieuw gewicht"
        " postcodenl postnummerbe postcodeoverig instroomdatum uitstroomdatum" + _END,
        "leerkracht": _NAMES + "gebruikersnaam emailadres rol rolomschrijving groepen" + _END,
    }.items()
}
# Names of older programs for a field of today.
OLD_NAMES = {"tussenvoegsel": "voorvoegsel"}
REPEATABLE = frozenset({"rol", "rolomschrijving"})
# Fields that never enter the product; each is counted and its value is not looked at.
_DROPPED_OF_STUDENT = (
    "start_ondw_jgr3 gebruikersnaam emailadres fotourl etniciteit land land_vader land_moeder sofinummer bsn"
    " onderwijsnummer bsn_ondwnr-4 rijksregisternummer gewicht_nieuw gewicht"
)
DROPPED: dict[str, frozenset[str]] = {
    "leerling": frozenset(_DROPPED_OF_STUDENT.split()),
    "leerkracht": frozenset({"voornamen", "gebruikersnaam"}),
}
DROPPED_EVERYWHERE = frozenset({"toevoegingen", "eckid"})
# Longest value of the schema; longer values are kept whole and reported.
MAX_LENGTHS = {
    "achternaam": 200,
    "voorvoegsel": 10,
    "voornamen": 200,
    "voorletters-1": 6,
    "roepnaam": 64,
    "naam": 64,
}
DUTCH_KINDS = {
    "school": "de school",
    "vestiging": "een vestiging",
    "groep": "een groep",
    "samengestelde_groep": "een samengestelde groep",
    "leerling": "een leerling",
    "leerkracht": "een medewerker",
}


class ElementReader:
    """One element of a known kind: its kept fields, each deviation noted in the log."""

    def __init__(self, element: etree._Element, *, kind: str, log: DeviationLog) -> None:
        self.element = element
        self.kind = kind
        self.line = element.sourceline or 0
        self.log = log
        self.children: dict[str, etree._Element] = {}
        self.repeated: list[etree._Element] = []
        self._sort_attributes()
        self._sort_children(list(element))

    @classmethod
    def of_fields(
        cls, fields: list[etree._Element], *, kind: str, log: DeviationLog
    ) -> "ElementReader":
        """A reader over loose fields, as the head of the file is read."""
        holder = etree.Element(kind)
        reader = cls(holder, kind=kind, log=log)
        reader.line = fields[0].sourceline or 0
        reader._sort_children(fields)
        return reader

    def key(self) -> str:
        """The key of the element. Errors: BrokenFile when absent, empty or too long."""
        key = clean(self.element.get("key"))
        if not key:
            raise BrokenFile(
                f"Bij {DUTCH_KINDS[self.kind]} ontbreekt de sleutel (key).",
                line=self.line,
            )
        if len(key) > MAX_KEY_LENGTH:
            raise BrokenFile(f"De sleutel is langer dan {MAX_KEY_LENGTH} tekens.", line=self.line)
        return key

    def text(self, name: str) -> str:
        """The text of a field in one line, "" when absent."""
        child = self.children.get(name)
        value = clean(child.text) if child is not None else ""
        if child is not None and len(value) > MAX_LENGTHS.get(name, MAX_KEY_LENGTH):
            self.log.note(
                f"Het veld {name} is langer dan EDEXML toestaat.",
                line=child.sourceline or 0,
                kind=f"het veld {name} is te lang",
            )
        return value

    def code(self, name: str, allowed: frozenset[str]) -> str:
        """A code out of a list, "" and a warning for another one."""
        value = self.text(name)
        if value and value not in allowed:
            self._unreadable(name, "heeft een onbekende code")
            return ""
        return value

    def day(self, name: str) -> date | None:
        """A date, None when absent; None and a warning when it is no date."""
        value = self.text(name)
        try:
            # A time zone behind a date is allowed by XML and says nothing here.
            return date.fromisoformat(value[:10]) if value else None
        except ValueError:
            self._unreadable(name, "is geen geldige datum")
            return None

    def moment(self, name: str) -> datetime | None:
        """A date with time as written in the file, None when absent; None and a warning when unreadable."""
        value = self.text(name)
        try:
            return datetime.fromisoformat(value) if value else None
        except ValueError:
            self._unreadable(name, "is geen geldig tijdstip")
            return None

    def warn(self, text: str, *, kind: str) -> None:
        """Note a deviation at the line of this element."""
        self.log.note(text, line=self.line, kind=kind)

    def _unreadable(self, name: str, what: str) -> None:
        line = self.children[name].sourceline or 0
        self.log.note(
            f"Het veld {name} {what} en is leeg gelaten.",
            line=line,
            kind=f"het veld {name} {what}",
        )

    def _sort_attributes(self) -> None:
        for name in self.element.attrib:
            if name in DROPPED_EVERYWHERE:
                self.log.drop(str(name), line=self.line)

    def _sort_children(self, children: list[etree._Element]) -> None:
        order = ORDERS[self.kind]
        furthest = 0
        for child in children:
            name = OLD_NAMES.get(local_name(child), local_name(child))
            line = child.sourceline or 0
            if name not in order:
                self.log.note(
                    f"Het element {name[:40]} is onbekend bij {DUTCH_KINDS[self.kind]} en is overgeslagen.",
                    line=line,
                    kind=f"onbekend element bij {DUTCH_KINDS[self.kind]}",
                )
                continue
            place = order.index("rol" if name in REPEATABLE else name)
            if place < furthest:
                self.log.note(
                    f"Het element {name} staat niet op de plaats die EDEXML voorschrijft.",
                    line=line,
                    kind=f"het element {name} staat op een andere plaats",
                )
            furthest = max(furthest, place)
            self._keep(child, name=name, line=line)

    def _keep(self, child: etree._Element, *, name: str, line: int) -> None:
        if name in DROPPED_EVERYWHERE or name in DROPPED.get(self.kind, ()):
            self.log.drop(name, line=line)
        elif name in REPEATABLE:
            self.repeated.append(child)
        elif name in self.children:
            self.log.note(
                f"Het element {name} komt twee keer voor; het eerste geldt.",
                line=line,
                kind=f"het element {name} komt twee keer voor",
            )
        else:
            self.children[name] = child


def clean(text: str | None) -> str:
    """Text in one line, composed letters, without spaces around it."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "")).strip()
