"""Fills the table of holidays with the dates that come with the product, every row still to be checked."""

from uuid import uuid4

from django.db import migrations

from schools.holiday_table import packaged_holidays


def fill(apps, schema_editor) -> None:
    """Add the known periods; what is unknown stays absent and is asked for."""
    model = apps.get_model("schools", "HolidayPeriod")
    model.objects.bulk_create(
        [
            model(
                id=uuid4(),
                region=row.region.value,
                school_year=row.school_year,
                kind=row.kind.value,
                start=row.start,
                end=row.end,
                source=row.source[:120],
            )
            for row in packaged_holidays().rows
            if not row.is_missing
        ]
    )


class Migration(migrations.Migration):
    """Holidays of 2025-2026 and 2026-2027 (standards 4.8)."""

    dependencies = [("schools", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
