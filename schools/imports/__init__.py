"""Files from other systems: first to frozen records without database, then to rows with a preview."""
