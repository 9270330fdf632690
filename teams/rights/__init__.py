"""Rights of people: given, ended and looked after, with four eyes where much opens (AR-36)."""
