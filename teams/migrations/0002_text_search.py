"""Search names without minding accents, and by parts of words."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]

    operations = [UnaccentExtension(), TrigramExtension()]
