"""The acceptance scenarios of domain.md 21, walked as people walk them: through pages and forms only."""
