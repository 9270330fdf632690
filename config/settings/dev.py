"""Development: the demo with Django's own error pages."""

from config.settings.demo import *  # noqa: F403

DEBUG = True
