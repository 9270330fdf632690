"""Being signed in: begun, seen, over; every request asks the session itself (A-8)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from teams import clock
from teams.access import limits
from teams.access.phones import narrow
from teams.models.session import moment
from teams.session_store import BEGUN, CONFIRMED, HANDLE, ONLY, SEEN, WORDS

# What the sign-in library notes in a session, one line each time that someone shows who they are.
SHOWN = "account_authentication_methods"
# A view with this mark tells how long there is left; asking that is no sign of life.
IS_PASSIVE = "is_passive"


class SessionMiddleware:
    """End what is over, note who was seen, and begin anew after every sign-in.

    Stands before the actor: a session that is over acts as nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request within the limits of its session."""
        now, session = clock.now(), request.session
        if request.user.is_authenticated:
            if BEGUN not in session:
                begin(session, _agent(request), now=now)
            elif ended := why_over(session, now=now):
                end(request, ended)
            elif not _is_passive(request):
                _see(session, now=now)
        before = _mark(session)
        response = self.get_response(request)
        if request.user.is_authenticated:
            _follow(request, before, now=now)
        return response


def begin(session: SessionBase, agent: str, *, now: datetime) -> None:
    """Start counting: someone signed in just now."""
    session[HANDLE] = str(uuid4())
    session[BEGUN] = session[SEEN] = session[CONFIRMED] = now.isoformat()
    session[WORDS] = browser_words(agent)


def why_over(session: SessionBase, *, now: datetime) -> str:
    """Say why a session is over. Shape: empty while it is not."""
    begun, seen = moment(session.get(BEGUN)), moment(session.get(SEEN))
    if begun is None or seen is None or now - begun >= whole_of(session):
        return "De sessie duurde lang genoeg."
    if now - seen >= limits.IDLE:
        return "U was een kwartier niet actief."
    return ""


def whole_of(session: SessionBase) -> timedelta:
    """How long this session may last at most."""
    return limits.QUICK if session.get(ONLY) else limits.WHOLE


def left_of(session: SessionBase, *, now: datetime) -> int:
    """How many seconds a session has left when nothing more happens."""
    begun, seen = moment(session.get(BEGUN)), moment(session.get(SEEN))
    if begun is None or seen is None:
        return 0
    ends = min(seen + limits.IDLE, begun + whole_of(session))
    return max(0, int((ends - now).total_seconds()))


def end(request: HttpRequest, why: str = "") -> None:
    """End the session of this request; the rest of the request is nobody's.

    What such a request brought is kept for its sender, who signs in again.
    """
    request.ended_for = UUID(str(request.user.pk))  # type: ignore[attr-defined]
    request.ended_because = why  # type: ignore[attr-defined]
    request.session.flush()
    request.user = AnonymousUser()


def confirm(request: HttpRequest, *, now: datetime) -> None:
    """Note that someone showed again who they are, under a new key (ASVS 7.2.4)."""
    request.session[CONFIRMED] = now.isoformat()
    request.session.cycle_key()


def confirmed_at(request: HttpRequest) -> datetime | None:
    """When this session last showed who it belongs to; none when it never did."""
    return moment(request.session.get(CONFIRMED))


def _see(session: SessionBase, *, now: datetime) -> None:
    seen = moment(session[SEEN])
    if seen is None or now - seen >= limits.SEEN_EVERY:
        session[SEEN] = now.isoformat()


def _mark(session: SessionBase) -> tuple[str | None, int]:
    """What changes when someone signs in (the key), or shows again who they are (the lines)."""
    return session.session_key, len(session.get(SHOWN, ()))


def _follow(request: HttpRequest, before: tuple[str | None, int], *, now: datetime) -> None:
    session = request.session
    key, lines = _mark(session)
    if BEGUN not in session or (key and before[0] and key != before[0]):
        begin(session, _agent(request), now=now)
        narrow(request, now=now)
    elif lines > before[1]:
        confirm(request, now=now)


def _agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")


def _is_passive(request: HttpRequest) -> bool:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return False
    return getattr(match.func, IS_PASSIVE, False)


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "een Android-telefoon of -tablet"),
    ("iPhone", "een iPhone"),
    ("iPad", "een iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "een Mac"),
    ("CrOS", "een Chromebook"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """Name a browser and a machine in words; nothing that tells two of a kind apart."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "Een browser")
    system = next((name for sign, name in _SYSTEMS if sign in agent), "een onbekend apparaat")
    return f"{browser} op {system}"
