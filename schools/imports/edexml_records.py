"""Turns one EDEXML element into one record, with a warning for what is odd about it."""

import re
from collections.abc import Iterable

from lxml import etree

from schools.calendar import school_year_bounds
from schools.enums import Gender
from schools.imports.edexml_fields import (
    STAFF_ROLES,
    VERSIONS,
    YEAR_GROUPS,
    ElementReader,
    clean,
)
from schools.imports.records import (
    BrokenFile,
    CombinedGroupRecord,
    GroupRecord,
    SchoolHeader,
    SiteRecord,
    StaffRecord,
    StudentRecord,
)
from schools.imports.xml_stream import local_name

_BRIN = re.compile(r"(\d{2}[A-Z]{2})(\d{2})?")
_GENDERS = frozenset(gender.value for gender in Gender)


def header_record(fields: ElementReader) -> SchoolHeader:
    """The head of the file. Errors: BrokenFile without a readable school year."""
    school_year = fields.text("schooljaar")
    try:
        # The list of the schema ends with 2024-2025; any two consecutive years are accepted.
        school_year_bounds(school_year)
    except ValueError as error:
        raise BrokenFile(
            "Het schooljaar ontbreekt of is niet leesbaar.", line=fields.line
        ) from error
    brin = _BRIN.fullmatch(fields.text("brincode").upper())
    if fields.text("brincode") and brin is None:
        fields.warn("De BRIN-code heeft niet de vorm 99XX en is leeg gelaten.", kind="BRIN-code")
    version = fields.text("xsdversie")
    if version not in VERSIONS:
        fields.warn(
            "De versie is niet 2.0 of 2.1; het bestand is gelezen als 2.1.",
            kind="versie",
        )
    return SchoolHeader(
        school_year=school_year,
        reference_date=fields.day("peildatum"),
        brin=brin[1] if brin else "",
        branch_code=fields.text("dependancecode") or (brin and brin[2]) or "00",
        school_key=fields.text("schoolkey"),
        created_at=fields.moment("aanmaakdatum"),
        author=fields.text("auteur"),
        version=version,
    )


def group_record(fields: ElementReader) -> GroupRecord:
    """A group of the file."""
    year_group = fields.code("jaargroep", YEAR_GROUPS)
    return GroupRecord(key=fields.key(), name=_group_name(fields), year_group=year_group)


def combined_group_record(fields: ElementReader) -> CombinedGroupRecord:
    """A combined group of the file."""
    return CombinedGroupRecord(key=fields.key(), name=_group_name(fields))


def site_record(fields: ElementReader) -> SiteRecord:
    """A site of the file."""
    return SiteRecord(key=fields.key(), name=fields.text("naam"))


def _group_name(fields: ElementReader) -> str:
    name = fields.text("naam")
    if not name:
        fields.warn(
            "De groep heeft geen naam; de sleutel is als naam gebruikt.",
            kind="groep zonder naam",
        )
    return name or fields.key()


def student_record(fields: ElementReader) -> StudentRecord:
    """A pupil of the file, with a warning for every gap that someone will have to fill."""
    gender = fields.code("geslacht", _GENDERS)
    student = StudentRecord(
        key=fields.key(),
        line=fields.line,
        last_name=fields.text("achternaam"),
        prefix=fields.text("voorvoegsel"),
        given_names=fields.text("voornamen"),
        initials=fields.text("voorletters-1"),
        call_name=fields.text("roepnaam"),
        birth_date=fields.day("geboortedatum"),
        gender=Gender(gender) if gender else Gender.UNKNOWN,
        year_group=fields.code("jaargroep", YEAR_GROUPS),
        group_key=_reference(fields, "groep"),
        combined_group_keys=_references(fields, "samengestelde_groepen"),
        site_key=_reference(fields, "vestiging"),
        # Four digits tell the municipality; the letters would tell the street.
        postcode_area=fields.text("postcodenl")[:4],
        entry_date=fields.day("instroomdatum"),
        leave_date=fields.day("uitstroomdatum"),
    )
    _warn_about_gaps(student, fields)
    return student


def _warn_about_gaps(student: StudentRecord, fields: ElementReader) -> None:
    gaps = {
        "achternaam": not student.last_name,
        "roepnaam": not student.call_name,
        "geboortedatum": student.birth_date is None,
        "groep": not student.group_key and student.year_group != "H",
    }
    for name, is_absent in gaps.items():
        if is_absent:
            fields.warn(
                f"Leerling {student.key[:40]} heeft geen {name}.",
                kind=f"leerling zonder {name}",
            )


def staff_record(fields: ElementReader) -> StaffRecord:
    """Someone of the staff; roles of a group stand among the roles of the person."""
    person = StaffRecord(
        key=fields.key(),
        line=fields.line,
        last_name=fields.text("achternaam"),
        prefix=fields.text("voorvoegsel"),
        initials=fields.text("voorletters-1"),
        call_name=fields.text("roepnaam"),
        email=fields.text("emailadres"),
        roles=_roles(fields),
        group_keys=_references(fields, "groepen"),
    )
    if not person.last_name:
        fields.warn(
            f"Medewerker {person.key[:40]} heeft geen achternaam.",
            kind="medewerker zonder achternaam",
        )
    return person


def _roles(fields: ElementReader) -> tuple[str, ...]:
    roles = []
    container = fields.children.get("groepen")
    in_groups = container.iter("rol", "rolomschrijving") if container is not None else ()
    for element in (*fields.repeated, *in_groups):
        role = clean(element.text)
        if local_name(element) == "rol" and role not in STAFF_ROLES:
            fields.warn(
                "De rol van een medewerker heeft een onbekende code.",
                kind="onbekende rol",
            )
        elif role:
            roles.append(role)
    return tuple(dict.fromkeys(roles))


def _reference(fields: ElementReader, name: str) -> str:
    element = fields.children.get(name)
    return clean(element.get("key")) if element is not None else ""


def _references(fields: ElementReader, name: str) -> tuple[str, ...]:
    container = fields.children.get(name)
    children: Iterable[etree._Element] = container if container is not None else ()
    return tuple(dict.fromkeys(key for child in children if (key := clean(child.get("key")))))
