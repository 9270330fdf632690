from django.db import migrations

from teams.access.policies import fence, fence_by, fence_history

SENSITIVE = """
cases_case cases_casetransition cases_transitionnote cases_agreement cases_consent
cases_consentdecision cases_consult cases_consultasked cases_conversation cases_note
cases_plan cases_goal cases_monitoringplan cases_document cases_evaluation
cases_goalevaluation cases_caselead cases_meeting cases_invitee cases_meetingline
cases_contribution cases_participant cases_signal
""".split()
HISTORY = """
cases_caseevent cases_agreementevent cases_consultevent cases_conversationevent
cases_planevent cases_goalevent cases_monitoringplanevent cases_evaluationevent
cases_goalevaluationevent cases_caseleadevent cases_meetingevent cases_inviteeevent
cases_meetinglineevent cases_contributionevent cases_signalevent
""".split()
# Invariants look at all rows, whoever commits: their functions run as the owner.
DEFINER = """
DO $$
DECLARE name regprocedure;
BEGIN
    FOR name IN SELECT oid FROM pg_proc WHERE proname ~ '^pgtrigger_i[0-9]+_' LOOP
        EXECUTE format(
            'ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public', name);
    END LOOP;
END $$;
"""
# no other change of state exists, also not straight in SQL. The pairs are those of
# cases/workflow/table.py; a test compares them.
ROUTE = """
CREATE FUNCTION route_moves() RETURNS TABLE (source text, target text) LANGUAGE sql IMMUTABLE AS $$
    VALUES
        ('AGREEMENTS', 'CLOSED'),
        ('AGREEMENTS', 'TRANSFERRED'),
        ('AGREEMENTS', 'VOT_REQUESTED'),
        ('CLOSED', 'SIGNALING'),
        ('CONSULTING', 'AGREEMENTS'),
        ('CONSULTING', 'CLOSED'),
        ('CONSULTING', 'TRANSFERRED'),
        ('CONSULTING', 'VOT_REQUESTED'),
        ('ESCALATED', 'TRANSFERRED'),
        ('OT', 'CLOSED'),
        ('OT', 'OT_PREPARING'),
        ('OT', 'RUNNING'),
        ('OT', 'TRANSFERRED'),
        ('OT', 'WEIGHING'),
        ('OT_PREPARING', 'OT'),
        ('OT_PREPARING', 'TRANSFERRED'),
        ('RUNNING', 'CLOSED'),
        ('RUNNING', 'OT_PREPARING'),
        ('RUNNING', 'TRANSFERRED'),
        ('SIGNALING', 'CLOSED'),
        ('SIGNALING', 'CONSULTING'),
        ('SIGNALING', 'TRANSFERRED'),
        ('SIGNALING', 'VOT_REQUESTED'),
        ('VOT', 'AGREEMENTS'),
        ('VOT', 'CLOSED'),
        ('VOT', 'OT_PREPARING'),
        ('VOT', 'TRANSFERRED'),
        ('VOT_REQUESTED', 'AGREEMENTS'),
        ('VOT_REQUESTED', 'CONSULTING'),
        ('VOT_REQUESTED', 'SIGNALING'),
        ('VOT_REQUESTED', 'TRANSFERRED'),
        ('VOT_REQUESTED', 'VOT'),
        ('WEIGHING', 'OT_PREPARING'),
        ('WEIGHING', 'RUNNING'),
        ('WEIGHING', 'TRANSFERRED')
$$;
CREATE FUNCTION refuse_unknown_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM route_moves() WHERE source = OLD.state AND target = NEW.state) THEN
        RAISE EXCEPTION 'R-6.1: no step leads from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER route_moves_only BEFORE UPDATE OF state ON cases_case
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION refuse_unknown_move();
"""
NO_ROUTE = """
DROP TRIGGER route_moves_only ON cases_case;
DROP FUNCTION refuse_unknown_move();
DROP FUNCTION route_moves();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_initial"),
        ("teams", "0003_fence"),
    ]

    operations = [
        *(fence(table) for table in SENSITIVE),
        *(fence_history(table) for table in HISTORY),
        fence_by("cases_draft", "person_id = (SELECT fence_person())"),
        fence_by(
            "cases_consent_recipients",
            "EXISTS (SELECT FROM cases_consent c WHERE c.id = consent_id)",
        ),
        migrations.RunSQL(DEFINER, migrations.RunSQL.noop),
        migrations.RunSQL(ROUTE, NO_ROUTE),
    ]
