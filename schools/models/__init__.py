"""Models of the schools room, one noun a file."""

from schools.models.carer import Carer, CarerContact, Custody
from schools.models.group import Group
from schools.models.holiday import HolidayPeriod
from schools.models.import_run import ImportRun
from schools.models.kin import FamilyTie
from schools.models.school import School, Site
from schools.models.student import Enrollment, Student

__all__ = [
    "Carer",
    "CarerContact",
    "Custody",
    "Enrollment",
    "FamilyTie",
    "Group",
    "HolidayPeriod",
    "ImportRun",
    "School",
    "Site",
    "Student",
]
