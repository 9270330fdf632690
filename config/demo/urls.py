"""Addresses of the demo; each answers 404 outside it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
