#!/usr/bin/env python3
"""The only command of the house: demo, test, quality, and Django's own."""

import os
import sys

from config import bootstrap


def main() -> None:
    """Set up what the command needs, then hand over to Django.

    Errors: SystemExit(3) when something is missing that only root can install.
    """
    bootstrap.prepare(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    try:
        from django.core.management import execute_from_command_line  # slow import
    except ModuleNotFoundError:
        sys.exit(
            "Django is not installed here: use .venv/bin/python, which `python3 manage.py demo` makes."
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
