"""All addresses, Dutch and stable."""

from django.urls import include, path

from config import reports

urlpatterns = [
    path("accounts/", include("config.account_urls")),
    path("demo/", include("config.demo.urls")),
    path("meldingen/", reports.receive, name="csp-report"),
    path("", include("teams.urls")),
    path("", include("schools.urls")),
    path("", include("cases.urls")),
    path("", include("arrangements.urls")),
]
