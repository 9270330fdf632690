"""Break-glass: asked with a reason, told at once, looked back on (access.md 2.7)."""
