"""Data shaped for one audience; no rules here."""
