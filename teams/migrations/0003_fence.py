from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0002_text_search"),
    ]

    operations = []
