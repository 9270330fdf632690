from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from teams.enums import Compartment

HOUSE = "(SELECT fence_is_house())"
OWN = "actor_id = (SELECT fence_person())"

# Every column of a line in PostgreSQL's own binary form: types, lengths, values; a third of the
# time that text takes. A column added later needs a function of its own from that day on.
CHAIN = """
CREATE FUNCTION trace_line(e teams_auditentry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT record_send(ROW(
        e.id, e.at, e.actor_id, e.actor_name, e.acting_role,
        e.organization_id, e.on_behalf_id, e.dossier_id, e.object_type, e.object_id,
        e.request_id, e.verb, e.reason
    ))
$$;

CREATE FUNCTION trace_line(e teams_accessentry) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT record_send(ROW(
        e.id, e.at, e.actor_id, e.actor_name, e.acting_role,
        e.organization_id, e.on_behalf_id, e.dossier_id, e.object_type, e.object_id,
        e.request_id, e.action, e.outcome, e.ground, e.rule, e.consent_id, e.is_break_glass,
        e.dossier_ids, e.rules, e.consent_ids, e.compartments, e.query_digest
    ))
$$;

CREATE FUNCTION trace_hash(before bytea, kind text, shard integer, seq bigint, line bytea)
RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(before || convert_to(concat_ws(' ', kind, shard, seq), 'UTF8') || line)
$$;

CREATE FUNCTION trace_origin(shard integer) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT sha256(convert_to('shard ' || shard, 'UTF8')) $$;

CREATE FUNCTION trace_shard(key uuid) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT get_byte(sha256(uuid_send(key)), 0) * 4 + get_byte(sha256(uuid_send(key)), 1) / 64
$$;

-- Adds one link. Every line of a transaction goes to the chain of the first one's dossier, so that
-- a transaction holds one head and two of them never wait for each other.
CREATE FUNCTION trace_append(kind text, entry uuid, key uuid, line bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    chosen integer := nullif(current_setting('trace.shard', true), '')::integer % 1024;
    head teams_tracehead;
BEGIN
    IF current_setting('client_encoding') <> 'UTF8' THEN
        RAISE 'lines of the trace are linked as UTF8';
    END IF;
    IF chosen IS NULL THEN
        chosen := trace_shard(key);
        PERFORM set_config('trace.shard', chosen::text, true);
    END IF;
    LOOP
        UPDATE teams_tracehead t
        SET seq = t.seq + 1,
            hash = trace_hash(t.hash, trace_append.kind, chosen, t.seq + 1, trace_append.line)
        WHERE t.shard = chosen
        RETURNING t.* INTO head;
        EXIT WHEN FOUND;
        INSERT INTO teams_tracehead (shard, seq, hash) VALUES (chosen, 0, trace_origin(chosen))
        ON CONFLICT DO NOTHING;
    END LOOP;
    INSERT INTO teams_tracelink (entry_id, kind, shard, seq, hash)
    VALUES (trace_append.entry, trace_append.kind, chosen, head.seq, head.hash);
END $$;
REVOKE EXECUTE ON FUNCTION trace_append(text, uuid, uuid, bytea) FROM PUBLIC;

CREATE FUNCTION trace_link_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE entry teams_auditentry := NEW;
BEGIN
    PERFORM trace_append('audit', entry.id,
        coalesce(entry.dossier_id, entry.actor_id, entry.id), trace_line(entry));
    RETURN NULL;
END $$;

CREATE FUNCTION trace_link_access() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE entry teams_accessentry := NEW;
BEGIN
    PERFORM trace_append('access', entry.id,
        coalesce(entry.dossier_id, entry.actor_id, entry.id), trace_line(entry));
    RETURN NULL;
END $$;

-- At commit, when no other lock is asked for any more.
CREATE CONSTRAINT TRIGGER linked AFTER INSERT ON teams_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trace_link_audit();
CREATE CONSTRAINT TRIGGER linked AFTER INSERT ON teams_accessentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trace_link_access();

CREATE FUNCTION trace_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'the trace is append-only';
END $$;

-- Inside the two triggers above the depth is two; by hand it is one.
CREATE FUNCTION trace_only_by_append() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE insufficient_privilege USING MESSAGE = 'the trace is append-only';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON teams_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON teams_accessentry
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON teams_tracelink
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON teams_tracehead
    FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse();
CREATE TRIGGER only_by_append BEFORE INSERT ON teams_tracelink
    FOR EACH STATEMENT EXECUTE FUNCTION trace_only_by_append();
CREATE TRIGGER only_by_append BEFORE INSERT OR UPDATE ON teams_tracehead
    FOR EACH STATEMENT EXECUTE FUNCTION trace_only_by_append();
"""

CHAIN_GONE = """
DROP TRIGGER linked ON teams_auditentry;
DROP TRIGGER linked ON teams_accessentry;
DROP TRIGGER append_only ON teams_auditentry;
DROP TRIGGER append_only ON teams_accessentry;
DROP TRIGGER append_only ON teams_tracelink;
DROP TRIGGER append_only ON teams_tracehead;
DROP TRIGGER only_by_append ON teams_tracelink;
DROP TRIGGER only_by_append ON teams_tracehead;
DROP FUNCTION trace_only_by_append();
DROP FUNCTION trace_refuse();
DROP FUNCTION trace_link_access();
DROP FUNCTION trace_link_audit();
DROP FUNCTION trace_append(text, uuid, uuid, bytea);
DROP FUNCTION trace_shard(uuid);
DROP FUNCTION trace_origin(integer);
DROP FUNCTION trace_hash(bytea, text, integer, bigint, bytea);
DROP FUNCTION trace_line(teams_accessentry);
DROP FUNCTION trace_line(teams_auditentry);
"""

FENCE = f"""
ALTER TABLE teams_auditentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE teams_auditentry FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON teams_auditentry FOR SELECT USING (
    {HOUSE} OR {OWN} OR dossier_id = ANY ((SELECT fence_dossiers())::uuid[])
);
ALTER TABLE teams_accessentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE teams_accessentry FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON teams_accessentry FOR SELECT USING ({HOUSE} OR {OWN});
-- Nobody writes a line in another's name.
CREATE POLICY written ON teams_auditentry FOR INSERT
    WITH CHECK ({HOUSE} OR actor_id IS NOT DISTINCT FROM (SELECT fence_person()));
CREATE POLICY written ON teams_accessentry FOR INSERT
    WITH CHECK ({HOUSE} OR actor_id IS NOT DISTINCT FROM (SELECT fence_person()));
ALTER TABLE teams_tracelink ENABLE ROW LEVEL SECURITY;
ALTER TABLE teams_tracelink FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON teams_tracelink FOR SELECT USING ({HOUSE});
ALTER TABLE teams_tracehead ENABLE ROW LEVEL SECURITY;
ALTER TABLE teams_tracehead FORCE ROW LEVEL SECURITY;
CREATE POLICY house ON teams_tracehead FOR SELECT USING ({HOUSE});

-- Who looked at one dossier, newest first, from one place in the list on. A policy would keep
-- PostgreSQL from using the index on the array, so the question is asked here.
CREATE FUNCTION trace_looks(
    wanted uuid, since timestamptz, until timestamptz,
    before_at timestamptz, before_id uuid, most integer
) RETURNS SETOF teams_accessentry
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT * FROM teams_accessentry
    WHERE (fence_is_house() OR wanted = ANY (fence_dossiers()))
      AND dossier_ids @> ARRAY[wanted]
      AND at >= coalesce(trace_looks.since, '-infinity')
      AND at < coalesce(trace_looks.until, 'infinity')
      AND (before_at IS NULL OR (at, id) < (before_at, before_id))
    ORDER BY at DESC, id DESC
    LIMIT most
$$;
"""

FENCE_GONE = """
DROP FUNCTION trace_looks(uuid, timestamptz, timestamptz, timestamptz, uuid, integer);
DROP POLICY house ON teams_tracehead;
ALTER TABLE teams_tracehead DISABLE ROW LEVEL SECURITY;
DROP POLICY house ON teams_tracelink;
ALTER TABLE teams_tracelink DISABLE ROW LEVEL SECURITY;
DROP POLICY written ON teams_accessentry;
DROP POLICY own ON teams_accessentry;
ALTER TABLE teams_accessentry DISABLE ROW LEVEL SECURITY;
DROP POLICY written ON teams_auditentry;
DROP POLICY own ON teams_auditentry;
ALTER TABLE teams_auditentry DISABLE ROW LEVEL SECURITY;
"""

# Logins that are not there are passed over: each installation has its own.
GRANTS = """
DO $$
DECLARE login text;
BEGIN
    FOREACH login IN ARRAY ARRAY['app_rt', 'worker_rt', 'report_rt', 'backup_rt'] LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login);
        EXECUTE format('REVOKE ALL ON teams_auditentry, teams_accessentry, teams_tracelink,'
            ' teams_tracehead FROM %I', login);
        CONTINUE WHEN login = 'report_rt';
        EXECUTE format('GRANT SELECT ON teams_auditentry, teams_accessentry, teams_tracelink,'
            ' teams_tracehead TO %I', login);
        CONTINUE WHEN login = 'backup_rt';
        EXECUTE format('GRANT INSERT ON teams_auditentry, teams_accessentry TO %I', login);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0003_fence"),
    ]

    operations = [
        migrations.CreateModel(
            name="TraceHead",
            fields=[
                (
                    "shard",
                    models.SmallIntegerField(
                        primary_key=True, serialize=False, verbose_name="keten"
                    ),
                ),
                ("seq", models.BigIntegerField(verbose_name="laatste nummer")),
                ("hash", models.BinaryField(verbose_name="kenmerk")),
            ],
            options={"verbose_name": "kop van een keten"},
        ),
        migrations.CreateModel(
            name="TraceLink",
            fields=[
                (
                    "entry_id",
                    models.UUIDField(primary_key=True, serialize=False, verbose_name="regel"),
                ),
                ("kind", models.CharField(max_length=6, verbose_name="soort")),
                ("shard", models.SmallIntegerField(verbose_name="keten")),
                ("seq", models.BigIntegerField(verbose_name="nummer")),
                ("hash", models.BinaryField(verbose_name="kenmerk")),
            ],
            options={"verbose_name": "schakel"},
        ),
        migrations.AddConstraint(
            model_name="tracelink",
            constraint=models.UniqueConstraint(fields=("shard", "seq"), name="link_once"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="is_watched",
            field=models.BooleanField(default=False, verbose_name="extra letten op inzage"),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="on_behalf_id",
            field=models.UUIDField(null=True, verbose_name="namens"),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="on_behalf_id",
            field=models.UUIDField(null=True, verbose_name="namens"),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="consent_id",
            field=models.UUIDField(null=True, verbose_name="toestemming"),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="is_break_glass",
            field=models.BooleanField(default=False, verbose_name="noodtoegang"),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="dossier_ids",
            field=ArrayField(
                base_field=models.UUIDField(), default=list, size=None, verbose_name="dossiers"
            ),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="rules",
            field=ArrayField(
                base_field=models.CharField(max_length=8),
                default=list,
                size=None,
                verbose_name="regels",
            ),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="consent_ids",
            field=ArrayField(
                base_field=models.UUIDField(null=True),
                default=list,
                size=None,
                verbose_name="toestemmingen",
            ),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="compartments",
            field=ArrayField(
                base_field=models.CharField(choices=Compartment, max_length=2),
                default=list,
                size=None,
                verbose_name="compartimenten",
            ),
        ),
        migrations.AddField(
            model_name="accessentry",
            name="query_digest",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="zoekvraag, onleesbaar"
            ),
        ),
        migrations.AddIndex(
            model_name="accessentry",
            index=GinIndex(fields=["dossier_ids"], name="accessentry_dossiers"),
        ),
        migrations.AddIndex(
            model_name="accessentry",
            index=models.Index(fields=["actor_id", "at"], name="accessentry_actor"),
        ),
        migrations.RunSQL(CHAIN, CHAIN_GONE),
        migrations.RunSQL(FENCE, FENCE_GONE),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
