from django.db import migrations, models

from teams.access.policies import fence_by

FUNCTIONS = """
CREATE FUNCTION fence_is_house() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('fence.house', true), '') <> '' $$;

CREATE FUNCTION fence_role() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('fence.role', true), '') $$;

CREATE FUNCTION fence_person() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fence.person', true), '')::uuid $$;

CREATE FUNCTION fence_day() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fence.day', true), '')::date $$;

CREATE FUNCTION fence_at() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fence.at', true), '')::timestamptz $$;

CREATE FUNCTION fence_parties() RETURNS text[] LANGUAGE sql STABLE AS
$$ SELECT string_to_array(nullif(current_setting('fence.parties', true), ''), ' ') $$;

-- The seats in which the one who looks may sit now; the same question as fence 1 asks.
-- Plain, so that PostgreSQL unfolds it inside the two functions below, which read past the fence.
CREATE FUNCTION fence_seats() RETURNS SETOF teams_seat LANGUAGE sql STABLE AS $$
    SELECT * FROM teams_seat
    WHERE party = ANY (fence_parties())
      AND role = fence_role()
      AND since <= fence_day()
      AND (until IS NULL OR until > fence_day())
      AND (expires_at IS NULL OR expires_at > fence_at())
$$;

CREATE FUNCTION fence_dossiers() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT coalesce(array_agg(dossier_id), '{}') FROM fence_seats() $$;

-- Written out in plpgsql, which keeps its plan: PostgreSQL plans a policy anew in every statement.
CREATE FUNCTION fence_sees(dossier uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN EXISTS (SELECT FROM fence_seats() s WHERE s.dossier_id = fence_sees.dossier);
END $$;

CREATE FUNCTION fence_opens(dossier uuid, compartment text, audience text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM fence_seats() s
        WHERE s.dossier_id = fence_opens.dossier
          AND fence_opens.compartment = ANY (s.compartments)
          AND (fence_opens.audience = ANY (s.audiences) OR '*' = ANY (s.audiences))
    );
END $$;
"""
GONE = """
DROP FUNCTION fence_opens(uuid, text, text);
DROP FUNCTION fence_sees(uuid);
DROP FUNCTION fence_dossiers();
DROP FUNCTION fence_seats();
DROP FUNCTION fence_parties();
DROP FUNCTION fence_at();
DROP FUNCTION fence_day();
DROP FUNCTION fence_person();
DROP FUNCTION fence_role();
DROP FUNCTION fence_is_house();
"""
SEAT = """
    party = ANY (fence_parties()) OR fence_sees(dossier_id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0002_text_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="consent_id",
            field=models.UUIDField(blank=True, null=True, verbose_name="toestemming"),
        ),
        migrations.AddField(
            model_name="seat",
            name="expires_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="verloopt"),
        ),
        migrations.RemoveIndex(model_name="seat", name="seat_party_dossier"),
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(
                fields=["party", "dossier"],
                include=["compartments", "audiences", "since", "until", "expires_at"],
                name="seat_party_dossier",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, GONE),
        fence_by("teams_seat", SEAT),
    ]
