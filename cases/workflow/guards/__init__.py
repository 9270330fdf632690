"""Guards: each reads as a fact, and says in Dutch what is missing and who can supply it (R-6.3)."""
