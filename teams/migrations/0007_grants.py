import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from teams.access.policies import fence_by


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0006_door"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="confirmed_on",
            field=models.DateField(blank=True, null=True, verbose_name="nagekeken op"),
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                ("registered_at", models.DateTimeField(verbose_name="aangemeld op")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="laatst gebruikt")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="devices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "telefoon",
            },
        ),
        migrations.CreateModel(
            name="KeptPost",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("path", models.CharField(max_length=400, verbose_name="adres")),
                ("body", models.BinaryField(verbose_name="inhoud")),
                ("kept_at", models.DateTimeField(verbose_name="bewaard op")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaard formulier",
            },
        ),
        migrations.CreateModel(
            name="ReportCount",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField(verbose_name="dag")),
                ("directive", models.CharField(max_length=40, verbose_name="regel")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="aantal")),
            ],
            options={
                "verbose_name": "melding van een browser",
                "constraints": [models.UniqueConstraint(fields=("day", "directive"), name="report_once")],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("handle", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("begun_at", models.DateTimeField(null=True, verbose_name="begonnen")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="laatst gezien")),
                ("words", models.CharField(blank=True, max_length=80, verbose_name="apparaat")),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="teams.device",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sessie",
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=8, verbose_name="soort")),
                ("object_id", models.UUIDField(verbose_name="wat")),
                ("at", models.DateTimeField(verbose_name="moment")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "blik",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "object_id"), name="look_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("GIVE", "een taak geven"),
                            ("DEPUTY", "een vervanger aanwijzen"),
                            ("RESET", "de tweede stap opnieuw instellen"),
                        ],
                        max_length=8,
                        verbose_name="wat",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("TEACHER", "leerkracht"),
                            ("PEDAGOGICAL_STAFF", "pedagogisch medewerker"),
                            ("SUPPORT_COORDINATOR", "intern begeleider"),
                            ("HEAD", "directeur"),
                            ("EDUCATION_SPECIALIST", "onderwijsspecialist"),
                            ("PATHWAY_COORDINATOR", "trajectbegeleider"),
                            ("BOARD_MEMBER", "bestuurder"),
                            ("FAMILY_SPECIALIST", "gezinsspecialist"),
                            ("DISTRICT_TEAM_WORKER", "wijkteammedewerker"),
                            ("SBO_CONTACT", "vaste contactpersoon S(B)O"),
                            ("RESIDENCE_WORKER", "medewerker wijkteam woonplaats"),
                            ("YOUTH_NURSE", "jeugdverpleegkundige"),
                            ("YOUTH_DOCTOR", "jeugdarts"),
                            ("SCHOOL_SOCIAL_WORKER", "schoolmaatschappelijk werker"),
                            ("ATTENDANCE_OFFICER", "leerplichtambtenaar"),
                            ("CARER", "ouder of verzorger"),
                            ("STUDENT", "leerling"),
                            ("PROVIDER_WORKER", "medewerker zorgaanbieder"),
                            ("MUNICIPAL_CONTACT", "gemeentelijk contactpersoon"),
                            ("SWV_CONTACT", "contactpersoon samenwerkingsverband"),
                            ("ESCALATION_TEAM", "lid Team Nooit Opgeven"),
                            ("REGION_TABLE", "lid regiotafel"),
                            ("EDUCATION_CONSULTANT", "onderwijsconsulent"),
                            ("WELFARE_WORKER", "medewerker welzijn"),
                            ("SWV_STAFF", "medewerker samenwerkingsverband"),
                            ("APPLICATION_ADMIN", "functioneel beheerder"),
                            ("DATA_PROTECTION_OFFICER", "functionaris gegevensbescherming"),
                        ],
                        max_length=32,
                        verbose_name="rol",
                    ),
                ),
                ("since", models.DateField(null=True, verbose_name="vanaf")),
                ("until", models.DateField(null=True, verbose_name="tot")),
                ("has_mandate", models.BooleanField(default=False, verbose_name="mandaat vastgelegd")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reden")),
                ("proposed_at", models.DateTimeField(verbose_name="voorgesteld op")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="besloten op")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("YES", "akkoord"), ("NO", "niet akkoord")],
                        max_length=4,
                        verbose_name="antwoord",
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.assignment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "voorstel",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", "")), fields=["proposed_at"], name="proposal_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("person")), _negated=True),
                        name="proposal_not_for_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                models.Q(("decided_by", models.F("person")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_four_eyes",
                    ),
                ],
            },
        ),
        # Own eyes only; the counts of looks are nobody else's either.
        fence_by("teams_keptpost", "person_id = (SELECT fence_person())"),
        fence_by("teams_look", "person_id = (SELECT fence_person())"),
    ]
