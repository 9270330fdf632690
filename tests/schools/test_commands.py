"""The three commands: make a file, look at it, carry it through; and carers."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from schools.models import Carer, Enrollment, School
from tests.schools import world

SAMPLES = Path(__file__).parent / "samples"
pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return world.make_school(brin="99AB")


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_made_school_is_looked_at_and_carried_through(school: School, tmp_path: Path) -> None:
    path = str(tmp_path / "school.xml")
    assert "40 leerlingen in 4 groepen" in run(
        "make_edexml", "--pupils", "40", "--school", "wilgen", "--out", path
    )
    shown = run("import_edexml", path, "--school", "wilgen")
    assert "   39 nieuw" in shown
    assert "    1 nieuw, maar al uitgeschreven" in shown
    assert "LET OP" not in shown
    assert "met --commit" in shown
    assert not Enrollment.unscoped.exists()
    assert "Doorgevoerd." in run("import_edexml", path, "--school", "wilgen", "--commit")
    assert Enrollment.unscoped.count() == 40
    assert "Dit bestand verandert niets." in run(
        "import_edexml", path, "--school", "wilgen", "--commit"
    )


def test_make_edexml_writes_to_the_standard_output() -> None:
    assert run("make_edexml", "--pupils", "3", "--school", "x").startswith("<?xml")
    with pytest.raises(CommandError, match="ten minste 1"):
        run("make_edexml", "--pupils", "0", "--school", "x")


def test_deviations_are_shown_with_their_line(school: School) -> None:
    shown = run("import_edexml", str(SAMPLES / "odd-2.1.xml"), "--school", "wilgen")
    assert "Regel 27: Het veld geboortedatum is geen geldige datum en is leeg gelaten." in shown
    assert "LET OP: Het bestand hoort bij BRIN 99ZZ00" in shown


@pytest.mark.parametrize(
    ("name", "text"),
    [("none.xml", "none.xml"), ("broken.xml", "Regel 2: Het bestand is beschadigd")],
)
def test_a_broken_file_changes_nothing(
    school: School, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / "broken.xml").write_text("<EDEX>\n<school>", encoding="utf-8")
    with pytest.raises(CommandError, match=text):
        run("import_edexml", str(tmp_path / name), "--school", "wilgen", "--commit")
    with pytest.raises(CommandError, match="geen school met sleutel nergens"):
        run("import_edexml", str(SAMPLES / "old-2.0.xml"), "--school", "nergens")


@pytest.mark.parametrize("options", [("--school", "wilgen"), ()])
def test_carers_are_looked_at_and_carried_through(
    school: School, tmp_path: Path, options: tuple[str, ...]
) -> None:
    world.imported(school, world.content_of(20))
    path = tmp_path / "carers.csv"
    path.write_text(
        "leerling_key;voornaam;achternaam;relatie;gezag;gezag_sinds\n"
        "L0001;Ana;Mol;moeder;ja;2020-01-01\nL0002;Bo;Vos;vader;ja;\n",
        encoding="utf-8",
    )
    assert "    2 nieuw" in run("import_carers", str(path), *options)
    assert not Carer.unscoped.exists()
    shown = run("import_carers", str(path), *options, "--commit")
    assert "Regel 3: Het gezag heeft geen datum" in shown
    assert Carer.unscoped.count() == 2
    assert "verandert niets" in run("import_carers", str(path), *options, "--commit")


def test_carers_of_nobody_here_ask_for_a_school(school: School, tmp_path: Path) -> None:
    path = tmp_path / "carers.csv"
    path.write_text(
        "leerling_key;voornaam;achternaam;relatie;gezag\nX1;Ana;Mol;moeder;ja\n", encoding="utf-8"
    )
    with pytest.raises(CommandError, match="Noem met --school"):
        run("import_carers", str(path))
