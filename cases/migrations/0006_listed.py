from django.db import migrations

from teams.access.policies import fence_listed


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_absence"),
        ("teams", "0008_recused"),
    ]

    operations = [fence_listed("cases_case")]
