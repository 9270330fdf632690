"""Wiring: settings, addresses, processes, set-up and the demo."""
