"""Addresses of the route: Dutch and stable."""

from django.urls import path

from cases.views import steps

urlpatterns = [
    path("casussen/<uuid:case_id>/stap/<str:code>/", steps.take_step, name="case-step"),
]
