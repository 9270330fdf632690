"""Forms of this room: shape and presence only; rules live in actions."""
