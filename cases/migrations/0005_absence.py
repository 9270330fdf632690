import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from teams.access.policies import fence, fence_history


NOTES = [
    "SELECT set_config('fence.house', 'migration', true)",
    """
    UPDATE cases_note n SET audience = 'school:' || s.organization_id
    FROM schools_school s
    WHERE s.id = n.school_id AND n.case_id IS NULL AND n.student_id IS NOT NULL
      AND n.audience = ''
    """,
    "UPDATE cases_monitoringplan SET audience = 'monitoring' WHERE audience = ''",
    "UPDATE cases_evaluation SET audience = 'monitoring' WHERE audience = ''",
    "UPDATE cases_goalevaluation SET audience = 'monitoring' WHERE audience = ''",
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_consent"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("teams", "0005_seats"),
    ]

    operations = [
        migrations.CreateModel(
            name='AbsenceGround',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('compartment', models.CharField(choices=[('K0', 'kop'), ('K1', 'schooldossier'), ('K2', 'gedeeld plan'), ('K3', 'dossier samenwerkingsverband'), ('K4', 'hulpverleningsdossier'), ('K5', 'gezondheid'), ('K6', 'financiën'), ('K7', 'Team Nooit Opgeven'), ('K8', 'leerkring')], default='K1', max_length=2, verbose_name='compartiment')),
                ('created_at', models.DateTimeField(verbose_name='gemaakt')),
                ('opened_on', models.DateField(verbose_name='geopend op')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='gesloten op')),
                ('audience', models.CharField(blank=True, default='absence', max_length=60, verbose_name='publiek')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absence_grounds', to='cases.case')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.dossier')),
            ],
            options={
                'verbose_name': 'verzuimgrond',
                'ordering': ['-opened_on', '-created_at'],
            },
        ),
        migrations.CreateModel(
            name='AbsenceDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('compartment', models.CharField(choices=[('K0', 'kop'), ('K1', 'schooldossier'), ('K2', 'gedeeld plan'), ('K3', 'dossier samenwerkingsverband'), ('K4', 'hulpverleningsdossier'), ('K5', 'gezondheid'), ('K6', 'financiën'), ('K7', 'Team Nooit Opgeven'), ('K8', 'leerkring')], default='K1', max_length=2, verbose_name='compartiment')),
                ('created_at', models.DateTimeField(verbose_name='gemaakt')),
                ('on', models.DateField(verbose_name='dag')),
                ('length', models.CharField(choices=[('DAG', 'hele dag'), ('DAGDEEL', 'een dagdeel'), ('TE_LAAT', 'te laat, door school als ongeoorloofd vastgelegd')], max_length=8, verbose_name='hoe lang')),
                ('audience', models.CharField(blank=True, default='absence', max_length=60, verbose_name='publiek')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.dossier')),
                ('absence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='cases.absenceground')),
            ],
            options={
                'verbose_name': 'dag ongeoorloofd verzuim',
                'ordering': ['-on'],
            },
        ),
        migrations.CreateModel(
            name='AbsenceGroundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('compartment', models.CharField(choices=[('K0', 'kop'), ('K1', 'schooldossier'), ('K2', 'gedeeld plan'), ('K3', 'dossier samenwerkingsverband'), ('K4', 'hulpverleningsdossier'), ('K5', 'gezondheid'), ('K6', 'financiën'), ('K7', 'Team Nooit Opgeven'), ('K8', 'leerkring')], default='K1', max_length=2, verbose_name='compartiment')),
                ('created_at', models.DateTimeField(verbose_name='gemaakt')),
                ('opened_on', models.DateField(verbose_name='geopend op')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='gesloten op')),
                ('audience', models.CharField(blank=True, default='absence', max_length=60, verbose_name='publiek')),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.dossier')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.absenceground')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AttendanceAgreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('compartment', models.CharField(choices=[('K0', 'kop'), ('K1', 'schooldossier'), ('K2', 'gedeeld plan'), ('K3', 'dossier samenwerkingsverband'), ('K4', 'hulpverleningsdossier'), ('K5', 'gezondheid'), ('K6', 'financiën'), ('K7', 'Team Nooit Opgeven'), ('K8', 'leerkring')], default='K1', max_length=2, verbose_name='compartiment')),
                ('created_at', models.DateTimeField(verbose_name='gemaakt')),
                ('doer', models.CharField(max_length=120, verbose_name='wie')),
                ('what', models.CharField(max_length=400, verbose_name='doet wat')),
                ('evaluate_on', models.DateField(verbose_name='we kijken opnieuw op')),
                ('audience', models.CharField(blank=True, default='absence', max_length=60, verbose_name='publiek')),
                ('absence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='cases.absenceground')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.dossier')),
            ],
            options={
                'verbose_name': 'afspraak over aanwezigheid',
                'verbose_name_plural': 'afspraken over aanwezigheid',
                'ordering': ['evaluate_on', 'created_at'],
            },
        ),
        migrations.CreateModel(
            name='AttendanceAgreementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('compartment', models.CharField(choices=[('K0', 'kop'), ('K1', 'schooldossier'), ('K2', 'gedeeld plan'), ('K3', 'dossier samenwerkingsverband'), ('K4', 'hulpverleningsdossier'), ('K5', 'gezondheid'), ('K6', 'financiën'), ('K7', 'Team Nooit Opgeven'), ('K8', 'leerkring')], default='K1', max_length=2, verbose_name='compartiment')),
                ('created_at', models.DateTimeField(verbose_name='gemaakt')),
                ('doer', models.CharField(max_length=120, verbose_name='wie')),
                ('what', models.CharField(max_length=400, verbose_name='doet wat')),
                ('evaluate_on', models.DateField(verbose_name='we kijken opnieuw op')),
                ('audience', models.CharField(blank=True, default='absence', max_length=60, verbose_name='publiek')),
                ('absence', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.absenceground')),
                ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='teams.dossier')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.attendanceagreement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='absenceground',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('case',), name='one_open_absence_ground'),
        ),
        migrations.AddConstraint(
            model_name='absenceground',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='absence_ground_ends_after_start'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absenceground',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_absencegroundevent" ("audience", "case_id", "closed_by_id", "closed_on", "compartment", "created_at", "created_by_id", "dossier_id", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."audience", NEW."case_id", NEW."closed_by_id", NEW."closed_on", NEW."compartment", NEW."created_at", NEW."created_by_id", NEW."dossier_id", NEW."id", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='1c272456fd639e69eabc147a4c7584933d53dd9e', operation='INSERT', pgid='pgtrigger_insert_insert_8bc3e', table='cases_absenceground', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absenceground',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_absencegroundevent" ("audience", "case_id", "closed_by_id", "closed_on", "compartment", "created_at", "created_by_id", "dossier_id", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."audience", NEW."case_id", NEW."closed_by_id", NEW."closed_on", NEW."compartment", NEW."created_at", NEW."created_by_id", NEW."dossier_id", NEW."id", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='dbc90c6d820c81b4a20e9cd9ff4c48dcba6d86d5', operation='UPDATE', pgid='pgtrigger_update_update_07a14', table='cases_absenceground', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='absenceday',
            constraint=models.UniqueConstraint(fields=('absence', 'on'), name='absence_day_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendanceagreement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_attendanceagreementevent" ("absence_id", "audience", "compartment", "created_at", "created_by_id", "doer", "dossier_id", "evaluate_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."absence_id", NEW."audience", NEW."compartment", NEW."created_at", NEW."created_by_id", NEW."doer", NEW."dossier_id", NEW."evaluate_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."what"); RETURN NULL;', hash='258bd096804d4dd920f69ca7b3452114533f6ac0', operation='INSERT', pgid='pgtrigger_insert_insert_a63c5', table='cases_attendanceagreement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendanceagreement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_attendanceagreementevent" ("absence_id", "audience", "compartment", "created_at", "created_by_id", "doer", "dossier_id", "evaluate_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."absence_id", NEW."audience", NEW."compartment", NEW."created_at", NEW."created_by_id", NEW."doer", NEW."dossier_id", NEW."evaluate_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."what"); RETURN NULL;', hash='447972fdd7f186cc5d14493c5cb762426e2663a1', operation='UPDATE', pgid='pgtrigger_update_update_69b6a', table='cases_attendanceagreement', when='AFTER')),
        ),
        migrations.RunSQL(NOTES, migrations.RunSQL.noop),
        fence("cases_absenceground"),
        fence("cases_absenceday"),
        fence("cases_attendanceagreement"),
        fence_history("cases_absencegroundevent"),
        fence_history("cases_attendanceagreementevent"),
    ]
