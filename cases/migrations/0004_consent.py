import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from teams.access.policies import fence

# What was asked before there were classes and directions: as its purpose says.
FILL = """
SELECT set_config('fence.house', 'migration', true);
UPDATE cases_consent SET classes = CASE purpose
    WHEN 'a' THEN '{K1,K2}'::text[] WHEN 'b' THEN '{K2,K3}' WHEN 'd' THEN '{K4}'
    WHEN 'e' THEN '{K4}' WHEN 'f' THEN '{K2,K4}' WHEN 'h' THEN '{K1,K2}' ELSE '{K2}' END;
UPDATE cases_consent SET sender_id = s.organization_id
    FROM cases_case c JOIN schools_school s ON s.id = c.school_id
    WHERE c.id = case_id AND purpose NOT IN ('d', 'e');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT set_config('fence.house', '', true);
"""
# D11: with whom it is shared is part of what was asked; after the first answer it stands.
RECIPIENTS = """
CREATE FUNCTION consent_recipients_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM cases_consentdecision
        WHERE consent_id = coalesce(NEW.consent_id, OLD.consent_id)
    ) THEN
        RAISE EXCEPTION 'D11: the recipients of an answered consent do not change'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER consent_recipients_stand BEFORE INSERT OR UPDATE OR DELETE
    ON cases_consent_recipients FOR EACH ROW EXECUTE FUNCTION consent_recipients_stand();
"""
NO_RECIPIENTS = """
DROP TRIGGER consent_recipients_stand ON cases_consent_recipients;
DROP FUNCTION consent_recipients_stand();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_fence"),
        ("schools", "0003_fence"),
        ("teams", "0003_fence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentReminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "compartment",
                    models.CharField(
                        choices=[
                            ("K0", "kop"),
                            ("K1", "schooldossier"),
                            ("K2", "gedeeld plan"),
                            ("K3", "dossier samenwerkingsverband"),
                            ("K4", "hulpverleningsdossier"),
                            ("K5", "gezondheid"),
                            ("K6", "financiën"),
                            ("K7", "Team Nooit Opgeven"),
                            ("K8", "leerkring"),
                        ],
                        default="K1",
                        max_length=2,
                        verbose_name="compartiment",
                    ),
                ),
                (
                    "audience",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="publiek"),
                ),
                ("created_at", models.DateTimeField(verbose_name="gemaakt")),
            ],
            options={
                "verbose_name": "herinnering aan een toestemming",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="ConsentScan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "compartment",
                    models.CharField(
                        choices=[
                            ("K0", "kop"),
                            ("K1", "schooldossier"),
                            ("K2", "gedeeld plan"),
                            ("K3", "dossier samenwerkingsverband"),
                            ("K4", "hulpverleningsdossier"),
                            ("K5", "gezondheid"),
                            ("K6", "financiën"),
                            ("K7", "Team Nooit Opgeven"),
                            ("K8", "leerkring"),
                        ],
                        default="K1",
                        max_length=2,
                        verbose_name="compartiment",
                    ),
                ),
                (
                    "audience",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="publiek"),
                ),
                ("created_at", models.DateTimeField(verbose_name="gemaakt")),
                ("content_type", models.CharField(max_length=20, verbose_name="soort")),
                ("content", models.BinaryField(verbose_name="inhoud")),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "scan van een toestemming",
            },
        ),
        migrations.AlterModelOptions(
            name="consent",
            options={
                "ordering": ["-created_at"],
                "verbose_name": "toestemming",
                "verbose_name_plural": "toestemmingen",
            },
        ),
        migrations.RemoveConstraint(
            model_name="consentdecision",
            name="spoken_consent_has_another_witness",
        ),
        migrations.AddField(
            model_name="consent",
            name="classes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("K0", "kop"),
                        ("K1", "schooldossier"),
                        ("K2", "gedeeld plan"),
                        ("K3", "dossier samenwerkingsverband"),
                        ("K4", "hulpverleningsdossier"),
                        ("K5", "gezondheid"),
                        ("K6", "financiën"),
                        ("K7", "Team Nooit Opgeven"),
                        ("K8", "leerkring"),
                    ],
                    max_length=2,
                ),
                default=list,
                size=None,
                verbose_name="soort gegevens",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="recipient_name",
            field=models.CharField(
                blank=True, max_length=160, verbose_name="naam van de ontvanger"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="sender",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="teams.organization",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="text",
            field=models.TextField(blank=True, default="", verbose_name="getoonde tekst"),
        ),
        migrations.AddField(
            model_name="consentdecision",
            name="account",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="asked_on",
            field=models.DateField(blank=True, null=True, verbose_name="gevraagd op"),
        ),
        migrations.AlterField(
            model_name="consentdecision",
            name="decision",
            field=models.CharField(
                choices=[
                    ("VERLEEND", "gegeven"),
                    ("GEWEIGERD", "geweigerd"),
                    ("INGETROKKEN", "ingetrokken"),
                    ("GEHOORD", "gehoord"),
                ],
                max_length=12,
                verbose_name="antwoord",
            ),
        ),
        migrations.AlterField(
            model_name="consentdecision",
            name="form",
            field=models.CharField(
                choices=[
                    ("PAPIER", "op papier, met een scan"),
                    ("MONDELING", "mondeling, met een getuige"),
                    ("DIGITAAL", "zelf, met een eigen account"),
                ],
                max_length=10,
                verbose_name="hoe",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="consent",
            trigger=pgtrigger.compiler.Trigger(
                name="asked_consent_is_immutable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."asked_on" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="45492b0311e624859826b792df0eae689eb6d57a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_asked_consent_is_immutable_a609c",
                    table="cases_consent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="consentreminder",
            name="carer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.carer"
            ),
        ),
        migrations.AddField(
            model_name="consentreminder",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="cases.consent",
            ),
        ),
        migrations.AddField(
            model_name="consentreminder",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consentreminder",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.dossier"
            ),
        ),
        migrations.AddField(
            model_name="consentscan",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="consentscan",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consentscan",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.dossier"
            ),
        ),
        migrations.AddField(
            model_name="consentdecision",
            name="scan",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="cases.consentscan",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "VERLEEND"), ("form", "MONDELING"), _negated=True),
                    ("witness__isnull", False),
                    _connector="OR",
                ),
                name="spoken_consent_has_a_witness",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("witness__isnull", True),
                    ("created_by__isnull", True),
                    models.Q(("witness", models.F("created_by")), _negated=True),
                    _connector="OR",
                ),
                name="consent_witness_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", False), ("form", "DIGITAAL")),
                    models.Q(
                        models.Q(("form", "DIGITAAL"), _negated=True), ("account__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="digital_consent_names_its_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "GEHOORD"), _negated=True),
                    ("is_student", True),
                    _connector="OR",
                ),
                name="only_a_pupil_is_heard",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consentscan",
            trigger=pgtrigger.compiler.Trigger(
                name="scan_is_immutable",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d5971c20fa27fb0e2165ab509cb93f25a9cf79b4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_scan_is_immutable_d8a05",
                    table="cases_consentscan",
                    when="BEFORE",
                ),
            ),
        ),
        fence("cases_consentscan"),
        fence("cases_consentreminder"),
        migrations.RunSQL(RECIPIENTS, NO_RECIPIENTS),
    ]
