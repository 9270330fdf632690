"""Every house rule finds a planted breach, and leaves what is right alone."""

import tomllib
from pathlib import Path

import pytest

from config import house_rules, quality
from config.embedded.layout import ROOT

LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 50
LONG_VIEW = "@page(Action.TODAY)\ndef view(request):\n" + "    x = 1\n" * 25

BREACHES = {
    "bare save": ("schools/actions/a.py", "student.save()\n"),
    "state by assignment": ("cases/actions/a.py", "case.state = CaseState.VOT\n"),
    "state by attribute": ("cases/actions/a.py", "plan.case.state = CaseState.VOT\n"),
    "state by setattr": ("cases/actions/a.py", "setattr(locked_case, 'state', 'VOT')\n"),
    "state by update": ("cases/actions/a.py", "Case.objects.filter(pk=1).update(state='VOT')\n"),
    "signals": ("teams/models/a.py", "from django.db.models.signals import post_save\n"),
    "own signal": ("teams/a.py", "from django.dispatch import Signal\n"),
    "inline import": ("teams/a.py", "def f():\n    import os\n"),
    "long file": ("teams/a.py", "x = 1\n" * 401),
    "long function": ("teams/a.py", LONG_FUNCTION),
    "long view": ("teams/views.py", LONG_VIEW),
}
FINE = {
    "named fields": ("schools/actions/a.py", "student.save(update_fields=['group'])\n"),
    "new row": ("teams/models/a.py", "person.save(force_insert=True)\n"),
    "a form": ("teams/views.py", "form.save()\n"),
    "a workbook": ("schools/a.py", "workbook.save(path)\n"),
    "a bare save in a test": ("tests/teams/test_a.py", "student.save()\n"),
    "the engine": ("cases/workflow/engine.py", "case.state = transition.target\n"),
    "state of something else": ("cases/actions/a.py", "meeting.state = MeetingState.HELD\n"),
    "sign-in receiver": (
        "teams/a.py",
        "from django.contrib.auth.signals import user_logged_in\nfrom django.dispatch import receiver\n",
    ),
    "inline import with its reason": ("cases/a.py", "def f():\n    import os  # slow import\n"),
    "function of 50 lines": ("teams/a.py", "def f():\n" + "    x = 1\n" * 49),
}
TEMPLATE_BREACHES = {
    "style attribute": '<p style="color: red">',
    "style element": "<style>p {}</style>",
    "script": "<script>alert(1)</script>",
    "script with a nonce": '<script nonce="x">alert(1)</script>',
    "handler": '<button onclick="go()">',
    "script address": '<a href="javascript:go()">',
    "unescaped": "{{ text|safe }}",
    "long template": "<p>\n" * 151,
}


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_in_python_is_found(name: str) -> None:
    path, text = BREACHES[name]
    assert house_rules.check_python(Path(path), text)


@pytest.mark.parametrize("name", FINE)
def test_what_is_right_is_left_alone(name: str) -> None:
    path, text = FINE[name]
    assert house_rules.check_python(Path(path), text) == []


@pytest.mark.parametrize("name", TEMPLATE_BREACHES)
def test_a_breach_in_a_template_is_found(name: str) -> None:
    assert house_rules.check_template(Path("templates/a.html"), TEMPLATE_BREACHES[name])


def test_a_template_with_files_of_its_own_is_fine() -> None:
    text = '<script src="/static/a.js" defer></script><link rel="stylesheet"><p data-style="x">'
    assert house_rules.check_template(Path("templates/a.html"), text) == []


def test_a_pdf_may_carry_its_style() -> None:
    path = Path("templates/cases/pdf/report.html")
    assert house_rules.check_template(path, "<style>@page {}</style>") == []


@pytest.mark.parametrize(
    "path", ["cases/utils.py", "cases/helpers/a.py", "services.py", "core/a.py"]
)
def test_a_drawer_for_everything_is_found(path: str) -> None:
    assert house_rules.check_name(Path(path))
    assert house_rules.check_name(Path("cases/reminders.py")) == []


@pytest.mark.parametrize("line", ["--index-url x", "pkg @ https://host/a.whl", "--find-links y"])
def test_an_address_in_a_lock_is_found(line: str) -> None:
    assert house_rules.check_lock(Path("requirements.lock"), f"django==5.2\n{line}\n")
    assert house_rules.check_lock(Path("requirements.lock"), "django==5.2 --hash=sha256:1\n") == []


def test_the_walk_finds_breaches_and_skips_what_is_not_ours(tmp_path: Path) -> None:
    for name in ("teams/a.py", "teams/migrations/0001.py", ".venv/lib/b.py", "teams/helpers.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("student.save()\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text('<p style="x">')
    (tmp_path / "x.lock").write_text("a @ https://host/a\n")
    found = {str(finding.path) for finding in quality.check_house(tmp_path)}
    assert found == {"teams/a.py", "teams/helpers.py", "templates/a.html", "x.lock"}


def test_the_rooms_keep_their_order() -> None:
    """Both contracts name every room, so that a new one cannot stand outside."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert set(linter["root_packages"]) == rooms
    assert set(linter["contracts"][0]["layers"]) == rooms
    assert set(linter["contracts"][1]["containers"]) == rooms - {"config"}
