"""An example address for every URL of the product, from one full case."""

import re
from uuid import UUID

from django.urls import reverse

from cases.models import (
    AbsenceGround,
    Agreement,
    Consent,
    ConsentScan,
    Consult,
    Document,
    Meeting,
    Signal,
)
from schools.models import Custody, FamilyTie, HolidayPeriod, ImportRun
from teams.access.actor import as_system
from teams.access.checks import patterns
from tests.access.full_case import FullCase


def examples(full: FullCase) -> dict[str, str]:
    """Give `name: address` for every named URL; a KeyError names what has no example yet."""
    known = _known(full)
    found = {}
    for route, pattern in patterns():
        names = re.findall(r"<(?:\w+:)?(\w+)>", route)
        found[pattern.name] = reverse(pattern.name, kwargs={name: known[name] for name in names})
    return found


def _known(full: FullCase) -> dict[str, UUID | str | int]:
    world, case = full.world, full.case
    student = world.students["noor"]
    carer = world.carers["noor"][0]
    with as_system("grid"):
        meeting = Meeting.objects.filter(case=case, kind="OT").latest("created_at")
        rows = {
            "agreement_id": Agreement.objects.filter(case=case).latest("created_at"),
            "consent_id": Consent.objects.filter(case=case).latest("created_at"),
            "scan_id": ConsentScan.objects.filter(case=case).latest("created_at"),
            "consult_id": Consult.objects.filter(case=case).latest("created_at"),
            "document_id": Document.objects.filter(case=case).latest("created_at"),
            "signal_id": Signal.objects.get(about="ZONDER_NAAM"),
            "custody_id": Custody.objects.get(carer=carer),
            "run_id": ImportRun.objects.get(),
            "period_id": HolidayPeriod.objects.filter(school__isnull=False).first(),
            "meeting_id": meeting,
            "session_id": meeting.session,
            "ground_id": AbsenceGround.objects.get(case=case),
            "tie_id": FamilyTie.objects.get(student=student),
            "dossier_id": case.dossier,
            "alarm_id": case,
            "glass_id": case,
            "carer_id": carer,
            "student_id": student,
            "case_id": case,
            "school_id": world.schools["kade"],
            "group_id": world.groups["kade"],
            "person_id": world.people["ib-kade"],
            "flag_id": case,
        }
    return {
        **{name: row.pk for name, row in rows.items()},
        **dict.fromkeys(("kept_id", "handle", "phone_id", "proposal_id"), case.pk),
        "assignment_id": world.people["head-kade"].assignments.get().pk,
        "code": "T-26",
        "kind": "OT",
        "uidb36": "abc",
        "pk": 1,
        "key": f"case-{case.pk}",
    }
