"""How pages say dates and names, and the geometry of the small drawings.

Shape only: nothing here reads the database, the clock or the actor.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from teams.access.errors import Conflict
from teams.components import Bar, GoalPoint

register = template.Library()

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
LONG_WEEKDAYS = (
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
)
MONTHS = (
    "jan",
    "feb",
    "mrt",
    "apr",
    "mei",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)
LONG_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

CONFLICT_LABELS = {
    "DOELEN": "Doelen",
    "EVALUATIE": "Wanneer evalueren we",
    "GEPROBEERD": "Wat is geprobeerd",
    "GOED": "Wat gaat goed",
    "NODIG": "Wat is nodig",
    "REGIE": "Regie",
    "TOESTEMMING": "Vragen",
    "VRAAG": "De vraag",
    "WELKOM": "Welkom",
    "WIE_WAT": "Wie doet wat",
    "carers_words": "In woorden van ouders",
    "help_question": "De vraag van ouders en leerling",
    "strengths": "Wat gaat goed",
    "student_words": "In woorden van de leerling",
    "agenda": "Agenda",
    "minutes": "Notulen",
    "note": "Notitie",
    "question": "Vraag",
    "report": "Verslag",
    "summary": "Samenvatting",
}

LOWEST_SCORE, HIGHEST_SCORE = 1, 10
# The drawing is as wide as its place (x in percent) and always equally high (y in pixels).
GOAL_LEFT, GOAL_RIGHT, GOAL_TOP, GOAL_BOTTOM = 6.0, 94.0, 26.0, 92.0
GOAL_LABEL_GAP = 20.0


def _local(moment: date) -> date:
    """The moment as the reader's wall clock has it; plain dates stay as they are."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


@register.filter
def day(moment: date | None) -> str:
    """A day in a few letters: "do 12 nov". Empty when there is none."""
    if moment is None:
        return ""
    local = _local(moment)
    return f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"


@register.filter
def long_day(moment: date | None) -> str:
    """A day in full: "donderdag 12 november 2026". Empty when there is none."""
    if moment is None:
        return ""
    local = _local(moment)
    return (
        f"{LONG_WEEKDAYS[local.weekday()]} {local.day} {LONG_MONTHS[local.month - 1]} {local.year}"
    )


@register.filter
def short_day(moment: date | None) -> str:
    """A day without its weekday: "12 nov". Empty when there is none."""
    if moment is None:
        return ""
    local = _local(moment)
    return f"{local.day} {MONTHS[local.month - 1]}"


@register.filter
def hour(moment: datetime | time | None) -> str:
    """A time of day the Dutch way: "16.05". Empty when there is none."""
    if moment is None:
        return ""
    local = moment if isinstance(moment, time) else _local(moment)
    return f"{local:%H.%M}".removeprefix("0")


@register.filter
def day_hour(moment: datetime | None) -> str:
    """A day and time: "do 12 nov 16.05". Empty when there is none."""
    return f"{day(moment)} {hour(moment)}".strip()


@register.filter
def initials(name: str) -> str:
    """One or two letters for a face: "Marit de Boer" gives "MB"; empty gives "?"."""
    words = [word for word in name.split() if word[0].isupper()] or name.split()
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "?"


@register.filter
def has_required(form: BaseForm | None) -> bool:
    """Whether the form itself insists on any field; a step's form leaves that to the guards."""
    return form is not None and any(field.required for field in form.fields.values())


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the sprite, hidden from screen readers: a word always stands beside it."""
    sprite = static("vendor/bootstrap-icons/icons.svg")
    return format_html(
        '<svg class="icon" width="18" height="18" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


def goal_geometry(points: Sequence[GoalPoint]) -> dict[str, Any]:
    """Where dots, lines and labels of a goal line stand.

    Shape: dots (x in percent, y in pixels, label or empty), lines between them, and a sentence
           that says the same in words; no dots when there are no points.
    """
    if not points:
        return {"dots": [], "lines": [], "text": "Nog geen meting"}
    ordered = sorted(points, key=lambda point: point.day)
    first, last = ordered[0].day, ordered[-1].day
    span = max((last - first).days, 1)
    scale = (GOAL_BOTTOM - GOAL_TOP) / (HIGHEST_SCORE - LOWEST_SCORE)
    dots: list[dict[str, Any]] = []
    labelled = -GOAL_LABEL_GAP
    for index, point in enumerate(ordered):
        x = round(GOAL_LEFT + (GOAL_RIGHT - GOAL_LEFT) * (point.day - first).days / span, 2)
        is_last = index == len(ordered) - 1
        has_room = x - labelled >= GOAL_LABEL_GAP and GOAL_RIGHT - x >= GOAL_LABEL_GAP
        show = is_last or has_room
        labelled = x if show else labelled
        dots.append(
            {
                # Text, because a template would write a number the Dutch way: "62,5".
                "x": f"{x}%",
                "y": f"{GOAL_BOTTOM - scale * (point.score - LOWEST_SCORE):.1f}",
                "label_y": f"{GOAL_BOTTOM - scale * (point.score - LOWEST_SCORE) - 12:.1f}",
                "score": point.score,
                "day": short_day(point.day) if show else "",
                "is_last": is_last,
                "anchor": "start" if index == 0 else "end" if is_last else "middle",
            }
        )
    said = ", ".join(f"{short_day(point.day)} {point.score}" for point in ordered)
    return {
        "dots": dots,
        "lines": list(zip(dots, dots[1:], strict=False)),
        "text": f"Schaal {LOWEST_SCORE} tot {HIGHEST_SCORE}: {said}",
    }


@register.inclusion_tag("components/goal_line.html")
def goal_line(points: Sequence[GoalPoint], label: str = "") -> dict[str, Any]:
    """The line of a goal over time, with the same numbers as a table behind it."""
    ordered = sorted(points, key=lambda point: point.day)
    return {"label": label, "points": ordered, **goal_geometry(points)}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(bars: Sequence[Bar], label: str, unit: str = "aantal") -> dict[str, Any]:
    """Horizontal bars, longest at full width, with the same numbers as a table behind them."""
    top = max((bar.value for bar in bars), default=0) or 1
    return {
        "label": label,
        "unit": unit,
        "bars": [{"bar": bar, "width": f"{100 * bar.value / top:.1f}%"} for bar in bars],
        "text": f"{label}: " + ", ".join(f"{bar.label} {bar.value}" for bar in bars),
    }


@register.inclusion_tag("components/conflict.html", takes_context=True)
def conflict_form(context: template.Context, conflict: Conflict) -> dict[str, Any]:
    """Both versions of a text and the ways on: mine, both, or leave theirs (S-27).

    Shape: what was posted beside the texts goes along unchanged, except `version`, which
           takes the value that `conflict.theirs` names, so that the choice is not refused again.
    """
    request = context["request"]
    kept = dict(conflict.theirs)
    version = kept.pop("version", None)
    along = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {*kept, "version", "csrfmiddlewaretoken"}
    ]
    if version is not None:
        along.append(("version", version))
    texts = [
        {"name": name, "label": _label(name), "mine": conflict.mine.get(name, ""), "theirs": theirs}
        for name, theirs in kept.items()
    ]
    mine = [(text["name"], text["mine"]) for text in texts]
    both = [(text["name"], _joined(text["theirs"], text["mine"])) for text in texts]
    return {
        "by": conflict.by,
        "url": request.path,
        "csrf_token": context.get("csrf_token"),
        "versions": [text for text in texts if text["mine"] != text["theirs"]],
        "choices": [
            {"label": "Beide houden, onder elkaar", "is_quiet": False, "fields": [*along, *both]},
            {"label": "Mijn versie houden", "is_quiet": True, "fields": [*along, *mine]},
        ],
    }


def _joined(theirs: str, mine: str) -> str:
    return theirs if theirs == mine else f"{theirs}\n\n{mine}".strip()


def _label(name: str) -> str:
    """The reader's word for a field: the label a form gave it, or "Tekst"."""
    # A line of a report is named after its section; a goal has a row of its own.
    section, _, _ = name.partition(".")
    return CONFLICT_LABELS.get(section, "Doel" if name.startswith("goals-") else "Tekst")
