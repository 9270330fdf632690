from django.db import migrations

from teams.access.policies import fence, fence_by, fence_history

SENSITIVE = """
schools_student schools_enrollment schools_carer schools_carercontact schools_custody
schools_importrun
""".split()
HISTORY = """
schools_studentevent schools_carerevent schools_custodyevent
""".split()


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0002_packaged_holidays"),
        ("teams", "0003_fence"),
    ]

    operations = [
        *(fence(table) for table in SENSITIVE),
        *(fence_history(table) for table in HISTORY),
        fence_by(
            "schools_enrollment_combined_groups",
            "EXISTS (SELECT FROM schools_enrollment e WHERE e.id = enrollment_id)",
        ),
    ]
