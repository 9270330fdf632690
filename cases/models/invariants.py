"""Invariants that PostgreSQL holds itself, at the end of each transaction (domain.md 20)."""

import pgtrigger

from cases.enums import LED_STATES, AgreementResult, CaseState, InviteeKind, LeadState

_LED = ", ".join(f"'{state}'" for state in sorted(LED_STATES))
_NO_LEAD = f"""
    IF EXISTS (SELECT 1 FROM cases_case WHERE id = {{case_id}} AND state IN ({_LED}))
       AND NOT EXISTS (SELECT 1 FROM cases_caselead
                       WHERE case_id = {{case_id}} AND state = '{LeadState.ACCEPTED}') THEN
        RAISE EXCEPTION 'I2: case without an accepted lead' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def _at_commit(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=func,
    )


# I2: from OT to Team NO exactly one lead; "at most one" is a unique constraint.
case_has_a_lead = _at_commit(
    "i2_led_case_has_a_lead",
    pgtrigger.Insert | pgtrigger.Update,
    _NO_LEAD.format(case_id="NEW.id"),
)
lead_leaves_no_gap = _at_commit(
    "i2_lead_leaves_no_gap", pgtrigger.Update, _NO_LEAD.format(case_id="NEW.case_id")
)

# I6: no OT without the parents' invitation.
ot_invites_parents = _at_commit(
    "i6_ot_invites_parents",
    pgtrigger.Insert | pgtrigger.Update,
    f"""
    IF NEW.kind = 'OT' AND NEW.state IN ('CONVENED', 'HELD', 'FINAL')
       AND NOT EXISTS (SELECT 1 FROM cases_invitee
                       WHERE meeting_id = NEW.id AND kind = '{InviteeKind.CARER}') THEN
        RAISE EXCEPTION 'I6: OT without invited parents' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
    """,
)

# I11: after a failed agreement of outcome 2 the route leads to the VOT only (or away with the pupil).
failed_agreement_leads_to_vot = _at_commit(
    "i11_failed_agreement_leads_to_vot",
    pgtrigger.Insert,
    f"""
    IF NEW.from_state = '{CaseState.AGREEMENTS}'
       AND NEW.to_state NOT IN ('{CaseState.VOT_REQUESTED}', '{CaseState.TRANSFERRED}')
       AND EXISTS (
           SELECT 1 FROM cases_agreement
           WHERE result = '{AgreementResult.INSUFFICIENT}' AND consult_id = (
               SELECT id FROM cases_consult WHERE case_id = NEW.case_id AND outcome <> ''
               ORDER BY asked_on DESC, created_at DESC LIMIT 1)) THEN
        RAISE EXCEPTION 'I11: failed agreement leads to VOT only' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
    """,
)
