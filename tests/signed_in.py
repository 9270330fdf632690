"""Signed in as the house asks it, with a second factor, without walking through the door each time.

`force_login` stands for a whole sign-in, so it leaves behind what a passkey would; tests of the
door itself sign in by its pages, or take the factor away with `forget_factor`.
"""

from collections.abc import Iterator

import pytest
from django.test import Client

from teams import clock
from teams.access import sessions
from teams.access.factor import SESSION_KEY, Factor, record_factor
from teams.models import User


@pytest.fixture(autouse=True, scope="session")
def _whole_sign_in() -> Iterator[None]:
    """Let `force_login` show a passkey as well."""
    force_login = Client.force_login

    def with_passkey(self: Client, user: User, backend: str | None = None) -> None:
        force_login(self, user, backend)
        show_factor(self, user)
        _begin(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", with_passkey)
        yield


def show_factor(client: Client, person: User, factor: Factor = Factor.PASSKEY) -> None:
    """Leave a factor behind in the session of a client."""
    session = client.session
    record_factor(session, person.pk, factor)
    session.save()


def _begin(client: Client) -> None:
    session = client.session
    sessions.begin(session, client.defaults.get("HTTP_USER_AGENT", ""), now=clock.now())
    session.save()


def forget_factor(client: Client) -> None:
    """Leave only the password in the session of a client."""
    session = client.session
    session.pop(SESSION_KEY, None)
    session.save()
