"""Whose faces a case shows: the carers to the school, and to who reads the shared plan that invites them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cases.actions.consents import answer_consent, ask_consent
from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.models import Participant
from tests.cases.late_ladder import SCAN, act, running_case
from tests.world import NOW

ASKED = NOW + timedelta(days=9)


def _covered(world, case, *classes: str) -> None:
    given = {
        "purpose": ConsentPurpose.DISCUSS_NAMED,
        "recipients": [world.organizations["family"]],
        "shared": "de vraag van school",
        "classes": list(classes),
    }
    consent = act(world, "ib-kade", ask_consent, case.pk, given=given, now=ASKED)
    for carer in world.carers["noor"]:
        answer = {
            "giver": str(carer.pk),
            "decision": ConsentDecisionKind.GIVEN,
            "form": ConsentForm.PAPER,
            "scan": SCAN,
        }
        act(world, "ib-kade", answer_consent, consent.pk, given=answer, now=ASKED)


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
    _covered(world, case, *classes)
    name = world.carers["noor"][0].full_name
    with time_machine.travel(ASKED + timedelta(days=1), tick=False):
        for key, sees in (("family-sanne", is_shown), ("ib-kade", True)):
            client.force_login(world.people[key])
            page = client.get(reverse("case", args=[case.pk])).content.decode()
            assert (f"<b>{name}</b>" in page) == sees, key
