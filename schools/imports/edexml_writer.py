"""Writes records as a valid EDEXML 2.1 file, in the order the schema asks for."""

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from lxml import etree

from schools.imports.edexml_fields import STAFF_ROLES
from schools.imports.records import EdexmlFile, SchoolHeader, StaffRecord, StudentRecord

Fields = Iterable[tuple[str, str | date | None]]


def write_records(stream: BinaryIO, content: EdexmlFile) -> None:
    """Write a file that `read_edexml` reads back to the same records.

    Source: official schema 2.1; school years beyond its list are written as they are.
    """
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("EDEX"):
            file.write(_element("school", _header(content.school)), pretty_print=True)
            for name, records in _sections(content):
                if records:
                    section = etree.Element(name)
                    section.extend(records)
                    file.write(section, pretty_print=True)


def _sections(content: EdexmlFile) -> Iterable[tuple[str, list[etree._Element]]]:
    yield (
        "vestigingen",
        [_element("vestiging", [("naam", site.name)], key=site.key) for site in content.sites],
    )
    groups = [
        _element(
            "groep",
            [("naam", group.name), ("jaargroep", group.year_group)],
            key=group.key,
        )
        for group in content.groups
    ]
    combined = [
        _element("samengestelde_groep", [("naam", group.name)], key=group.key)
        for group in content.combined_groups
    ]
    yield "groepen", groups + combined
    yield "leerlingen", [_student(student) for student in content.students]
    combined_keys = {group.key for group in content.combined_groups}
    yield (
        "leerkrachten",
        [_staff(person, combined_keys=combined_keys) for person in content.staff],
    )


def _header(school: SchoolHeader) -> Fields:
    return (
        ("schooljaar", school.school_year),
        ("peildatum", school.reference_date),
        ("brincode", school.brin),
        ("dependancecode", school.branch_code if school.brin else ""),
        ("schoolkey", school.school_key),
        ("aanmaakdatum", school.created_at.isoformat() if school.created_at else ""),
        ("auteur", school.author),
        ("xsdversie", school.version),
    )


def _student(student: StudentRecord) -> etree._Element:
    gender = student.gender.value
    element = _element("leerling", _names(student), key=student.key)
    _extend(
        element,
        (
            ("geboortedatum", student.birth_date),
            ("geslacht", gender),
            ("jaargroep", student.year_group),
        ),
    )
    if student.group_key:
        etree.SubElement(element, "groep", key=student.group_key)
    if student.combined_group_keys:
        combined = etree.SubElement(element, "samengestelde_groepen")
        for key in student.combined_group_keys:
            etree.SubElement(combined, "samengestelde_groep", key=key)
    if student.site_key:
        etree.SubElement(element, "vestiging", key=student.site_key)
    # The schema wants letters; these two say nothing about the street.
    postcode = f"{student.postcode_area}AA" if student.postcode_area else ""
    _extend(
        element,
        (
            ("postcodenl", postcode),
            ("instroomdatum", student.entry_date),
            ("uitstroomdatum", student.leave_date),
        ),
    )
    return element


def _staff(person: StaffRecord, *, combined_keys: set[str]) -> etree._Element:
    element = _element("leerkracht", _names(person), key=person.key)
    _extend(element, [("emailadres", person.email)])
    for role in person.roles:
        _extend(element, [("rol" if role in STAFF_ROLES else "rolomschrijving", role)])
    if person.group_keys:
        groups = etree.SubElement(element, "groepen")
        for key in person.group_keys:
            etree.SubElement(
                groups,
                "samengestelde_groep" if key in combined_keys else "groep",
                key=key,
            )
    return element


def _names(person: StudentRecord | StaffRecord) -> Fields:
    return (
        ("achternaam", person.last_name),
        ("voorvoegsel", person.prefix),
        ("voornamen", person.given_names if isinstance(person, StudentRecord) else ""),
        ("voorletters-1", person.initials),
        ("roepnaam", person.call_name),
    )


def _element(name: str, fields: Fields, *, key: str = "") -> etree._Element:
    element = etree.Element(name, {"key": key} if key else {})
    _extend(element, fields)
    return element


def _extend(element: etree._Element, fields: Fields) -> None:
    """Append a child for every field that has a value."""
    for name, value in fields:
        if value:
            etree.SubElement(element, name).text = (
                value.isoformat() if isinstance(value, date) else value
            )
