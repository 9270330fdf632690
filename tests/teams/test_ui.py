"""Dates, names and drawings as pages say them, and the shared components rendered."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from teams.access.errors import Conflict, Reason
from teams.components import Action, Badge, BadgeKind, Bar, GoalPoint, Route, Row, Station
from teams.components import StationState as State
from teams.templatetags import ui


def drawn(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marit de Boer", "MB"),
        ("Linda en Youssef V.", "LV"),
        ("Noor", "N"),
        ("", "?"),
    ],
)
def test_initials_skip_the_small_words(name, letters):
    assert ui.initials(name) == letters


def test_days_read_dutch_on_the_wall_clock():
    late = datetime(2026, 11, 12, 23, 30, tzinfo=UTC)
    assert ui.day(date(2026, 11, 12)) == "do 12 nov"
    assert ui.day_hour(late) == "vr 13 nov 0.30"
    assert ui.long_day(late) == "vrijdag 13 november 2026"
    assert ui.day(None) == ui.hour(None) == ui.day_hour(None) == ""


def test_goal_line_runs_left_to_right_and_says_the_same_in_words():
    points = [GoalPoint(date(2026, 11, 19), 10), GoalPoint(date(2026, 9, 16), 1)]
    geometry = ui.goal_geometry(points)
    first, last = geometry["dots"]
    assert (first["x"], last["x"]) == ("6.0%", "94.0%")
    assert float(first["y"]) > float(last["y"])
    assert geometry["text"] == "Schaal 1 tot 10: 16 sep 1, 19 nov 10"
    assert "16 sep 1, 19 nov 10" in drawn("{% goal_line points 'Rust' %}", points=points)


def test_goal_line_without_points_says_so():
    assert "Nog geen meting" in drawn("{% goal_line points %}", points=[])


def test_bars_keep_a_point_in_their_width_in_dutch():
    page = drawn("{% bar_chart bars 'Casussen' %}", bars=[Bar("VOT", 3), Bar("OT", 7)])
    assert 'width="42.9%"' in page
    assert 'width="100.0%"' in page


def test_a_refused_step_says_why_and_names_its_reason_for_machines():
    action = Action(
        "Nog niet", step="T-15", reasons=(Reason("Er is geen datum.", "Kies er een.", "has_day"),)
    )
    page = render_to_string("components/rows.html", {"rows": [Row("OT", action=action)]})
    assert 'data-stap="T-15"' in page
    assert 'data-reden="has_day"' in page
    assert "nog niet: Er is geen datum. Kies er een." in page
    assert "<form" not in page


def test_a_step_posts_with_a_token():
    action = Action("Uitnodigen", "/x/", is_post=True, step="T-15", fields=(("version", "3"),))
    request = RequestFactory().get("/")
    page = render_to_string("components/button.html", {"action": action}, request)
    assert "csrfmiddlewaretoken" in page
    assert 'name="version" value="3"' in page


def test_the_route_tells_each_station_in_words():
    stations = (
        Station("VOT", State.PAST, "5 nov"),
        Station("OT", State.NOW),
        Station("Uitvoering"),
    )
    page = render_to_string("components/route.html", {"route": Route(stations)})
    assert page.count('aria-current="step"') == 1
    for word in ("geweest", "hier zijn we nu", "komt nog", "5 nov"):
        assert word in page


def test_a_badge_without_action_stands_at_the_end():
    row = Row("Tom vangt op", badge=Badge("loopt", BadgeKind.DONE))
    assert 'class="badge klaar"' in render_to_string("components/rows.html", {"rows": [row]})


def test_a_conflict_posts_everything_again_with_the_version_of_the_other():
    request = RequestFactory().post("/overleg/1/", {"minutes": "mijn", "step": "a", "version": "3"})
    conflict = Conflict(theirs={"minutes": "hun", "version": 4}, mine={"minutes": "mijn"}, by="Tom")
    page = render_to_string("409_conflict.html", {"conflict": conflict}, request)
    assert '<textarea name="version" hidden>4</textarea>' in page
    assert '<textarea name="step" hidden>a</textarea>' in page
    assert "hun\n\nmijn" in page


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_error_pages_render_without_context(status):
    page = get_template(f"{status}.html").render({})
    assert "<h1>" in page
    assert "style=" not in page


def test_error_summary_names_the_row_of_a_formset():
    class Line(forms.Form):
        who = forms.CharField(label="Wie")

    posted = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-who": "Tom"}
    lines = forms.formset_factory(Line, min_num=2)(posted | {"form-1-who": ""})
    lines.is_valid()
    page = render_to_string("components/error_summary.html", {"formset": lines})
    assert '<a href="#id_form-1-who">Regel 2, Wie – ' in page
