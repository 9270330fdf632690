"""What the route reads; nothing here writes."""
