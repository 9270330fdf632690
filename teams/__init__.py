"""Who is who, who may see what, who did what, and what must still be sent."""
