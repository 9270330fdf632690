from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("arrangements", "0002_initial"),
    ]

    operations = []
