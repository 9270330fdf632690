"""Management commands of schools."""
