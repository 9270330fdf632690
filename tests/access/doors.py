"""A few pages that refuse in every way a page can, for test_pages.py."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

import config.urls
from schools.models import Student
from teams.access.errors import Blocked, NotAllowed, Reason
from teams.access.pages import page
from teams.access.rules import Action
from teams.models import Organization


@page(Action.READ_STUDENT)
def student(request: HttpRequest, student_id: str) -> HttpResponse:
    """A pupil's first name."""
    return HttpResponse(Student.objects.get(pk=student_id).first_name)


@page(Action.TODAY)
def refuse(request: HttpRequest) -> HttpResponse:
    """Visible, and not allowed."""
    raise NotAllowed


@page(Action.TODAY)
def blocked(request: HttpRequest) -> HttpResponse:
    """Refused for now, with a reason."""
    raise Blocked([Reason("Er is nog geen evaluatiedatum.", "De regiehouder voegt die toe.", "x")])


@page(Action.TODAY)
def fail(request: HttpRequest) -> HttpResponse:
    """Write, then answer with an error of ours."""
    Organization.objects.create(key="half", kind="SWV", name="Half werk")
    return HttpResponse(status=500)


@page(Action.TODAY)
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out rows one by one, after the transaction."""
    return StreamingHttpResponse(row.first_name for row in Student.objects.all())


urlpatterns = [
    *config.urls.urlpatterns,
    path("pupil/<uuid:student_id>/", student),
    path("refuse/", refuse),
    path("blocked/", blocked),
    path("fail/", fail),
    path("stream/", stream),
]
