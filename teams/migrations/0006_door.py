import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0005_seats"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guess",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("PASSWORD", "wachtwoord"), ("CODE", "code"), ("RESET", "nieuw wachtwoord vragen"), ("PASSKEY", "passkey")], max_length=16, verbose_name="soort")),
                ("key", models.CharField(max_length=64, verbose_name="sleutel")),
                ("at", models.DateTimeField(db_index=True, verbose_name="moment")),
            ],
            options={
                "verbose_name": "poging",
                "indexes": [models.Index(fields=["kind", "key", "at"], name="guess_of_key")],
            },
        ),
        migrations.CreateModel(
            name="UsedCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("step", models.BigIntegerField(verbose_name="tijdvak")),
                ("at", models.DateTimeField(verbose_name="moment")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "gebruikte code",
                "constraints": [models.UniqueConstraint(fields=("person", "step"), name="code_used_once")],
            },
        ),
        migrations.CreateModel(
            name="IdentityProvider",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.SlugField(max_length=60, unique=True, verbose_name="sleutel")),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("issuer", models.URLField(max_length=300, verbose_name="uitgever")),
                ("client_id", models.CharField(max_length=200, verbose_name="client")),
                ("secret_variable", models.CharField(max_length=80, verbose_name="variabele met het geheim")),
                ("counts_as_second_factor", models.BooleanField(default=False, verbose_name="tweede stap telt mee")),
                ("is_active", models.BooleanField(default=True, verbose_name="actief")),
                ("organization", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.organization")),
            ],
            options={
                "verbose_name": "inlogdienst",
                "verbose_name_plural": "inlogdiensten",
                "ordering": ["name"],
            },
        ),
    ]
