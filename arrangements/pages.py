"""The tab Ondersteuning: which freely accessible facilities were considered, and the catalogue."""

from dataclasses import dataclass

from arrangements.actions.facilities import CHECKED_FROM
from arrangements.models import Facility, FacilityCheck
from cases.pages.case_frame import CaseFrame
from teams.access.decide import may
from teams.access.rules import Action
from teams.components import Badge, BadgeKind, Row
from teams.models import Organization
from teams.templatetags.ui import short_day


@dataclass(frozen=True)
class FacilitiesPage:
    """What was checked in this case, and what the region offers."""

    checks: tuple[Row, ...]
    catalogue: tuple[Row, ...]
    may_check: bool
    is_time: bool


def facilities_page(frame: CaseFrame) -> FacilitiesPage:
    """Build the tab for this reader."""
    checks = FacilityCheck.objects.filter(case=frame.case).select_related("facility")
    actor, dossier = frame.step.actor, frame.case.dossier_id
    return FacilitiesPage(
        checks=tuple(_check(row) for row in checks),
        catalogue=tuple(_facility(row) for row in catalogue_of(frame)),
        may_check=may(actor, Action.CHECK_FACILITY, dossier_id=dossier),
        is_time=frame.case.state in CHECKED_FROM,
    )


def catalogue_of(frame: CaseFrame):
    """The facilities of the region in which this school lies."""
    school = frame.case.school
    nodes = Organization.objects.filter(pk__in=[school.municipality_id, school.swv_id])
    region = {pk for pair in nodes.values_list("pk", "parent") for pk in pair if pk}
    return Facility.objects.filter(region__in=region).order_by("name")


def _check(row: FacilityCheck) -> Row:
    kind = BadgeKind.DONE if row.fits else BadgeKind.NEUTRAL
    return Row(
        lead=row.facility.name,
        title=short_day(row.checked_on),
        why=row.why,
        badge=Badge("past" if row.fits else "past niet", kind),
    )


def _facility(row: Facility) -> Row:
    details = (row.owner, row.target_group, row.contact)
    return Row(lead=row.name, title="", why=" · ".join(part for part in details if part))
