"""One form per intent: shape and presence; the rules live in guards."""
