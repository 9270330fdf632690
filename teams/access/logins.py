"""The logins of web and worker: they own nothing, and no row security passes them by (2.9)."""

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# Whether this login, or one whose rights it may take, owns a table or reads past the policies.
_POWERFUL = """
    SELECT EXISTS (
        SELECT FROM pg_roles r
        WHERE pg_has_role(current_user, r.oid, 'MEMBER')
          AND (r.rolsuper OR r.rolbypassrls
               OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind = 'r')))
"""


def is_restricted(connection: BaseDatabaseWrapper) -> bool:
    """Whether the fence holds for the login of this connection."""
    with connection.cursor() as cursor:
        cursor.execute(_POWERFUL)
        return not cursor.fetchone()[0]


def demand_restricted_login() -> None:
    """Refuse to serve with a login that owns tables or may bypass; called by web, worker and beat.

    Errors: ImproperlyConfigured at start, or at the first connection when none can be made yet.
    """
    connection_created.connect(_refuse_powerful, dispatch_uid="restricted login")
    connection.close()
    try:
        connection.ensure_connection()
    except OperationalError:
        return
    # The web server forks after this; no child may inherit a connection.
    connection.close()


def _refuse_powerful(connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
    if not is_restricted(connection):
        connection.close()
        raise ImproperlyConfigured(
            "This login of the database owns tables or passes by row security; use app_rt or "
            "worker_rt."
        )
