"""Carers from CSV: both separators, both encodings, a clear sentence per mistaken line."""

import io
from datetime import date

import pytest

from schools.enums import CarerRelation, CustodyValue
from schools.imports.carers_csv import MAX_BYTES, CarerRecord, CarersFile, read_carers, write_carers
from schools.imports.records import BrokenFile, Severity

HEADING = (
    "leerling_key;voornaam;achternaam;relatie;gezag;gezag_sinds;email;telefoon;taal;woonplaats"
)
GOOD = "L0001;Inès;van der Veen;moeder;ja;09-03-2017;ines@example.org;06 12345678;Nederlands;Vlaardingen"


def read(*lines: str, heading: str = HEADING, encoding: str = "utf-8") -> CarersFile:
    return read_carers(io.BytesIO("\r\n".join((heading, *lines)).encode(encoding)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_reads_a_carer(encoding: str, delimiter: str) -> None:
    heading, line = (text.replace(";", delimiter) for text in (HEADING, GOOD))
    content = read(line, heading=heading, encoding=encoding)
    assert content.deviations == ()
    assert content.carers == (
        CarerRecord(
            line=2,
            student_key="L0001",
            first_name="Inès",
            last_name="van der Veen",
            relation=CarerRelation.MOTHER,
            custody=CustodyValue.YES,
            custody_since=date(2017, 3, 9),
            email="ines@example.org",
            phone="06 12345678",
            language="Nederlands",
            municipality="Vlaardingen",
        ),
    )


def test_headings_may_differ_in_case_and_name() -> None:
    content = read(
        "L1,Jan,Mol,Vader,Onbekend,Schiedam",
        heading="Leerling key,Voornaam,Achternaam,Relatie,Gezag,Gemeente",
    )
    assert content.carers[0].municipality == "Schiedam"
    assert content.carers[0].relation == CarerRelation.FATHER


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (("L0001", ""), "leerling_key is leeg"),
        (("van der Veen", " "), "achternaam is leeg"),
        (("moeder", "buurvrouw"), "bij relatie kan alleen staan: moeder, vader"),
        (("ja", "soms"), "bij gezag kan alleen staan: ja, nee, onbekend"),
        (("09-03-2017", "31-02-2017"), "geen datum"),
        (("ines@example.org", "ines"), "email is niet geldig"),
        (("06 12345678", "bel maar"), "telefoon is niet geldig"),
        (("Nederlands", "x" * 201), "taal is langer dan 200"),
    ],
)
def test_a_mistaken_line_is_left_out_and_named(change: tuple[str, str], text: str) -> None:
    content = read(GOOD.replace(*change), GOOD.replace("L0001", "L0002"))
    assert [carer.student_key for carer in content.carers] == ["L0002"]
    (deviation,) = content.deviations
    assert deviation.line == 2
    assert text in deviation.text
    assert "ines@" not in deviation.text


def test_empty_custody_is_unknown() -> None:
    assert read(GOOD.replace(";ja;", ";;")).carers[0].custody == CustodyValue.UNKNOWN


def test_custody_without_a_date_is_kept_with_a_warning() -> None:
    content = read(GOOD.replace("09-03-2017", ""))
    assert content.carers[0].custody_since is None
    assert "Het gezag heeft geen datum" in content.deviations[0].text


def test_the_same_carer_twice_is_refused_the_second_time() -> None:
    content = read(GOOD, GOOD.upper().replace("MOEDER;JA", "moeder;ja"))
    assert len(content.carers) == 1
    assert content.deviations[0].line == 3
    assert "staat al op regel 2" in content.deviations[0].text


def test_unknown_columns_are_counted_not_kept() -> None:
    content = read(GOOD + ";123456782", heading=HEADING + ";bsn")
    assert content.deviations[0].severity == Severity.NOTICE
    assert "123456782" not in repr(content)


def test_empty_and_short_lines() -> None:
    content = read("", ";;;;;;;;;", "L1;Jan;Mol;vader;nee")
    assert [carer.line for carer in content.carers] == [4]


@pytest.mark.parametrize(
    ("stream", "text"),
    [
        (io.BytesIO(b""), "leerling_key ontbreekt"),
        (
            io.BytesIO(b"leerling_key;voornaam;achternaam;relatie\n"),
            "kolom gezag ontbreekt",
        ),
        (io.BytesIO(b"PK\x03\x04\0\0"), "geen CSV"),
        (io.BytesIO(b"x" * (MAX_BYTES + 1)), "groter dan 5 MB"),
    ],
)
def test_a_broken_file_is_refused(stream: io.BytesIO, text: str) -> None:
    with pytest.raises(BrokenFile, match=text):
        read_carers(stream)


def test_what_is_written_is_read_back_without_other_columns() -> None:
    content = read(GOOD + ";123456782", heading=HEADING + ";bsn")
    stream = io.BytesIO()
    write_carers(stream, content.carers)
    assert b"123456782" not in stream.getvalue()
    stream.seek(0)
    assert read_carers(stream) == CarersFile(content.carers, ())
