from django.db import migrations

from teams.access.policies import fence


class Migration(migrations.Migration):
    dependencies = [
        ("arrangements", "0002_initial"),
        ("teams", "0003_fence"),
    ]

    operations = [fence("arrangements_facilitycheck")]
