"""Of sixteen who take the same step at once, one wins and fifteen read why not (A-59)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.enums import CaseState
from cases.models import Case, CaseTransition
from cases.workflow.engine import perform
from cases.workflow.opening import open_case
from cases.workflow.table import ROUTE
from teams.access.actor import acting_as, as_system
from teams.access.errors import Blocked
from tests.world import NOW, build_world

AT_ONCE = 16


@pytest.mark.django_db(transaction=True)
def test_one_wins_and_fifteen_get_a_readable_refusal():
    world = build_world()
    actor = world.actor("ib-kade")
    with as_system("race"):
        case = open_case(
            student=world.students["noor"], school=world.schools["kade"], actor=actor, now=NOW
        )
    start = Barrier(AT_ONCE)

    def take(_number: int) -> str:
        start.wait()
        try:
            with acting_as(actor):
                perform(
                    ROUTE["T-10"], case.pk, actor=actor, now=NOW, given={"reason": "Houdt aan."}
                )
        except Blocked as refusal:
            return str(refusal.reasons[0])
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(take, range(AT_ONCE)))
    refusals = [answer for answer in answers if answer]
    assert len(refusals) == AT_ONCE - 1
    assert all("kan niet vanuit “VOT gevraagd”" in answer for answer in refusals)
    with as_system("race"):
        assert Case.objects.get().state == CaseState.VOT_REQUESTED
        assert CaseTransition.objects.filter(code="T-10").count() == 1
