"""Addresses of the support itself."""

from django.urls import path

from arrangements import views

urlpatterns = [
    path("casussen/<uuid:case_id>/voorzieningen/", views.show_facilities, name="facilities"),
]
