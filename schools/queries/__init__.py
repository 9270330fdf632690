"""What the schools room reads; nothing here writes."""
