"""All addresses, Dutch and stable."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("config.account_urls")),
    path("demo/", include("config.demo.urls")),
    path("", include("teams.urls")),
    path("", include("schools.urls")),
    path("", include("cases.urls")),
    path("", include("arrangements.urls")),
]
