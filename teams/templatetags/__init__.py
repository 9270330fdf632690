"""Template tags shared by all rooms."""
