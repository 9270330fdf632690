import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import uuid
from django.conf import settings
from django.db import migrations, models

from teams.access.policies import fence_by

# As in 0003, and less the dossiers from which the one who looks stays away (D5).
SEATS = """
CREATE OR REPLACE FUNCTION fence_seats() RETURNS SETOF teams_seat LANGUAGE sql STABLE AS $$
    SELECT * FROM teams_seat
    WHERE party = ANY (fence_parties())
      AND role = fence_role()
      AND since <= fence_day()
      AND (until IS NULL OR until > fence_day())
      AND (expires_at IS NULL OR expires_at > fence_at())
      AND NOT EXISTS (
          SELECT FROM teams_recusal r
          WHERE r.dossier_id = teams_seat.dossier_id
            AND r.person_id = fence_person()
            AND r.since <= fence_day()
            AND (r.until IS NULL OR r.until > fence_day())
      )
$$;
"""
SEATS_BEFORE = """
CREATE OR REPLACE FUNCTION fence_seats() RETURNS SETOF teams_seat LANGUAGE sql STABLE AS $$
    SELECT * FROM teams_seat
    WHERE party = ANY (fence_parties())
      AND role = fence_role()
      AND since <= fence_day()
      AND (until IS NULL OR until > fence_day())
      AND (expires_at IS NULL OR expires_at > fence_at())
$$;
"""
OWN = "person_id = (SELECT fence_person())"
# The privacy officer looks back on all; a directeur on those of the own school.
GLASS = f"""
    {OWN}
    OR (SELECT fence_role()) = 'DATA_PROTECTION_OFFICER'
    OR dossier_id = ANY ((SELECT fence_dossiers())::uuid[])
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0004_trace"),
    ]

    operations = [
        migrations.AlterField(
            model_name='seat',
            name='ground',
            field=models.CharField(choices=[('ZORGPLICHT', 'de school draagt zorg voor deze leerling'), ('TOESTEMMING(a)', 'er is toestemming om met naam te overleggen'), ('TOESTEMMING(h)', 'er is toestemming voor overdracht'), ('GEEN-IDENTITEIT', 'de vraag is gesteld zonder naam'), ('WET-SWV', 'wettelijke taak van het samenwerkingsverband'), ('WET-JEUGD', 'de Jeugdwet'), ('WET-JGZ', 'de jeugdgezondheidszorg'), ('LEERPLICHT', 'er is ongeoorloofd verzuim vastgelegd'), ('BETROKKENE', 'het gaat over deze persoon zelf'), ('TOEZICHT', 'toezicht op het gebruik'), ('BEHEER', 'beheer van de gegevens'), ('HERSTEL', 'noodtoegang met een reden, die een tweede persoon nakijkt')], max_length=20, verbose_name='grond'),
        ),
        migrations.AlterField(
            model_name='seat',
            name='relation',
            field=models.CharField(choices=[('sch', 'werkt op de school'), ('grp', 'staat voor de groep'), ('lnk', 'hoort bij het ondersteuningsteam van de school'), ('ask', 'is om advies gevraagd'), ('part', 'zit aan tafel'), ('inv', 'is uitgenodigd voor het overleg'), ('reg', 'heeft de regie'), ('tafl', 'weet om wie het gaat, door een plaats aan tafel'), ('brd', 'werkt bij het bestuur'), ('org', 'werkt bij de organisatie'), ('oud', 'werkt op de vorige school'), ('bg', 'gebruikt noodtoegang')], max_length=4, verbose_name='relatie'),
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('SEATS', 'plaatsen aan tafel kloppen niet'), ('TRACE', 'het inzagelog klopt niet'), ('CURIOSITY', 'opvallend kijkgedrag'), ('GLASS', 'noodtoegang'), ('SYSTEM', 'technische storing')], max_length=12, verbose_name='soort')),
                ('text', models.CharField(max_length=400, verbose_name='melding')),
                ('raised_at', models.DateTimeField(verbose_name='gemeld op')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='gezien op')),
                ('answer', models.CharField(blank=True, max_length=400, verbose_name='wat is gedaan')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'alarm',
                'verbose_name_plural': 'alarmen',
                'ordering': ['-raised_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('seen_at__isnull', True)), fields=('kind', 'text'), name='alarm_once_until_seen')],
            },
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('TEACHER', 'leerkracht'), ('PEDAGOGICAL_STAFF', 'pedagogisch medewerker'), ('SUPPORT_COORDINATOR', 'intern begeleider'), ('HEAD', 'directeur'), ('EDUCATION_SPECIALIST', 'onderwijsspecialist'), ('PATHWAY_COORDINATOR', 'trajectbegeleider'), ('BOARD_MEMBER', 'bestuurder'), ('FAMILY_SPECIALIST', 'gezinsspecialist'), ('DISTRICT_TEAM_WORKER', 'wijkteammedewerker'), ('SBO_CONTACT', 'vaste contactpersoon S(B)O'), ('RESIDENCE_WORKER', 'medewerker wijkteam woonplaats'), ('YOUTH_NURSE', 'jeugdverpleegkundige'), ('YOUTH_DOCTOR', 'jeugdarts'), ('SCHOOL_SOCIAL_WORKER', 'schoolmaatschappelijk werker'), ('ATTENDANCE_OFFICER', 'leerplichtambtenaar'), ('CARER', 'ouder of verzorger'), ('STUDENT', 'leerling'), ('PROVIDER_WORKER', 'medewerker zorgaanbieder'), ('MUNICIPAL_CONTACT', 'gemeentelijk contactpersoon'), ('SWV_CONTACT', 'contactpersoon samenwerkingsverband'), ('ESCALATION_TEAM', 'lid Team Nooit Opgeven'), ('REGION_TABLE', 'lid regiotafel'), ('EDUCATION_CONSULTANT', 'onderwijsconsulent'), ('WELFARE_WORKER', 'medewerker welzijn'), ('SWV_STAFF', 'medewerker samenwerkingsverband'), ('APPLICATION_ADMIN', 'functioneel beheerder'), ('DATA_PROTECTION_OFFICER', 'functionaris gegevensbescherming')], max_length=32, verbose_name='als')),
                ('category', models.CharField(choices=[('ENDED_CASE', 'een overgedragen of gearchiveerde casus is opnieuw nodig'), ('AT_RISK', 'een kind is in gevaar en een geheim adres is nodig'), ('FAULT', 'een technische storing moet worden opgelost')], max_length=12, verbose_name='waarvoor')),
                ('reason', models.CharField(max_length=1000, verbose_name='reden')),
                ('asked_at', models.DateTimeField(verbose_name='gevraagd op')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='geopend op')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='tot')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='nakijken voor')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='nagekeken op')),
                ('is_justified', models.BooleanField(blank=True, null=True, verbose_name='terecht')),
                ('remark', models.CharField(blank=True, max_length=1000, verbose_name='oordeel')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='teams.dossier')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renews', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='teams.breakglass')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'noodtoegang',
                'ordering': ['-asked_at'],
                'indexes': [models.Index(fields=['dossier'], name='glass_dossier')],
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.GreaterThanOrEqual(django.db.models.functions.text.Length(django.db.models.functions.text.Trim('reason')), 30), name='glass_has_a_reason'), models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('person')), _negated=True), _connector='OR'), name='glass_reviewed_by_second_person'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('person')), _negated=True), _connector='OR'), name='glass_approved_by_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('opened_at__isnull', True)), models.Q(('ends_at__isnull', False), ('opened_at__isnull', False)), _connector='OR'), name='glass_open_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField(verbose_name='vanaf')),
                ('until', models.DateField(blank=True, null=True, verbose_name='tot')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='teams.dossier')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'verschoning',
                'indexes': [models.Index(fields=['dossier'], name='recusal_dossier')],
                'constraints': [models.UniqueConstraint(fields=('person', 'dossier'), name='recusal_once')],
            },
        ),
        migrations.RunSQL(SEATS, SEATS_BEFORE),
        fence_by("teams_recusal", OWN),
        fence_by("teams_breakglass", GLASS),
    ]
