"""A random walk of people over one case; the invariants of domain.md 20 hold after every step."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.actions.signals import note_student_signal
from cases.enums import LED_STATES, OPEN_STATES, CaseState, LeadState, MeetingState, PlanState
from cases.models import Agreement, Case, CaseLead, CaseTransition, Meeting, Plan
from cases.workflow.table import ROUTE
from teams.access.actor import acting_as
from teams.access.errors import Blocked, Conflict, NotAllowed, NotVisible
from teams.access.fence import beyond_seats
from tests.cases.attempts import ATTEMPTS
from tests.world import NOW, World

REFUSALS = (Blocked, Conflict, NotAllowed, NotVisible)
PEOPLE = ("teacher-kade", "ib-kade", "head-kade", "nurse-fien", "head-werf")
STEPS_A_WALK = 50
WALKS = 40


class Walk(RuleBasedStateMachine):
    """Two thousand steps: 40 walks of 50, each in a transaction that is undone."""

    world: World
    reached: set[str] = set()

    @initialize()
    def open(self) -> None:
        """A teacher notes a signal."""
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.now: datetime = NOW
        actor = self.world.actor("teacher-kade")
        with acting_as(actor):
            signal = note_student_signal(
                self.world.students["noor"], given={"observation": "Stil."}, actor=actor, now=NOW
            )
        self.case_id = signal.case_id

    @rule(
        name=st.sampled_from(sorted(ATTEMPTS)),
        key=st.sampled_from(PEOPLE),
        full=st.booleans(),
        days=st.integers(0, 3),
    )
    def attempt(self, name: str, key: str, full: bool, days: int) -> None:
        """Somebody tries something, today or a few days later."""
        self.now += timedelta(days=days)
        self._try(name, key, full)

    @rule(days=st.integers(0, 3), data=st.data())
    def go_on(self, days: int, data: st.DataObject) -> None:
        """The walk gets somewhere: what the state asks for, by who may."""
        self.now += timedelta(days=days)
        for name in data.draw(st.sampled_from(FORWARD[self.case.state])):
            for key in ("head-kade", "ib-kade"):
                self._try(name, key, True)

    def _try(self, name: str, key: str, full: bool) -> None:
        actor = self.world.actor(key, now=self.now)
        try:
            with acting_as(actor), transaction.atomic():
                ATTEMPTS[name](self.world, self.case, actor, self.now, full)
                connection.check_constraints()
        except REFUSALS:
            return
        self.case_id = Case.unscoped.order_by("opened_on", "created_at").last().pk
        self.reached.add(self.case.state)

    @property
    def case(self) -> Case:
        """The newest case of the pupil."""
        with beyond_seats("look at the case"):
            return Case.unscoped.get(pk=self.case_id)

    @invariant()
    def i1_one_open_case(self) -> None:
        """I1."""
        assert Case.unscoped.filter(state__in=OPEN_STATES).count() <= 1

    @invariant()
    def i2_exactly_one_lead_from_ot_on(self) -> None:
        """I2."""
        held = CaseLead.unscoped.filter(case=self.case_id, state=LeadState.ACCEPTED).count()
        assert held == 1 if self.case.state in LED_STATES else held <= 1

    @invariant()
    def i5_i6_only_the_head_convenes_and_parents_are_invited(self) -> None:
        """I5, I6."""
        for row in Meeting.unscoped.exclude(state__in=["DRAFT", "CANCELED"]):
            assert row.convened_role == "HEAD"
            kinds = set(row.invitees(manager="unscoped").values_list("kind", flat=True))
            assert row.kind == "VOT" or "CARER" in kinds
        if self.case.state == CaseState.OT:
            states = (MeetingState.CONVENED, MeetingState.HELD, MeetingState.FINAL)
            assert Meeting.unscoped.filter(kind="OT", state__in=states).exists()

    @invariant()
    def i8_i23_what_runs_has_an_evaluation_ahead(self) -> None:
        """I8, I23."""
        for plan in Plan.unscoped.filter(state=PlanState.ACTIVE):
            assert plan.evaluate_on and hasattr(plan, "monitoring")
        assert not Agreement.unscoped.filter(result="", evaluate_on__isnull=True).exists()

    @invariant()
    def i11_a_failed_agreement_leads_to_vot_only(self) -> None:
        """I11."""
        steps = CaseTransition.unscoped.filter(from_state=CaseState.AGREEMENTS)
        for step in steps.exclude(to_state=CaseState.VOT_REQUESTED):
            failed = Agreement.unscoped.filter(
                result="ONVOLDOENDE", consult__isnull=False, evaluated_on__lte=step.created_at
            )
            assert not failed.filter(
                created_at__gt=step.created_at - timedelta(days=60)
            ).exists() or (step.to_state == CaseState.TRANSFERRED)

    @invariant()
    def i19_history_is_whole(self) -> None:
        """I19, R-6.1: actor, role, time; contiguous; only rows of the table."""
        state = ""
        for place, step in enumerate(
            CaseTransition.unscoped.filter(case=self.case_id).order_by("position")
        ):
            assert step.position == place and step.from_state == state
            assert step.by_system or (step.created_by_id and step.acting_role)
            assert step.code == "T-01" or step.from_state in ROUTE[step.code].sources
            state = step.to_state
        assert state == self.case.state

    def teardown(self) -> None:
        """Undo the walk."""
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)


FORWARD = {
    CaseState.SIGNALING: [["talk", "ask"], ["vot at once"]],
    CaseState.CONSULTING: [["agree"], ["more"]],
    CaseState.AGREEMENTS: [["evaluate", "close agreements"], ["vot"]],
    CaseState.VOT_REQUESTED: [["lay vot", "convene vot"]],
    CaseState.VOT: [["hold", "minutes", "finalize", "to ot"]],
    CaseState.OT_PREPARING: [["lay ot", "convene ot"]],
    CaseState.OT: [
        ["hold", "minutes", "finalize", "plan", "accept", "start"],
        ["weigh"],
        ["again"],
    ],
    CaseState.WEIGHING: [["back"]],
    CaseState.RUNNING: [["evaluate plan"], ["finish"], ["back to ot"]],
    CaseState.CLOSED: [["reopen"]],
}


@pytest.mark.long
def test_two_thousand_steps_keep_every_invariant(world):
    Walk.world = world
    Walk.reached = set()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS_A_WALK,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    # A walk that never gets anywhere would prove nothing.
    assert {CaseState.RUNNING, CaseState.VOT, CaseState.OT, CaseState.CLOSED} <= Walk.reached


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("cases_casetransition", "reason_is_immutable"),
        ("cases_consentdecision", "consent_is_immutable"),
    ],
)
def test_d11_immutable_rows_are_guarded_by_a_trigger(db, table, change):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE c.relname = %s AND NOT t.tgisinternal",
            [table],
        )
        assert cursor.fetchone()[0] >= 1
