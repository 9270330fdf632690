"""Addresses of the demo; each answers 404 outside it."""

from django.urls import path

from config.demo import views

urlpatterns = [
    path("aanmelden/", views.sign_in, name="demo_sign_in"),
    path("bevestigen/", views.confirm_identity, name="demo_confirm"),
    path("postvak/", views.mailbox, name="demo_mailbox"),
]
