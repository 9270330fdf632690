from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0004_trace"),
    ]

    operations = []
