"""Data shaped for the pages of people."""
