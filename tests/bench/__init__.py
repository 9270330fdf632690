"""Measurements: run by `manage.py bench`, never as tests."""
