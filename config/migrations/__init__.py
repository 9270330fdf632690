"""Schema of the wiring."""
