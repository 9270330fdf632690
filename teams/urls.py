"""Addresses of people."""

from django.urls import path

from teams.views import people

urlpatterns = [
    path("mensen/mijn-kaart/", people.edit_card, name="card-edit"),
    path("mensen/<uuid:person_id>/", people.show_card, name="person"),
    path("rol/", people.choose_role, name="role-switch"),
]
