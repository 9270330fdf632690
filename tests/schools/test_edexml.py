"""EDEXML as it comes: valid, odd, old, broken, hostile."""

import io
from datetime import date
from pathlib import Path

import pytest

from schools.enums import Gender
from schools.imports.edexml import read_edexml
from schools.imports.records import BrokenFile, EdexmlFile, Severity

SAMPLES = Path(__file__).parent / "samples"
OFFICIAL = Path(__file__).parents[3] / "shared" / "data" / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml"

HEAD = "<school><schooljaar>2026-2027</schooljaar><brincode>99ZZ</brincode><xsdversie>2.1</xsdversie></school>"
GROUPS = '<groepen><groep key="G1"><naam>3</naam><jaargroep>3</jaargroep></groep></groepen>'
PUPIL = (
    '<leerling key="L1"><achternaam>Mol</achternaam><roepnaam>Puck</roepnaam>'
    "<geboortedatum>2019-12-01</geboortedatum><jaargroep>3</jaargroep>"
    '<groep key="G1"/></leerling>'
)


def edex(body: str) -> io.BytesIO:
    return io.BytesIO(f'<?xml version="1.0" encoding="UTF-8"?>\n<EDEX>\n{body}\n</EDEX>'.encode())


def school_with(pupils: str, *, head: str = HEAD, groups: str = GROUPS) -> io.BytesIO:
    return edex(f"{head}\n{groups}\n<leerlingen>\n{pupils}\n</leerlingen>")


def read_sample(name: str) -> EdexmlFile:
    with (SAMPLES / name).open("rb") as stream:
        return read_edexml(stream)


def warnings(content: EdexmlFile) -> list[tuple[int, str]]:
    return [
        (found.line, found.text)
        for found in content.deviations
        if found.severity == Severity.WARNING
    ]


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official example is not here")
def test_official_example() -> None:
    with OFFICIAL.open("rb") as stream:
        content = read_edexml(stream)
    assert content.school.school_year == "2014-2015"
    assert [student.has_left(on=date(2014, 10, 1)) for student in content.students] == [
        False,
        False,
        True,
    ]
    assert content.students[0].combined_group_keys == ("sg1", "sg2")
    assert content.students[1].given_names == "Ismaël Hassan"
    assert content.students[2].prefix == "van 't"
    assert [
        len(content.sites),
        len(content.groups),
        len(content.combined_groups),
        len(content.staff),
    ] == [2, 5, 3, 3]
    assert content.staff[2].roles == ("STA", "OWA")
    assert warnings(content) == [
        (77, "Leerling 00001 heeft geen achternaam."),
        (91, "Leerling 00002 heeft geen roepnaam."),
        (91, "Leerling 00002 heeft geen geboortedatum."),
        (91, "Leerling 00002 heeft geen groep."),
        (155, "Medewerker LK3 heeft geen achternaam."),
    ]
    assert not any(
        "133456785" in repr(part) or "2731" in repr(part) for part in (content, content.deviations)
    )


def test_old_version_with_tussenvoegsel_and_long_brin() -> None:
    content = read_sample("old-2.0.xml")
    assert (
        content.school.version,
        content.school.brin,
        content.school.branch_code,
    ) == (
        "2.0",
        "99ZZ",
        "01",
    )
    assert content.students[0].prefix == "van den"
    assert content.deviations == ()


def test_odd_file_is_read_with_a_warning_per_oddity() -> None:
    content = read_sample("odd-2.1.xml")
    noor, zoe = content.students
    assert (noor.first_name, noor.prefix, noor.gender, noor.postcode_area) == (
        "Noor",
        "van",
        Gender.GIRL,
        "3131",
    )
    assert (zoe.last_name, zoe.birth_date, zoe.year_group, zoe.site_key) == (
        "El Idrissi",
        None,
        "",
        "",
    )
    assert (zoe.group_key, zoe.combined_group_keys) == ("", ("SG1",))
    assert (content.staff[0].roles, content.staff[0].group_keys) == (
        ("IB", "LRK"),
        ("G5",),
    )
    texts = [text for _, text in warnings(content)]
    for expected in (
        "Het element achternaam staat niet op de plaats die EDEXML voorschrijft.",
        "Het veld geboortedatum is geen geldige datum en is leeg gelaten.",
        "Het veld jaargroep heeft een onbekende code en is leeg gelaten.",
        "Het element lievelingsdier is onbekend bij een leerling en is overgeslagen.",
        "Het onderdeel groepen staat niet op de plaats die EDEXML voorschrijft.",
        "De verwijzing naar een groep heeft het verkeerde type (groep of samengestelde groep).",
        "De leerling verwijst naar een vestiging die niet in het bestand staat.",
        "De rol van een medewerker heeft een onbekende code.",
        "De medewerker verwijst naar een groep die niet in het bestand staat.",
    ):
        assert expected in texts
    assert all(line > 0 for line, _ in warnings(content))


def test_fields_we_may_not_keep_are_counted_without_values() -> None:
    content = read_sample("odd-2.1.xml")
    notices = [found.text for found in content.deviations if found.severity == Severity.NOTICE]
    assert notices == [
        "Het veld eckid wordt niet bewaard (1 keer gevonden).",
        "Het veld bsn wordt niet bewaard (1 keer gevonden).",
    ]
    assert "000000000" not in repr(content)
    assert "3131AB" not in repr(content)


@pytest.mark.parametrize("school_year", ["1999-2000", "2024-2025", "2025-2026", "2031-2032"])
def test_any_two_consecutive_years_are_a_school_year(school_year: str) -> None:
    content = read_edexml(school_with(PUPIL, head=HEAD.replace("2026-2027", school_year)))
    assert content.school.school_year == school_year
    assert content.deviations == ()


@pytest.mark.parametrize(
    ("stream", "line", "text"),
    [
        (edex(f"{HEAD}<leerlingen>"), 4, "beschadigd"),
        (io.BytesIO(b""), 0, "beschadigd"),
        (io.BytesIO(b"leerling;naam\n1;Puck"), 1, "beschadigd"),
        (io.BytesIO(b"<html><body/></html>"), 1, "geen EDEXML"),
        (edex(""), 0, "gegevens van de school ontbreken"),
        (edex(HEAD), 0, "geen leerlingen"),
        (
            school_with(PUPIL, head=HEAD.replace("2026-2027", "2026-2028")),
            3,
            "schooljaar",
        ),
        (school_with(PUPIL, head=HEAD + HEAD), 3, "meer dan één school"),
        (school_with(PUPIL.replace(' key="L1"', "")), 6, "sleutel"),
        (school_with(PUPIL.replace("L1", "x" * 257)), 6, "langer dan 256"),
        (school_with(PUPIL + "\n" + PUPIL), 7, "komt twee keer voor"),
        (school_with(PUPIL, groups=""), 6, "groep G1"),
        (
            school_with(
                PUPIL,
                groups=GROUPS.replace("</groepen>", '<samengestelde_groep key="G1"/></groepen>'),
            ),
            4,
            "komt twee keer voor",
        ),
    ],
)
def test_broken_file_says_in_dutch_what_and_where(stream: io.BytesIO, line: int, text: str) -> None:
    with pytest.raises(BrokenFile, match=text) as caught:
        read_edexml(stream)
    assert caught.value.line == line
    assert caught.value.text.endswith(".")
    assert not line or caught.value.text.startswith(f"Regel {line}: ")


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE EDEX>",
        '<!DOCTYPE EDEX [<!ENTITY naam SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE EDEX SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE EDEX [<!ENTITY % buiten SYSTEM "file:///etc/passwd"> %buiten;]>',
        f'<!DOCTYPE EDEX [<!ENTITY a0 "x">{BOMB}]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctype_is_refused(doctype: str, encoding: str) -> None:
    body = f"{doctype}<EDEX naam='&a9;'>{HEAD}{GROUPS}<leerlingen>{PUPIL}</leerlingen></EDEX>"
    if "a9" not in doctype:
        body = body.replace("&a9;", "")
    with pytest.raises(BrokenFile):
        read_edexml(
            io.BytesIO(f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding))
        )


def test_unknown_entity_is_refused() -> None:
    with pytest.raises(BrokenFile, match="beschadigd"):
        read_edexml(school_with(PUPIL.replace("Puck", "&puck;")))


def test_file_above_the_limit_is_refused() -> None:
    with pytest.raises(BrokenFile, match="groter dan 1 MB"):
        read_edexml(school_with(PUPIL + " " * 1024 * 1024), max_bytes=1024 * 1024)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(BrokenFile, match="te diep genest"):
        read_edexml(school_with(PUPIL + "<a>" * 30 + "</a>" * 30))


def test_a_namespace_does_not_matter() -> None:
    text = (
        school_with(PUPIL)
        .getvalue()
        .replace(b"<EDEX>", b'<EDEX xmlns="http://www.edustandaard.example/edexml">')
    )
    assert len(read_edexml(io.BytesIO(text)).students) == 1


def test_many_equal_deviations_are_summed_up() -> None:
    pupils = "\n".join(
        f'<leerling key="L{n}"><roepnaam>Puck</roepnaam></leerling>' for n in range(25)
    )
    texts = [text for _, text in warnings(read_edexml(school_with(pupils)))]
    assert sum("heeft geen achternaam" in text for text in texts) == 10
    assert "En nog 15 keer: leerling zonder achternaam." in texts


def test_line_numbers_stay_right_in_a_long_file() -> None:
    content = read_edexml(
        school_with("\n" * 70_000 + PUPIL.replace("<achternaam>Mol</achternaam>", ""))
    )
    assert warnings(content) == [(70_006, "Leerling L1 heeft geen achternaam.")]


def test_progress_counts_pupils() -> None:
    heard: list[int] = []
    pupils = "".join(PUPIL.replace("L1", f"L{number}") for number in range(120))
    read_edexml(school_with(pupils), on_progress=heard.append)
    assert heard == [50, 100, 120]


def test_same_file_has_the_same_fingerprint() -> None:
    first, second = (read_edexml(school_with(PUPIL)).sha256 for _ in range(2))
    assert first == second != read_edexml(school_with(PUPIL + " ")).sha256
