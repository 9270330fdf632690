"""Whose faces a case shows: the carers to the school, and to who reads the shared plan that invites them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.models import Participant
from tests.cases.late_ladder import consented, running_case
from tests.world import NOW

ASKED = NOW + timedelta(days=9)


@pytest.mark.parametrize(("classes", "is_shown"), [(("K1",), False), (("K1", "K2"), True)])
def test_a_participant_sees_the_carers_with_the_shared_plan_only(world, client, classes, is_shown):
    case = running_case(world)
    Participant.unscoped.create(
        case=case,
        person=world.people["family-sanne"],
        role="FAMILY_SPECIALIST",
        since=NOW.date(),
        dossier_id=case.dossier_id,
        created_at=NOW,
    )
    consented(world, case, "family", now=ASKED, classes=list(classes))
    name = world.carers["noor"][0].full_name
    with time_machine.travel(ASKED + timedelta(days=1), tick=False):
        for key, sees in (("family-sanne", is_shown), ("ib-kade", True)):
            client.force_login(world.people[key])
            page = client.get(reverse("case", args=[case.pk])).content.decode()
            assert (f"<b>{name}</b>" in page) == sees, key
