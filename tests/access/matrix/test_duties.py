"""A-12: what hangs under no dossier; D8, D11, D13, AR-35, AR-36 and AR-38 by every persona."""

import pytest

from tests.access.duty_matrix import add_duties, duty_matrix
from tests.access.region import Region

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]


def test_a12_what_hangs_under_no_dossier(region: Region) -> None:
    tally = duty_matrix(region, add_duties(region))
    tally.save("duties", all_routes=0)
    print("\n".join(tally.lines(0)[-2:]))
    assert tally.wrong[:50] == []
    for code in ("D1", "D8", "D11", "D13", "AR-35", "AR-36", "AR-38"):
        assert tally.decided[code] >= 20, code
