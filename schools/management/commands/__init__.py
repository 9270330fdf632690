"""Commands of schools."""
