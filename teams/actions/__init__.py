"""What people do with their own card and role."""
