"""What browsers report of the content policy: counted by rule and day, and nothing else is kept."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from teams import clock
from teams.access.pages import page
from teams.access.rules import Action
from teams.access.sessions import IS_PASSIVE
from teams.models import ReportCount

LARGEST_BYTES = 16_384
MOST_IN_ONE = 20
OTHER = "iets anders"


@csrf_exempt
@page(Action.REPORT_BREACH)
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Count what was reported; addresses, samples and whoever reports are not looked at.

    A browser sends it by itself, so it is no sign of life; only of who signed in (A-1).
    """
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length <= LARGEST_BYTES:
        for directive in list(directives_in(request.read(LARGEST_BYTES)))[:MOST_IN_ONE]:
            count(directive, day=clock.today())
    return HttpResponse(status=204)


setattr(receive, IS_PASSIVE, True)


def directives_in(body: bytes) -> Iterator[str]:
    """Name the broken rules in a report, in either form that browsers send.

    Shape:  only names of our own policy; whatever else is said counts as something else.
    """
    try:
        sent: Any = json.loads(body)
    except ValueError:
        return
    for report in sent if isinstance(sent, list) else [sent]:
        if not isinstance(report, dict):
            continue
        told = report.get("csp-report") or report.get("body")
        if isinstance(told, dict):
            yield _known(told.get("effective-directive") or told.get("effectiveDirective"))


def _known(directive: object) -> str:
    known = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    name = str(directive).removesuffix("-elem").removesuffix("-attr")
    return name if name in known else OTHER


def count(directive: str, *, day: date) -> None:
    """Add one to the count of a rule on a day."""
    row, _is_new = ReportCount.objects.get_or_create(day=day, directive=directive)
    ReportCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
