"""Views of this room: fetch, form, one action, answer."""
