"""What may happen when, and the one place where a case moves."""
