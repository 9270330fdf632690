"""Requests to calls: at most 25 lines each."""
