"""The class list of a group."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from schools.models import Enrollment, Group
from schools.queries.students import pupils_of, teachers_of
from teams.components import Badge, BadgeKind, Face, Row

FLAGGED = Badge("uitgeschreven, casus loopt nog", BadgeKind.ATTENTION)


@dataclass(frozen=True)
class GroupPage:
    """A group on one day: its pupils as far as the reader may see them, and who teaches."""

    group: Group
    today: date

    @property
    def title(self) -> str:
        """The name, with "groep" before a number."""
        return group_title(self.group)

    @property
    def eyebrow(self) -> str:
        """School and school year."""
        return f"{self.group.school.name} · {self.group.school_year}"

    @property
    def back(self) -> dict[str, str]:
        """The way back."""
        school = self.group.school
        return {"label": school.name, "url": reverse("school", args=[school.pk])}

    @cached_property
    def pupils(self) -> list[Enrollment]:
        """Who is in the group today."""
        return pupils_of(self.group, day=self.today)

    @property
    def lead(self) -> str:
        """How many pupils."""
        count = len(self.pupils)
        return f"{count} leerling" if count == 1 else f"{count} leerlingen"

    @property
    def rows(self) -> list[Row]:
        """A line per pupil."""
        return [
            Row(
                lead=row.student.full_name,
                title=f"jaargroep {row.year_group}" if self.group.year_group == "C" else "",
                url=reverse("student", args=[row.student_id]),
                badge=FLAGGED if row.is_flagged_leaver else None,
            )
            for row in self.pupils
        ]

    @cached_property
    def teachers(self) -> list[Face]:
        """Who stands before the group today."""
        return [
            Face(str(row.person), row.get_role_display())
            for row in teachers_of([self.group.organization_id], day=self.today)
        ]


def group_title(group: Group) -> str:
    """The name of a group, with "groep" before a number."""
    return f"Groep {group.name}" if group.name[:1].isdecimal() else group.name
