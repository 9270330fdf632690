"""Show again who you are before what cannot be taken back (access.md 2.8, A-10)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teams import clock
from teams.access import limits
from teams.access.fence import beyond_seats
from teams.access.rules import STEP_UP_ACTIONS, Action
from teams.access.sessions import confirmed_at
from teams.models import KeptPost
from teams.sealed import seal, unseal

SAFE = {"GET", "HEAD", "OPTIONS"}
# Comes along with a kept form, so that it is thrown away once it arrived.
KEPT_FIELD = "bewaard"
_COUNT = """
WITH others AS (
    SELECT count(*) AS count FROM teams_look
    WHERE person_id = %(person)s AND kind = %(kind)s
        AND object_id <> %(object)s AND at > %(since)s
), gone AS (
    DELETE FROM teams_look
    WHERE person_id = %(person)s AND object_id <> %(object)s AND at <= %(since)s
), seen AS (
    INSERT INTO teams_look (id, person_id, kind, object_id, at)
    SELECT gen_random_uuid(), %(person)s, %(kind)s, %(object)s, %(now)s
    FROM others WHERE %(fresh)s OR count < %(most)s
    ON CONFLICT (person_id, kind, object_id) DO UPDATE SET at = excluded.at
)
SELECT count FROM others
"""
# Finds the case behind an object of the rooms above, by the name it has in an address.
_case_behind: dict[str, Callable[[UUID], UUID | None]] = {}


class StepUpNeeded(Exception):
    """The person must show again who they are: a detour, never a refusal."""


def is_fresh(request: HttpRequest, *, now: datetime) -> bool:
    """Tell whether this session showed who it belongs to within ten minutes."""
    shown = confirmed_at(request)
    return shown is not None and now - shown < limits.STEP_UP


def demand(request: HttpRequest) -> None:
    """Ask to show again who you are, unless that was just done. Errors: StepUpNeeded."""
    if not is_fresh(request, now=clock.now()):
        raise StepUpNeeded


def demand_for(request: HttpRequest, action: Action) -> None:
    """Ask it when the action is on the list; looking at its page is free. Errors: StepUpNeeded."""
    if action in STEP_UP_ACTIONS and request.method not in SAFE:
        demand(request)


def find_case_of(name: str, find: Callable[[UUID], UUID | None]) -> None:
    """Let looks at this part of an address count as looks at the case behind it."""
    _case_behind[name] = find


def looked_at(parts: Mapping[str, Any]) -> Iterator[tuple[str, UUID]]:
    """Name what an address opens, as far as it is counted: the case, and the document."""
    if "case_id" in parts:
        yield "case", parts["case_id"]
    for name in _case_behind.keys() & parts.keys():
        with beyond_seats("count looks"):
            case_id = _case_behind[name](parts[name])
        if case_id:
            yield "case", case_id
    if "document_id" in parts:
        yield "document", parts["document_id"]


def demand_for_many(request: HttpRequest, kind: str, object_id: UUID) -> None:
    """Count one more case or document, and ask it beyond so many different ones in an hour.

    Shape:  counted per person over all their sessions, in PostgreSQL.
    Errors: StepUpNeeded.
    """
    now, most = clock.now(), limits.MOST_AN_HOUR[kind]
    fresh = is_fresh(request, now=now)
    values = {
        "person": request.user.pk,
        "kind": kind,
        "object": object_id,
        "now": now,
        "since": now - limits.COUNTED,
        "fresh": fresh,
        "most": most,
    }
    with beyond_seats("count looks"), connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        others = cursor.fetchone()[0]
    if others >= most and not fresh:
        raise StepUpNeeded


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to where one shows it, and back; what was sent is kept meanwhile."""
    back = request.get_full_path()
    if request.method not in SAFE:
        kept = keep_post(request, _person_of(request), now=clock.now())
        back = reverse("kept", args=[kept.pk])
    return redirect(f"{reverse('confirm')}?{urlencode({'next': back})}")


def to_the_door(request: HttpRequest, action: Action) -> HttpResponse:
    """Lead who is not signed in to the door; what came after a session was over is kept."""
    back, person_id = request.get_full_path(), getattr(request, "ended_for", None)
    if person_id:
        words = request.ended_because  # type: ignore[attr-defined]
        if request.method not in SAFE and action != Action.KEEP_DRAFT:
            back = reverse("kept", args=[keep_post(request, person_id, now=clock.now()).pk])
            words += " Wat u invulde is bewaard; u vindt het terug na het aanmelden."
        messages.warning(request, words or "U bent afgemeld.")
    return redirect_to_login(back)


def _person_of(request: HttpRequest) -> UUID:
    return UUID(str(request.user.pk))


def keep_post(request: HttpRequest, person_id: UUID, *, now: datetime) -> KeptPost:
    """Keep what someone sent, sealed, for their eyes only; files must be chosen again.

    Shape:  a newer one of the same address takes the place of an older.
    """
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", KEPT_FIELD}
    ]
    body = {
        "fields": fields,
        "files": [str(getattr(file, "name", "")) for _name, file in request.FILES.items()],
    }
    path = request.get_full_path()[:400]
    with beyond_seats("keep a form"):
        old = KeptPost.objects.filter(person=person_id)
        old.filter(kept_at__lt=now - limits.KEPT).delete()
        old.filter(path=path).delete()
        return KeptPost.objects.create(person_id=person_id, path=path, body=seal(body), kept_at=now)


def kept_body(kept: KeptPost) -> dict:
    """Give the fields and the names of files of what was kept."""
    return unseal(kept.body) or {"fields": [], "files": []}


def drop_kept(request: HttpRequest) -> None:
    """Throw away what was kept, now that it arrived."""
    try:
        handle = UUID(request.POST.get(KEPT_FIELD, ""))
    except ValueError:
        return
    KeptPost.objects.filter(pk=handle, person=request.user.pk).delete()
