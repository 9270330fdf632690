"""The demo region loads, is believable and holds nobody real."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from config.demo.region.build import build_region
from schools.models import Carer, Enrollment
from teams.enums import Role
from teams.models import Assignment, User

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.django_db
def test_every_role_has_a_person():
    region = build_region(now=NOW, scale=0.3)
    held = set(Assignment.objects.values_list("role", flat=True))
    assert held >= set(Role) - {Role.CARER, Role.STUDENT}
    assert User.objects.exclude(persona="").count() >= 40
    enrolled = Enrollment.unscoped.filter(until=None).values_list("student", flat=True)
    assert set(enrolled) == set(Carer.unscoped.values_list("student", flat=True))
    assert len(region.schools) == 7
