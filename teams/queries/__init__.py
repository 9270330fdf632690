"""What the ground floor reads; nothing here writes."""
