"""The support itself: facilities, requests, arrangements."""
