"""A-14: each fence alone shows no row that the judge denies, and hides none that it permits."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection

from teams.access.scope import SensitiveRow
from tests.access.personas import PERSONAS
from tests.access.region import Region
from tests.access.row_matrix import acting, by_database_alone, by_python_alone, row_matrix

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]


@pytest.mark.parametrize("see", [by_python_alone, by_database_alone])
def test_a14_one_fence_alone_is_enough(region: Region, see: Callable) -> None:
    tally = row_matrix(region, see=see)
    print(f"A-14 {see.__name__}: {tally.wrong_cells} wrong of {tally.cells}")
    assert tally.wrong[:50] == []


def test_a14_earlier_versions_of_rows_are_seen_by_nobody(region: Region) -> None:
    tables = [
        model._meta.db_table for model in apps.get_models() if model.__name__.endswith("Event")
    ]
    assert len(tables) > 15
    seen = []
    for persona in PERSONAS:
        with acting(region, persona), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM {table}")
                if cursor.fetchone()[0]:
                    seen.append((persona.key, table))
    assert seen == []


def test_a14_every_sensitive_table_is_fenced(region: Region) -> None:
    tables = {
        model._meta.db_table for model in apps.get_models() if issubclass(model, SensitiveRow)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        fenced = {name for (name,) in cursor.fetchall()}
    assert tables <= fenced
