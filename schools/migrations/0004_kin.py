import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from teams.access.policies import fence

# Contacts get an audience of their own; a secret one stays open to the leads who knew it. What
# one school wrote at a pupil's dossier is tagged with that school. `check_seats --repair` follows.
CONTACTS = [
    "SELECT set_config('fence.house', 'migration', true)",
    "UPDATE schools_carercontact SET audience = 'contact' WHERE NOT is_secret",
    """
    UPDATE schools_carercontact
    SET audience = 'secret:' || carer_id, secret_for = '{SUPPORT_COORDINATOR,HEAD}'
    WHERE is_secret
    """,
    """
    UPDATE schools_enrollment e SET audience = 'school:' || s.organization_id
    FROM schools_school s WHERE s.id = e.school_id AND e.audience = ''
    """,
]


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0003_fence"),
        ("teams", "0005_seats"),
    ]

    operations = [
        migrations.AddField(
            model_name='carercontact',
            name='secret_for',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('TEACHER', 'leerkracht'), ('PEDAGOGICAL_STAFF', 'pedagogisch medewerker'), ('SUPPORT_COORDINATOR', 'intern begeleider'), ('HEAD', 'directeur'), ('EDUCATION_SPECIALIST', 'onderwijsspecialist'), ('PATHWAY_COORDINATOR', 'trajectbegeleider'), ('BOARD_MEMBER', 'bestuurder'), ('FAMILY_SPECIALIST', 'gezinsspecialist'), ('DISTRICT_TEAM_WORKER', 'wijkteammedewerker'), ('SBO_CONTACT', 'vaste contactpersoon S(B)O'), ('RESIDENCE_WORKER', 'medewerker wijkteam woonplaats'), ('YOUTH_NURSE', 'jeugdverpleegkundige'), ('YOUTH_DOCTOR', 'jeugdarts'), ('SCHOOL_SOCIAL_WORKER', 'schoolmaatschappelijk werker'), ('ATTENDANCE_OFFICER', 'leerplichtambtenaar'), ('CARER', 'ouder of verzorger'), ('STUDENT', 'leerling'), ('PROVIDER_WORKER', 'medewerker zorgaanbieder'), ('MUNICIPAL_CONTACT', 'gemeentelijk contactpersoon'), ('SWV_CONTACT', 'contactpersoon samenwerkingsverband'), ('ESCALATION_TEAM', 'lid Team Nooit Opgeven'), ('REGION_TABLE', 'lid regiotafel'), ('EDUCATION_CONSULTANT', 'onderwijsconsulent'), ('WELFARE_WORKER', 'medewerker welzijn'), ('SWV_STAFF', 'medewerker samenwerkingsverband'), ('APPLICATION_ADMIN', 'functioneel beheerder'), ('DATA_PROTECTION_OFFICER', 'functionaris gegevensbescherming')], max_length=32), blank=True, default=list, size=None, verbose_name='alleen voor'),
        ),
        migrations.AlterField(
            model_name='carercontact',
            name='audience',
            field=models.CharField(blank=True, default='contact', max_length=60, verbose_name='publiek'),
        ),
        migrations.CreateModel(
            name='FamilyTie',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('compartment', models.CharField(choices=[('K0', 'kop'), ('K1', 'schooldossier'), ('K2', 'gedeeld plan'), ('K3', 'dossier samenwerkingsverband'), ('K4', 'hulpverleningsdossier'), ('K5', 'gezondheid'), ('K6', 'financiën'), ('K7', 'Team Nooit Opgeven'), ('K8', 'leerkring')], default='K1', max_length=2, verbose_name='compartiment')),
                ('created_at', models.DateTimeField(verbose_name='gemaakt')),
                ('first_name', models.CharField(max_length=200, verbose_name='roepnaam')),
                ('prefix', models.CharField(blank=True, max_length=20, verbose_name='voorvoegsel')),
                ('last_name', models.CharField(blank=True, max_length=200, verbose_name='achternaam')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='geboortedatum')),
                ('relation', models.CharField(choices=[('CHILD', 'eigen kind'), ('FAMILY', 'familie'), ('HOUSEHOLD', 'woont bij mij in huis'), ('WELL_KNOWN', 'goede bekende, zoals een buurkind')], max_length=12, verbose_name='wat is dit kind van u')),
                ('since', models.DateField(verbose_name='vanaf')),
                ('until', models.DateField(blank=True, null=True, verbose_name='tot')),
                ('audience', models.CharField(blank=True, default='kin', max_length=60, verbose_name='publiek')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.dossier')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('student', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='family_ties', to='schools.student')),
            ],
            options={
                'verbose_name': 'familieband',
                'verbose_name_plural': 'familiebanden',
                'ordering': ['last_name', 'first_name'],
                'indexes': [models.Index(fields=['person'], name='tie_person'), models.Index(condition=models.Q(('student__isnull', True)), fields=['birth_date', 'last_name'], name='tie_unmatched')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('student__isnull', False), ('until__isnull', True)), fields=('person', 'student'), name='tie_once'), models.CheckConstraint(condition=models.Q(models.Q(('dossier__isnull', True), ('student__isnull', True)), models.Q(('dossier__isnull', False), ('student__isnull', False)), _connector='OR'), name='tie_lies_with_its_student')],
            },
        ),
        migrations.RunSQL(CONTACTS, migrations.RunSQL.noop),
        fence("schools_familytie"),
    ]
