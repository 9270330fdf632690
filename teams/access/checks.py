"""System checks of access: nothing reachable without an action, nothing stored unlabelled."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from teams.access.rules import Action
from teams.access.scope import ScopedManager, SensitiveRow
from teams.access.seat_rules import SEAT_RULES


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple]:
    """Walk every URL: its full route and its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry
        else:
            yield from patterns(entry, route)


def action_of(pattern: URLPattern) -> Action | None:
    """Give the action that a URL's view names, or none."""
    return getattr(pattern.callback, "action", None)


@register("access")
def check_urls(**_kwargs: object) -> list[CheckMessage]:
    """Every URL names an action (access.E001)."""
    return [
        Error(f"/{route} has no @page(Action.…)", id="access.E001")
        for route, pattern in patterns()
        if action_of(pattern) is None and not route.startswith(settings.STATIC_URL[1:])
    ]


@register("access")
def check_models(**_kwargs: object) -> list[CheckMessage]:
    """Every sensitive model is scoped, ruled and has a retention basis (E002 to E004)."""
    found: list[CheckMessage] = []
    opened = {compartment for rule in SEAT_RULES for compartment in rule.compartments}
    for model in apps.get_models():
        if not issubclass(model, SensitiveRow):
            continue
        name = model._meta.label
        if not isinstance(model._default_manager, ScopedManager):
            found.append(Error(f"{name} is not scoped", id="access.E002"))
        if not model.retention_basis:
            found.append(Error(f"{name} has no retention basis", id="access.E003"))
        if model._meta.get_field("compartment").default not in opened:
            found.append(Error(f"no seat rule opens {name}", id="access.E004"))
    return found
