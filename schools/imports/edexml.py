"""Reads an EDEXML file of a school, versions 2.0 and 2.1, as administration systems really write it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import BinaryIO, Protocol, TypeVar

from lxml import etree

from schools.imports.deviations import DeviationLog
from schools.imports.edexml_fields import SECTIONS, ElementReader
from schools.imports.edexml_records import (
    combined_group_record,
    group_record,
    header_record,
    site_record,
    staff_record,
    student_record,
)
from schools.imports.records import (
    BrokenFile,
    CombinedGroupRecord,
    EdexmlFile,
    GroupRecord,
    SchoolHeader,
    SiteRecord,
    StaffRecord,
    StudentRecord,
)
from schools.imports.xml_stream import MAX_BYTES, LimitedStream, elements, local_name

PROGRESS_STEP = 50
_RECORD_LEVEL = 2
_SECTION_OF = {
    "vestiging": "vestigingen",
    "groep": "groepen",
    "samengestelde_groep": "groepen",
    "leerling": "leerlingen",
    "leerkracht": "leerkrachten",
}


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Record = TypeVar("_Record", bound=_Keyed)


def read_edexml(
    stream: BinaryIO,
    *,
    on_progress: Callable[[int], None] | None = None,
    max_bytes: int = MAX_BYTES,
) -> EdexmlFile:
    """Read a whole EDEXML file; what we may not keep is never looked at.

    Shape:  the records in file order, every group reference resolved, and the deviations with line numbers.
            `on_progress` hears how many pupils have been read, every fifty and at the end.
    Units:  `max_bytes` in bytes.
    Errors: BrokenFile, in Dutch with the line, when the file cannot be imported at all.
    Source: standards 4.1.
    """
    limited = LimitedStream(stream, max_bytes=max_bytes)
    reading = _Reading(on_progress or (lambda count: None))
    for element in elements(limited, root="EDEX", depth=_RECORD_LEVEL):
        reading.take(element)
    return reading.finish(sha256=limited.sha256())


class _Reading:
    """The file as far as it has been read."""

    def __init__(self, on_progress: Callable[[int], None]) -> None:
        self.log = DeviationLog()
        self.on_progress = on_progress
        self.header: SchoolHeader | None = None
        self.header_fields: list[etree._Element] = []
        self.furthest_section = 0
        self.sites: dict[str, SiteRecord] = {}
        self.groups: dict[str, GroupRecord] = {}
        self.combined_groups: dict[str, CombinedGroupRecord] = {}
        self.students: dict[str, StudentRecord] = {}
        self.staff: dict[str, StaffRecord] = {}

    def take(self, element: etree._Element) -> None:
        """Handle one record, or one field of the head of the file."""
        parent = element.getparent()
        section = local_name(parent) if parent is not None else ""
        kind = local_name(element)
        line = element.sourceline or 0
        self._check_section(section, line=line)
        if section == "school":
            self._take_header_field(element)
        elif _SECTION_OF.get(kind) == section:
            self._take_record(ElementReader(element, kind=kind, log=self.log))
        else:
            self.log.note(
                f"Het element {kind[:40]} is onbekend en is overgeslagen.",
                line=line,
                kind="onbekend element",
            )

    def finish(self, *, sha256: str) -> EdexmlFile:
        """Check what can only be checked at the end and give the whole file."""
        if not self.header_fields:
            raise BrokenFile("De gegevens van de school ontbreken bovenaan het bestand.")
        header = header_record(
            ElementReader.of_fields(self.header_fields, kind="school", log=self.log)
        )
        if not self.students:
            raise BrokenFile("Er staan geen leerlingen in het bestand.")
        students = tuple(self._resolve(student) for student in self.students.values())
        staff = tuple(self._resolve_staff(person) for person in self.staff.values())
        self.on_progress(len(students))
        return EdexmlFile(
            school=header,
            sites=tuple(self.sites.values()),
            groups=tuple(self.groups.values()),
            combined_groups=tuple(self.combined_groups.values()),
            students=students,
            staff=staff,
            deviations=self.log.result(),
            sha256=sha256,
        )

    def _check_section(self, section: str, *, line: int) -> None:
        if section not in SECTIONS:
            return
        place = SECTIONS.index(section)
        if place < self.furthest_section:
            self.log.note(
                f"Het onderdeel {section} staat niet op de plaats die EDEXML voorschrijft.",
                line=line,
                kind=f"het onderdeel {section} staat op een andere plaats",
            )
        self.furthest_section = max(self.furthest_section, place)

    def _take_header_field(self, element: etree._Element) -> None:
        name = local_name(element)
        if name == "schooljaar" and any(local_name(seen) == name for seen in self.header_fields):
            raise BrokenFile(
                "Het bestand bevat meer dan één school. Exporteer per school een bestand.",
                line=element.sourceline or 0,
            )
        self.header_fields.append(_copy(element))

    def _take_record(self, fields: ElementReader) -> None:
        if fields.kind == "vestiging":
            _add(
                self.sites,
                site_record(fields),
                fields,
            )
        elif fields.kind == "groep":
            _add(self.groups, group_record(fields), fields, others=self.combined_groups)
        elif fields.kind == "samengestelde_groep":
            combined = combined_group_record(fields)
            _add(self.combined_groups, combined, fields, others=self.groups)
        elif fields.kind == "leerling":
            _add(self.students, student_record(fields), fields)
            if len(self.students) % PROGRESS_STEP == 0:
                self.on_progress(len(self.students))
        else:
            _add(self.staff, staff_record(fields), fields)

    def _resolve(self, student: StudentRecord) -> StudentRecord:
        """Check the references of a pupil; a reference of the wrong type is read as what it points to."""
        wanted = [student.group_key] if student.group_key else []
        for key in (*wanted, *student.combined_group_keys):
            if key not in self.groups and key not in self.combined_groups:
                raise BrokenFile(
                    f"De leerling verwijst naar groep {key[:40]}, die niet in het bestand staat.",
                    line=student.line,
                )
        if student.group_key in self.combined_groups:
            self._warn_type(student.line)
            student = replace(
                student,
                group_key="",
                combined_group_keys=(*student.combined_group_keys, student.group_key),
            )
        if any(key in self.groups for key in student.combined_group_keys):
            self._warn_type(student.line)
            kept = tuple(key for key in student.combined_group_keys if key in self.combined_groups)
            group = next(key for key in student.combined_group_keys if key in self.groups)
            student = replace(
                student, combined_group_keys=kept, group_key=student.group_key or group
            )
        if student.site_key and student.site_key not in self.sites:
            self.log.note(
                "De leerling verwijst naar een vestiging die niet in het bestand staat.",
                line=student.line,
                kind="verwijzing naar een onbekende vestiging",
            )
            student = replace(student, site_key="")
        return student

    def _resolve_staff(self, person: StaffRecord) -> StaffRecord:
        known = tuple(
            key for key in person.group_keys if key in self.groups or key in self.combined_groups
        )
        if known != person.group_keys:
            self.log.note(
                "De medewerker verwijst naar een groep die niet in het bestand staat.",
                line=person.line,
                kind="medewerker met een onbekende groep",
            )
        return replace(person, group_keys=known)

    def _warn_type(self, line: int) -> None:
        self.log.note(
            "De verwijzing naar een groep heeft het verkeerde type (groep of samengestelde groep).",
            line=line,
            kind="verwijzing van het verkeerde type",
        )


def _add(
    known: dict[str, _Record],
    record: _Record,
    fields: ElementReader,
    *,
    others: Iterable[str] = (),
) -> None:
    if record.key in known or record.key in others:
        kind = fields.kind.replace("_", " ")
        raise BrokenFile(
            f"De sleutel {record.key[:40]} komt twee keer voor ({kind}).",
            line=fields.line,
        )
    known[record.key] = record


def _copy(element: etree._Element) -> etree._Element:
    """A copy that outlives the streaming, with its line number."""
    copy = etree.Element(element.tag)
    copy.text = element.text
    copy.sourceline = element.sourceline
    return copy
