"""How people get an account: never by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from an assignment made by someone who may; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No one may register."""
        return False
