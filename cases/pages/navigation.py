"""The bar on top of every page: where to go, and who is working in which role."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from teams import clock
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action
from teams.access.sessions import left_of
from teams.enums import Role
from teams.pages.glass import glass_banner
from teams.session_store import ONLY

# Filters are never hidden: the link itself says that it shows what is open.
OPEN_CASES = "?stand=open"
# Label, address, symbol, and what the reader must be allowed to do.
PAGES = (
    ("Vandaag", "today", "sun", Action.TODAY),
    ("Casussen", "cases", "folder2-open", Action.LIST_CASES),
    ("Overleg", "sessions", "calendar3", Action.READ_SESSION),
    ("Groepen", "group-rounds", "people", Action.GROUP_ROUND),
    ("School", "schools", "building", Action.READ_SCHOOL),
    ("Beheer", "rights", "people", Action.MANAGE_RIGHTS),
    ("Toezicht", "oversight", "eye", Action.OVERSEE),
    ("Verzuim", "absences", "clock-history", Action.LIST_ABSENCE),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for `base.html`.

    Shape:  empty for who did not sign in; asks no query but of who has something open by glass.
    """
    actor: Actor | None = getattr(request, "actor", None)
    is_reader = actor is not None and actor.is_live and not request.session.get(ONLY)
    if actor is None or actor.person_id is None or not is_reader:
        return {}
    can_note = may(actor, Action.NOTE_SIGNAL)
    return {
        "navigation": [
            _link(request, label, name, icon)
            for label, name, icon, action in PAGES
            if may(actor, action)
        ],
        "quick_note_url": reverse("signal-new") if can_note else "",
        "who": _who(actor) | {"seconds": left_of(request.session, now=clock.now())},
        "glass": glass_banner(actor, now=clock.now()),
    }


def _link(request: HttpRequest, label: str, name: str, icon: str) -> dict[str, Any]:
    url = reverse(name)
    is_here = request.path == url if url == "/" else request.path.startswith(url)
    query = OPEN_CASES if name == "cases" else ""
    return {"label": label, "url": url + query, "icon": icon, "current": is_here}


def _who(actor: Actor) -> dict[str, Any]:
    links = []
    if may(actor, Action.LINK_SIGNAL):
        url = reverse("signals")
        links.append({"label": "Signalen zonder leerling", "url": url, "icon": "megaphone"})
    if may(actor, Action.DECIDE_RIGHTS) and not may(actor, Action.MANAGE_RIGHTS):
        links.append({"label": "Beheer", "url": reverse("rights"), "icon": "people"})
    links.append({"label": "Mijn sessies", "url": reverse("own-sessions"), "icon": "clock"})
    links.append({"label": "Veilig aanmelden", "url": reverse("mfa_index"), "icon": "shield-check"})
    if may(actor, Action.SEE_ALARMS):
        links.append(
            {"label": "Alarmen", "url": reverse("alarms"), "icon": "exclamation-triangle-fill"}
        )
    if may(actor, Action.LIST_GLASS):
        links.append({"label": "Noodtoegang", "url": reverse("glass-list"), "icon": "eye"})
    return {
        "name": actor.name,
        "role": actor.role.label if actor.role else "zonder taak",
        "place": actor.place,
        "behalf": actor.behalf,
        "card_url": reverse("person", kwargs={"person_id": actor.person_id}),
        "links": links,
        "role_url": reverse("role-switch"),
        "roles": [
            {"key": role.value, "label": Role(role).label, "current": role == actor.role}
            for role in actor.roles
        ],
    }
